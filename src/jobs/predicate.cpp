// Binds the terms of a query to tests, each by the type of its field.
#include "predicate.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "../base/ascii.h"

namespace rekognition_jobs {
namespace {

class Binder {
 public:
  Binder(const JobStore& store, Timestamp now) : store_(store), now_(now) {}

  Expected<JobTest, QueryError> bind_term(const QueryNode& node) {
    switch (node.kind) {
      case QueryNode::Kind::word:
        return JobTest(TextTest{nullptr, TextList(TextPattern::substring(node.values.front().text))});
      case QueryNode::Kind::has:
      case QueryNode::Kind::no: return bind_flags(node);
      default: return bind_field(node);
    }
  }

 private:
  Expected<JobTest, QueryError> bind_field(const QueryNode& node) {
    const Field& field = field_of(*node.field);
    switch (field.type) {
      case FieldType::value: return bind_field_values(field, node);
      case FieldType::text:
      case FieldType::s3_uri: return JobTest(TextTest{&field, TextList(node.values)});
      case FieldType::number: return bind_any<JobTest>(NumberTest{&field, {}}, node, read_number);
      case FieldType::duration: return bind_any<JobTest>(NumberTest{&field, {}}, node, read_duration);
      case FieldType::time: break;
    }
    return bind_any<JobTest>(TimeTest{&field, {}}, node,
                             [&](const QueryValue& value) { return read_time(value, now_); });
  }

  static Expected<JobTest, QueryError> bind_flags(const QueryNode& node) {
    PresenceTest test{.has = node.kind == QueryNode::Kind::has};
    for (const QueryValue& value : node.values) {
      auto index = read_flag(value, job_query_schema);
      if (auto* error = std::get_if<QueryError>(&index)) return std::move(*error);
      test.any_of.insert(presence_flags[std::get<0>(index)].member);
    }
    return JobTest(test);
  }

  Expected<JobTest, QueryError> bind_field_values(const Field& field, const QueryNode& node) {
    ValueTest test{&field, {}};
    for (const QueryValue& value : node.values) {
      const auto folded = test.any_of.insert(fold_value(value.text)).first;
      const auto documented = documented_values(field);
      const auto is_wanted = [&](std::string_view known) { return fold_value(known) == *folded; };
      if (documented.empty() || std::any_of(documented.begin(), documented.end(), is_wanted)) continue;
      const KnownValues& known = known_values(field);
      if (known.folded.count(*folded) != 0) continue;
      return QueryError{value.range, "unknown " + std::string(field.name) + " \"" + value.text + "\"",
                        as_strings(known.values)};
    }
    return JobTest(std::move(test));
  }

  /// Those that are documented and those that current rows have. Found once a field.
  struct KnownValues {
    std::vector<std::string_view> values;
    std::set<std::string> folded;
  };

  const KnownValues& known_values(const Field& field) {
    KnownValues& known = field.member == Member::Status ? statuses_ : codes_;
    if (!known.values.empty()) return known;
    const auto documented = documented_values(field);
    known.values.assign(documented.begin(), documented.end());
    const DictionaryColumn& column = *store_.interned(field.member);
    std::vector<char> occurs(column.values().size());
    store_.current_rows().for_each([&](Row row) { occurs[column.symbols()[row]] = 1; });
    for (Symbol symbol = 1; symbol < occurs.size(); ++symbol) {
      const std::string_view value = column.values()[symbol];
      const bool is_new =
          occurs[symbol] != 0 && std::find(documented.begin(), documented.end(), value) == documented.end();
      if (is_new) known.values.push_back(value);
    }
    for (const std::string_view value : known.values) known.folded.insert(fold_value(value));
    return known;
  }

  const JobStore& store_;
  Timestamp now_;
  KnownValues statuses_;
  KnownValues codes_;
};

}  // namespace

Expected<Predicate, QueryError> bind_query(const QueryNode& query, const JobStore& store, Timestamp now) {
  Binder binder(store, now);
  auto tree = bind_tree<JobTest>(query, [&](const QueryNode& node) { return binder.bind_term(node); });
  if (auto* const predicate = std::get_if<Predicate>(&tree)) join_text_tests<TextTest>(*predicate);
  return tree;
}

}  // namespace rekognition_jobs
