// Binds the terms of a query to tests, each by the type of its field.
#include "query/predicate.h"

#include <algorithm>
#include <span>
#include <utility>

#include "text/ascii.h"

namespace rekognition_jobs {
namespace {

class Binder {
 public:
  Binder(const JobStore& store, Timestamp now) : store_(store), now_(now) {}

  OrQueryError<JobTest> bind_term(const QueryNode& node) const {
    switch (node.kind) {
      case QueryNode::Kind::word: return JobTest(WordTest{Substring(node.values.front().text)});
      case QueryNode::Kind::has: return bind_values(PresenceTest{{}, true}, node, read_flag);
      case QueryNode::Kind::no: return bind_values(PresenceTest{{}, false}, node, read_flag);
      default: return bind_field(node);
    }
  }

 private:
  OrQueryError<JobTest> bind_field(const QueryNode& node) const {
    const Field& field = field_of(*node.field);
    switch (field.type) {
      case FieldType::value:
        return bind_values(ValueTest{&field, {}}, node,
                           [&](const QueryValue& value) { return read_value(field, value); });
      case FieldType::text:
      case FieldType::s3_uri: return bind_values(TextTest{&field, {}}, node, read_pattern);
      case FieldType::number: return bind_values(NumberTest{&field, {}}, node, read_number);
      case FieldType::duration: return bind_values(NumberTest{&field, {}}, node, read_duration);
      case FieldType::time: break;
    }
    return bind_values(TimeTest{&field, {}}, node, [&](const QueryValue& value) { return read_time(value, now_); });
  }

  template <class Test, class Read>
  static OrQueryError<JobTest> bind_values(Test test, const QueryNode& node, const Read& read) {
    auto items = read_values(node.values, read);
    if (auto* error = std::get_if<QueryError>(&items)) return std::move(*error);
    test.any_of = std::move(std::get<0>(items));
    return JobTest(std::move(test));
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

  static OrQueryError<Member> read_flag(const QueryValue& value) {
    auto index = rekognition_jobs::read_flag(value, job_vocabulary);
    if (auto* error = std::get_if<QueryError>(&index)) return std::move(*error);
    return presence_flags[std::get<0>(index)].member;
  }

  const JobStore& store_;
  Timestamp now_;
};

}  // namespace

OrQueryError<Predicate> bind_query(const QueryNode& query, const JobStore& store, Timestamp now) {
  const Binder binder(store, now);
  return bind_tree<JobTest>(query, [&](const QueryNode& node) { return binder.bind_term(node); });
}

}  // namespace rekognition_jobs
