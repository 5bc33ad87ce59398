// Evaluates a predicate column by column: each test narrows a set of rows, cheap tests first.
#include "query/matcher.h"

#include <algorithm>
#include <variant>
#include <vector>

#include "job/s3_uri.h"
#include "query/field_value.h"
#include "query/row_search.h"
#include "text/ascii.h"

namespace rekognition_jobs {
namespace {

MemberSet members_of(const Field& field) {
  MemberSet members;
  members.insert(field.member);
  if (field.type == FieldType::s3_uri) members.insert(field.key);
  return members;
}

/// How much work a test is, compared with others.
int cost_of(const JobTest& test) {
  return std::holds_alternative<TextTest>(test) || std::holds_alternative<WordTest>(test) ? 1 : 0;
}

class Evaluator {
 public:
  Evaluator(const JobStore& store, MatchMemory& memory) : store_(store), memory_(memory) {}

  RowSet evaluate(const JobTest& test, const RowSet& among) const {
    return std::visit([&](const auto& alternative) { return evaluate_test(alternative, among); }, test);
  }

 private:
  RowSet evaluate_test(const WordTest& test, const RowSet& among) const { return search(nullptr, test.word, among); }

  RowSet evaluate_test(const ValueTest& test, const RowSet& among) const {
    return rows_with_value(test.field->member, among, [&](std::string_view text) {
      return std::find(test.any_of.begin(), test.any_of.end(), fold_value(text)) != test.any_of.end();
    });
  }

  RowSet evaluate_test(const TextTest& test, const RowSet& among) const {
    RowSet found(among.size());
    RowSet rest = among;
    for (const TextPattern& pattern : test.any_of) {
      RowSet rows = search(test.field, pattern.longest_part(), rest);
      if (!pattern.is_substring())
        rows = rows_by_text(*test.field, rows, [&](std::string_view text) { return pattern.matches(text); });
      found |= rows;
      rest -= rows;
    }
    return found;
  }

  RowSet evaluate_test(const NumberTest& test, const RowSet& among) const {
    if (test.field->type == FieldType::number) {
      std::vector<std::uint8_t> is_wanted;
      for (const double number : store_.min_confidences().values()) {
        is_wanted.push_back(any_contains(test.any_of, number) ? 1 : 0);
      }
      is_wanted[0] = 0;
      return rows_with_symbol(store_.min_confidences().symbols(), is_wanted, among);
    }
    RowSet found(among.size());
    for_each_number(store_, among, *test.field, [&](Row row, double number) {
      if (any_contains(test.any_of, number)) found.insert(row);
    });
    return found;
  }

  RowSet evaluate_test(const TimeTest& test, const RowSet& among) const {
    const auto is_wanted = [&](Timestamp time) { return time != no_timestamp && any_contains(test.any_of, time); };
    return rows_where(store_.timestamps(test.field->member), among, is_wanted);
  }

  RowSet evaluate_test(const PresenceTest& test, const RowSet& among) const {
    RowSet found(among.size());
    for (const Member member : test.any_of) {
      MemberSet members;
      members.insert(member);
      RowSet rows = rows_with_any(store_, members, among);
      if (!test.has) {
        RowSet others = among;
        rows = others -= rows;
      }
      found |= rows;
    }
    return found;
  }

  /// Tests each distinct value of an interned member once.
  template <class Test>
  RowSet rows_with_value(Member member, const RowSet& among, const Test& test) const {
    const InternedColumn& column = *store_.interned(member);
    std::vector<std::uint8_t> is_wanted;
    is_wanted.reserve(column.values().size());
    for (const std::string_view value : column.values()) is_wanted.push_back(test(value) ? 1 : 0);
    RowSet rows = rows_with_symbol(column.symbols(), is_wanted, among);
    const bool may_lack_it = is_wanted[0] != 0;
    if (!may_lack_it) return rows;
    MemberSet members;
    members.insert(member);
    return rows_with_any(store_, members, rows);
  }

  template <class Test>
  RowSet rows_by_text(const Field& field, const RowSet& among, const Test& test) const {
    RowSet found(among.size());
    std::string scratch;
    among.for_each([&](Row row) {
      const auto text = text_in(store_, row, field, scratch);
      if (text && test(*text)) found.insert(row);
    });
    return found;
  }

  /// Those rows `among` the given whose `field` contains `wanted`; without a field, any of those that words are about.
  RowSet search(const Field* field, const Substring& wanted, const RowSet& among) const {
    const MatchMemory::Search* const known = memory_.find(field, wanted.lower(), among);
    RowSet rest = among;
    if (known != nullptr) rest &= known->found;
    if (known != nullptr && known->lower_text == wanted.lower()) return rest;
    RowSet found = field == nullptr ? rows_with_word(wanted, rest) : rows_with_text(*field, wanted, rest);
    memory_.add({field, wanted.lower(), among, found});
    return found;
  }

  RowSet rows_with_word(const Substring& word, const RowSet& among) const {
    RowSet found(among.size());
    RowSet rest = among;
    for (const char* const name : {"message", "name", "input", "output", "id"}) {
      found |= rows_with_text(*find_field(name), word, rest);
      rest -= found;
    }
    return found;
  }

  RowSet rows_with_text(const Field& field, const Substring& wanted, const RowSet& among) const {
    const bool is_derived = field.derive != nullptr;
    if (wanted.size() == 0 && !is_derived) return rows_with_any(store_, members_of(field), among);
    if (is_derived || has_derived_key(field))
      return rows_by_text(field, among, [&](std::string_view text) { return wanted.is_in(text); });
    if (field.type == FieldType::s3_uri) return rows_with_uri(field, wanted, among);
    if (field.member == Member::JobId) return rows_containing(store_.job_ids(), wanted, among);
    return rows_with_text(field.member, wanted, among);
  }

  RowSet rows_with_text(Member member, const Substring& wanted, const RowSet& among) const {
    if (const TextColumn* const packed = store_.packed(member)) return rows_containing(*packed, wanted, among);
    return rows_with_value(member, among, [&](std::string_view value) { return wanted.is_in(value); });
  }

  [[nodiscard]] bool has_derived_key(const Field& field) const {
    return field.type == FieldType::s3_uri && store_.packed(field.key) == nullptr &&
           store_.interned(field.key) == nullptr;
  }

  /// `s3://bucket/key` contains what its bucket's part does, what its key does, and what lies across the slash between.
  RowSet rows_with_uri(const Field& field, const Substring& wanted, const RowSet& among) const {
    const InternedColumn& buckets = *store_.interned(field.member);
    RowSet found = rows_with_text(field.key, wanted, among);
    RowSet rest = among;
    rest -= found;

    const auto rows_of_buckets = [&](const auto& test) {
      std::vector<std::uint8_t> is_wanted(buckets.values().size());
      std::string start;
      for (Symbol symbol = 0; symbol < is_wanted.size(); ++symbol) {
        start.clear();
        append_s3_uri(start, buckets.values()[symbol], {});
        is_wanted[symbol] = test(std::string_view(start)) ? 1 : 0;
      }
      RowSet rows = rows_with_symbol(buckets.symbols(), is_wanted, rest);
      return is_wanted[0] == 0 ? rows : rows_with_any(store_, members_of(field), rows);
    };

    found |= rows_of_buckets([&](std::string_view start) { return wanted.is_in(start); });
    rest -= found;
    const std::string& lower = wanted.lower();
    for (std::size_t slash = 0; slash + 1 < lower.size(); ++slash) {
      if (lower[slash] != '/') continue;
      const std::string_view head = std::string_view(lower).substr(0, slash + 1);
      const std::string_view tail = std::string_view(lower).substr(slash + 1);
      const RowSet candidates = rows_of_buckets([&](std::string_view start) {
        return start.size() >= head.size() &&
               ascii::equal_ignoring_case(start.substr(start.size() - head.size()), head);
      });
      std::string scratch;
      candidates.for_each([&](Row row) {
        const std::string_view key = store_.text(row, field.key, scratch);
        if (ascii::equal_ignoring_case(key.substr(0, tail.size()), tail)) found.insert(row);
      });
    }
    return found;
  }

  const JobStore& store_;
  MatchMemory& memory_;
};

}  // namespace

RowSet match(const Predicate& predicate, const JobStore& store, MatchMemory& memory) {
  const Evaluator evaluator(store, memory);
  const auto evaluate = [&](const JobTest& test, const RowSet& among) { return evaluator.evaluate(test, among); };
  return rows_for(predicate, store.current_rows(), evaluate, cost_of);
}

}  // namespace rekognition_jobs
