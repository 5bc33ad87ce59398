// Binds the terms of a query to tests, each by the type of its field.
#include "query/predicate.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "text/ascii.h"

namespace rekognition_jobs {
namespace {

std::vector<std::string> flag_names() {
  std::vector<std::string> names;
  for (const PresenceFlag& flag : presence_flags) names.emplace_back(flag.name);
  return names;
}

std::span<const std::string_view> documented_values(const Field& field) {
  if (field.member == Member::Status) return documented_statuses;
  if (field.member == Member::FailureCode) return documented_codes;
  return {};
}

class Binder {
 public:
  Binder(const JobStore& store, Timestamp now) : store_(store), now_(now) {}

  std::optional<Predicate> bind(const QueryNode& node) {
    switch (node.kind) {
      case QueryNode::Kind::all: return combine(Predicate::Kind::all, node);
      case QueryNode::Kind::any: return combine(Predicate::Kind::any, node);
      case QueryNode::Kind::none: return combine(Predicate::Kind::none, node);
      case QueryNode::Kind::word: return test(WordTest{Substring(node.values.front().text)});
      case QueryNode::Kind::field: return bind_field(node);
      case QueryNode::Kind::has:
      case QueryNode::Kind::no: return bind_presence(node);
    }
    return std::nullopt;
  }

  [[nodiscard]] QueryError& error() { return *error_; }

 private:
  template <class Test>
  static Predicate test(Test test) {
    Predicate predicate;
    predicate.kind = Predicate::Kind::test;
    predicate.test = std::move(test);
    return predicate;
  }

  std::optional<Predicate> combine(Predicate::Kind kind, const QueryNode& node) {
    Predicate predicate;
    predicate.kind = kind;
    for (const QueryNode& child : node.children) {
      auto bound = bind(child);
      if (!bound) return std::nullopt;
      predicate.children.push_back(std::move(*bound));
    }
    return predicate;
  }

  std::optional<Predicate> bind_field(const QueryNode& node) {
    const Field& field = *node.field;
    switch (field.type) {
      case FieldType::value:
        return bind_values(ValueTest{&field, {}}, node,
                           [&](const QueryValue& value) { return read_value(field, value); });
      case FieldType::text:
      case FieldType::s3_uri:
        return bind_values(TextTest{&field, {}}, node, [](const QueryValue& value) { return read_pattern(value); });
      case FieldType::number: return bind_values(NumberTest{&field, {}}, node, read_number);
      case FieldType::duration: return bind_values(NumberTest{&field, {}}, node, read_duration);
      case FieldType::time:
        return bind_values(TimeTest{&field, {}}, node, [&](const QueryValue& value) { return read_time(value, now_); });
    }
    return std::nullopt;
  }

  std::optional<Predicate> bind_presence(const QueryNode& node) {
    return bind_values(PresenceTest{{}, node.kind == QueryNode::Kind::has}, node, read_flag);
  }

  template <class Test, class Read>
  std::optional<Predicate> bind_values(Test bound, const QueryNode& node, const Read& read) {
    for (const QueryValue& value : node.values) {
      auto item = read(value);
      if (auto* error = std::get_if<QueryError>(&item)) {
        error_ = std::move(*error);
        return std::nullopt;
      }
      bound.any_of.push_back(std::move(std::get<0>(item)));
    }
    return test(std::move(bound));
  }

  OrQueryError<std::string> read_value(const Field& field, const QueryValue& value) const {
    std::string folded = fold_value(value.text);
    const std::span<const std::string_view> documented = documented_values(field);
    const auto is_wanted = [&](std::string_view known) { return !known.empty() && fold_value(known) == folded; };
    if (documented.empty() || std::any_of(documented.begin(), documented.end(), is_wanted)) return folded;
    const std::vector<std::string_view> stored = current_values(field.member);
    if (std::any_of(stored.begin(), stored.end(), is_wanted)) return folded;
    QueryError error{value.range, "there is no " + std::string(field.name) + " \"" + value.text + "\"", {}};
    for (const std::string_view known : documented) error.expected.emplace_back(known);
    for (const std::string_view known : stored) {
      const bool is_documented = std::find(documented.begin(), documented.end(), known) != documented.end();
      if (!known.empty() && !is_documented) error.expected.emplace_back(known);
    }
    return error;
  }

  /// The distinct values that current rows have.
  [[nodiscard]] std::vector<std::string_view> current_values(Member member) const {
    const InternedColumn& column = *store_.interned(member);
    std::vector<char> occurs(column.values().size());
    store_.current_rows().for_each([&](Row row) { occurs[column.symbols()[row]] = 1; });
    std::vector<std::string_view> values;
    for (Symbol symbol = 0; symbol < occurs.size(); ++symbol) {
      if (occurs[symbol] != 0) values.push_back(column.values()[symbol]);
    }
    return values;
  }

  static OrQueryError<TextPattern> read_pattern(const QueryValue& value) {
    if (value.is_exact) return TextPattern::exact(value.text);
    const bool has_wildcard = !value.is_quoted && value.text.find('*') != std::string::npos;
    return has_wildcard ? TextPattern::with_wildcards(value.text) : TextPattern::substring(value.text);
  }

  static OrQueryError<Member> read_flag(const QueryValue& value) {
    for (const PresenceFlag& flag : presence_flags) {
      if (ascii::equal_ignoring_case(flag.name, value.text)) return flag.member;
    }
    return QueryError{value.range, "\"" + value.text + "\" is nothing that can be there or not", flag_names()};
  }

  const JobStore& store_;
  Timestamp now_;
  std::optional<QueryError> error_;
};

}  // namespace

OrQueryError<Predicate> bind_query(const QueryNode& query, const JobStore& store, Timestamp now) {
  Binder binder(store, now);
  auto predicate = binder.bind(query);
  if (!predicate) return std::move(binder.error());
  return std::move(*predicate);
}

std::string fold_value(std::string_view text) {
  std::string folded = ascii::to_lower(text);
  std::replace(folded.begin(), folded.end(), '-', '_');
  return folded;
}

}  // namespace rekognition_jobs
