// Evaluates a predicate column by column: each test gives a set of rows, and the sets are combined.
#include "query/matcher.h"

#include <algorithm>

#include "query/field_value.h"

namespace rekognition_jobs {
namespace {

template <class Patterns>
bool any_matches(const Patterns& patterns, std::string_view text) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) { return pattern.matches(text); });
}

template <class Ranges, class Value>
bool any_contains(const Ranges& ranges, Value value) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) { return range.contains(value); });
}

/// Evaluates each test on all rows, current or not.
class Evaluator {
 public:
  explicit Evaluator(const JobStore& store) : store_(store) {}

  RowSet operator()(const WordTest& test) const {
    const auto is_in = [&](std::string_view text) { return contains_ignoring_case(text, test.lower_word); };
    const Field& input = *find_field("input");
    const Field& output = *find_field("output");
    RowSet rows = interned_where(Member::FailureMessage, is_in);
    std::string scratch;
    rows |= where([&](Row row) {
      return is_in(store_.text(row, Member::JobId)) ||
             (store_.has(row, Member::JobName) && is_in(store_.text(row, Member::JobName))) ||
             text_is(row, input, scratch, is_in) || text_is(row, output, scratch, is_in);
    });
    return rows;
  }

  RowSet operator()(const ValueTest& test) const {
    return interned_where(test.field->member, [&](std::string_view text) {
      return std::find(test.any_of.begin(), test.any_of.end(), fold_value(text)) != test.any_of.end();
    });
  }

  RowSet operator()(const TextTest& test) const {
    const auto is_wanted = [&](std::string_view text) { return any_matches(test.any_of, text); };
    if (test.field->type == FieldType::text && is_interned(test.field->member)) {
      return interned_where(test.field->member, is_wanted);
    }
    std::string scratch;
    return where([&](Row row) { return text_is(row, *test.field, scratch, is_wanted); });
  }

  RowSet operator()(const NumberTest& test) const {
    return where([&](Row row) {
      const auto number = number_in(store_, row, *test.field);
      return number && any_contains(test.any_of, *number);
    });
  }

  RowSet operator()(const TimeTest& test) const {
    const bool is_creation = test.field->member == Member::CreationTimestamp;
    return where([&](Row row) {
      return store_.has(row, test.field->member) &&
             any_contains(test.any_of, is_creation ? store_.creation_timestamp(row) : store_.completion_timestamp(row));
    });
  }

  RowSet operator()(const PresenceTest& test) const {
    return where([&](Row row) {
      return std::any_of(test.any_of.begin(), test.any_of.end(),
                         [&](Member member) { return store_.has(row, member) == test.has; });
    });
  }

 private:
  template <class Test>
  RowSet where(const Test& test) const {
    return RowSet::where(store_.row_count(), test);
  }

  /// Tests each distinct value once.
  template <class Test>
  RowSet interned_where(Member member, const Test& test) const {
    const InternedColumn& column = store_.interned(member);
    std::vector<char> is_wanted;
    for (const std::string_view value : column.values()) is_wanted.push_back(test(value) ? 1 : 0);
    return where([&](Row row) { return is_wanted[column.symbol(row)] != 0 && store_.has(row, member); });
  }

  template <class Test>
  bool text_is(Row row, const Field& field, std::string& scratch, const Test& test) const {
    const auto text = text_in(store_, row, field, scratch);
    return text && test(*text);
  }

  const JobStore& store_;
};

RowSet evaluate(const Predicate& predicate, const JobStore& store) {
  if (predicate.kind == Predicate::Kind::test) return std::visit(Evaluator(store), predicate.test);
  RowSet rows(store.row_count(), predicate.kind != Predicate::Kind::any);
  for (const Predicate& child : predicate.children) {
    if (predicate.kind == Predicate::Kind::any) {
      rows |= evaluate(child, store);
    } else {
      rows &= evaluate(child, store);
    }
  }
  if (predicate.kind == Predicate::Kind::none) rows.flip();
  return rows;
}

}  // namespace

RowSet match(const Predicate& predicate, const JobStore& store) {
  RowSet rows = evaluate(predicate, store);
  rows &= store.current_rows();
  return rows;
}

}  // namespace rekognition_jobs
