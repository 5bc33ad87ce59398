// Converts counts of values and histograms to JSON for JavaScript.
#pragma once

#include <emscripten/val.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.h"
#include "columns/buckets.h"
#include "columns/value_counts.h"
#include "json/json_writer.h"
#include "query_values.h"

namespace rekognition_jobs::wasm {

inline void append_count(std::string& out, std::size_t count) { out.append(std::to_string(count)); }

/// Writes [{ value, count }, …] into `json` and returns a view of it; undefined when memory is full.
inline emscripten::val counts_value(std::string& json, const std::optional<std::vector<ValueCount>>& counts) {
  if (!counts) return emscripten::val::undefined();
  json = "[";
  for (const ValueCount& counted : *counts) {
    if (!has_room_for(json, counted.value.size())) return emscripten::val::undefined();
    json += json.size() > 1 ? ",{\"value\":" : "{\"value\":";
    append_json_string(json, counted.value);
    json += ",\"count\":";
    append_count(json, counted.count);
    json += '}';
  }
  json += ']';
  return view_of(json);
}

// A group of a histogram is named by a text, or by a number, which is written as one.
inline std::size_t text_size(std::string_view name) { return name.size(); }
inline std::size_t text_size(double /*number*/) { return 0; }

inline void append_name(std::string& json, std::string_view name) { append_json_string(json, name); }
inline void append_name(std::string& json, double number) {
  json += '"';
  append_json_number(json, number);
  json += '"';
}

/// Writes [{ from, to, count, [by]: { [group]: count } }, …] into `json` and returns a view of it; undefined when
/// memory is full.
template <class Group>
emscripten::val buckets_value(std::string& json, const std::optional<std::vector<Bucket<Group>>>& buckets,
                              std::string_view by) {
  if (!buckets) return emscripten::val::undefined();
  json = "[";
  for (const Bucket<Group>& bucket : *buckets) {
    if (!has_room_for(json, 0)) return emscripten::val::undefined();
    json += json.size() > 1 ? ",{\"from\":" : "{\"from\":";
    append_json_number(json, bucket.from);
    json += ",\"to\":";
    append_json_number(json, bucket.to);
    json += ",\"count\":";
    append_count(json, bucket.count);
    json.append(",\"").append(by).append("\":{");
    for (const auto& [group, count] : bucket.by_group) {
      if (!has_room_for(json, text_size(group))) return emscripten::val::undefined();
      if (json.back() != '{') json += ',';
      append_name(json, group);
      json += ':';
      append_count(json, count);
    }
    json += "}}";
  }
  json += ']';
  return view_of(json);
}

}  // namespace rekognition_jobs::wasm
