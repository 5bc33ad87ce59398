// Reads values of a tree: takes them out of wrappers; converts them to numbers, to JSON, or to samples for notices.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "../base/ascii.h"
#include "../base/notice.h"
#include "../json/json_writer.h"
#include "value_tree.h"

namespace rekognition_jobs::formats {

// Messages of NoticeCode::converted.
inline constexpr std::string_view wrapped_message =
    "values in wrappers, such as {\"S\": …}, {\"Value\": …} or lists of one";
inline constexpr std::string_view numbers_in_text = "numbers in text";

/// The only members of objects that stand around one value: DynamoDB's and MongoDB's types.
inline constexpr std::array<std::string_view, 13> wrappers{
    "S",    "N",    "M", "L", "BOOL", "NULL", "$date", "$numberLong", "$numberInt", "$numberDouble", "$numberDecimal",
    "$oid", "Value"};

/// The value within wrappers: types of databases, `{"Value": …}`, and lists of one. Calls `on_wrapper(node)` for each.
template <class OnWrapper>
NodeIndex unwrapped(const ValueTree& tree, NodeIndex node, bool is_object_wanted, const OnWrapper& on_wrapper) {
  constexpr int most_wrappers = 4;
  for (int i = 0; i < most_wrappers; ++i) {
    const ValueKind kind = tree[node].kind;
    NodeIndex inner = node;
    if (kind == ValueKind::array && tree.child_count(node) == 1) inner = node + 1;
    if (kind == ValueKind::object) {
      const std::size_t count = tree.child_count(node);
      tree.for_each_child(node, [&](NodeIndex child) {
        const std::string_view name = tree.name(child);
        for (const std::string_view wrapper : wrappers) {
          const bool is_alone = count == 1 && name == wrapper && (wrapper != "Value" || !is_object_wanted);
          if (is_alone || (!is_object_wanted && wrapper == "Value" && ascii::equal_ignoring_case(name, wrapper)))
            inner = child;
        }
      });
    }
    if (inner == node) return node;
    on_wrapper(node);
    node = inner;
  }
  return node;
}

/// The finite number that a text is.
[[nodiscard]] inline std::optional<double> number_from(std::string_view written) {
  const std::string text(written);
  if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string::npos) return std::nullopt;
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  return end == text.c_str() + text.size() && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

/// The finite number that a number or a text is.
[[nodiscard]] inline std::optional<double> number_of(const ValueTree& tree, NodeIndex node) {
  const ValueKind kind = tree[node].kind;
  return kind == ValueKind::number || kind == ValueKind::text ? number_from(tree.text(node)) : std::nullopt;
}

/// Appends a value as JSON, up to about `most_bytes`. Words that JSON does not have are null.
inline void append_value(std::string& out, const ValueTree& tree, NodeIndex node, std::size_t most_bytes = SIZE_MAX) {
  const ValueKind kind = tree[node].kind;
  if (kind == ValueKind::text) return append_json_string(out, tree.text(node));
  const bool is_object = kind == ValueKind::object;
  if (!is_object && kind != ValueKind::array) {
    return static_cast<void>(out.append(kind == ValueKind::word ? std::string_view("null") : tree.text(node)));
  }
  out += is_object ? '{' : '[';
  bool is_first = true;
  tree.for_each_child(node, [&](NodeIndex child) {
    if (out.size() > most_bytes) return;
    if (!is_first) out += ',';
    is_first = false;
    if (is_object) {
      append_json_string(out, tree.name(child));
      out += ':';
    }
    append_value(out, tree, child, most_bytes);
  });
  out += is_object ? '}' : ']';
}

/// Appends a text or word as it is, or the beginning of a structure as JSON.
inline void append_sample(std::string& out, const ValueTree& tree, NodeIndex node) {
  const ValueKind kind = tree[node].kind;
  if (kind == ValueKind::object || kind == ValueKind::array) {
    append_value(out, tree, node, Notices::most_sample_bytes);
  } else {
    out.append(tree.text(node));
  }
}

}  // namespace rekognition_jobs::formats
