// Evaluates a predicate column by column: each test narrows a set of rows, cheap tests first.
#include "matcher.h"

#include <algorithm>
#include <variant>
#include <vector>

#include "../base/borders.h"
#include "../base/s3_uri.h"
#include "../columns/scan.h"
#include "field_value.h"

namespace rekognition_jobs {
namespace {

MemberSet members_of(const Field& field) {
  MemberSet members;
  members.insert(field.member);
  if (field.type == FieldType::s3_uri) members.insert(field.key);
  return members;
}

/// How much work a test is, compared with others.
int cost_of(const JobTest& test) { return std::holds_alternative<TextTest>(test) ? 1 : 0; }

class Evaluator {
 public:
  Evaluator(const JobStore& store, JobSearchCache& memory) : store_(store), memory_(memory) {}

  Bitmap evaluate(const JobTest& test, const Bitmap& among) const {
    return std::visit([&](const auto& alternative) { return evaluate_test(alternative, among); }, test);
  }

 private:
  Bitmap evaluate_test(const ValueTest& test, const Bitmap& among) const {
    return rows_with_value(test.field->member, among, [&](std::string_view text) { return test.matches(text); });
  }

  Bitmap evaluate_test(const TextTest& test, const Bitmap& among) const {
    Bitmap found = rows_with_patterns(
        test.any_of, among, [&](const Substring& word, const Bitmap& rows) { return search(test.field, word, rows); },
        [&](const Bitmap& rows, const auto& matches) { return rows_by_text(*test.field, rows, matches); });
    if (test.any_of.values().empty()) return found;
    Bitmap rest = among;
    rest -= found;
    if (test.field != nullptr) return found |= rows_with_values(*test.field, test.any_of, rest);
    for_each_word_field([&](const Field& field) {
      found |= rows_with_values(field, test.any_of, rest);
      rest -= found;
    });
    return found;
  }

  Bitmap evaluate_test(const NumberTest& test, const Bitmap& among) const {
    if (test.field->type == FieldType::number) {
      std::vector<std::uint8_t> is_wanted;
      for (const double number : store_.min_confidences().values()) {
        is_wanted.push_back(any_contains(test.any_of, number) ? 1 : 0);
      }
      is_wanted[0] = 0;
      return rows_with_symbol(store_.min_confidences().symbols(), is_wanted, among);
    }
    Bitmap found(among.size());
    for_each_number(store_, among, *test.field, [&](Row row, double number) {
      if (any_contains(test.any_of, number)) found.insert(row);
    });
    return found;
  }

  Bitmap evaluate_test(const TimeTest& test, const Bitmap& among) const {
    const auto is_wanted = [&](Timestamp time) { return time != no_timestamp && any_contains(test.any_of, time); };
    return rows_where(store_.timestamps(test.field->member), among, is_wanted);
  }

  Bitmap evaluate_test(const PresenceTest& test, const Bitmap& among) const {
    const MemberSet::Packed mask = test.any_of.pack();
    const MemberSet::Packed lacked = test.has ? 0 : mask;
    return rows_where(store_.members(), among,
                      [mask, lacked](MemberSet::Packed packed) { return (packed & mask) != lacked; });
  }

  /// Tests each distinct value of an interned member once.
  template <class Test>
  Bitmap rows_with_value(Member member, const Bitmap& among, const Test& test) const {
    MemberSet members;
    members.insert(member);
    const auto rows_having = [&](const Bitmap& rows) { return rows_with_any(store_, members, rows); };
    return rekognition_jobs::rows_with_value(*store_.interned(member), among, rows_having, test);
  }

  template <class Test>
  Bitmap rows_by_text(const Field& field, const Bitmap& among, const Test& test) const {
    Bitmap found(among.size());
    std::string scratch;
    among.for_each([&](Row row) {
      const auto text = text_in(store_, row, field, scratch);
      if (text && test(*text)) found.insert(row);
    });
    return found;
  }

  /// Those rows `among` the given whose `field` contains `wanted`; without a field, any of those that words are about.
  Bitmap search(const Field* field, const Substring& wanted, const Bitmap& among) const {
    const JobSearchCache::Search* const known = memory_.find(field, wanted.lower(), among);
    Bitmap rest = among;
    if (known != nullptr) rest &= known->found;
    if (known != nullptr && known->wanted.size() == wanted.size()) return rest;
    Bitmap found = field == nullptr ? rows_with_word(wanted, rest) : rows_with_text(*field, wanted, rest);
    memory_.add({field, wanted, among, found});
    return found;
  }

  /// Those rows `among` the given of which the field is or contains one of many values.
  Bitmap rows_with_values(const Field& field, const TextList& list, const Bitmap& among) const {
    Bitmap found(among.size());
    const auto search = [&](const Bitmap& rows, std::size_t longest) {
      const TextAutomaton automaton = automaton_of(list, longest);
      if (automaton.is_empty() || rows.count() == 0) return;
      const auto matches = [&](std::string_view text) { return automaton.matches(text); };
      const bool is_interned = field.type == FieldType::text && store_.interned(field.member) != nullptr;
      found |= is_interned ? rows_with_value(field.member, rows, matches) : rows_by_text(field, rows, matches);
    };
    Bitmap rest = among;
    if (field.member == Member::JobId) {
      // What is as long as a JobId of the service is one, or is in none.
      for (const QueryValue& value : list.values()) {
        const auto row = store_.find(value.text);
        if (row && among.contains(*row)) found.insert(*row);
      }
      rest -= found;
      Bitmap packed = rest;
      rest -= store_.job_ids().packed();
      packed -= rest;
      search(packed, packed_job_id_size - 1);
    }
    if (rest.count() != 0) search(rest, std::string::npos);
    return found;
  }

  template <class Function>
  static void for_each_word_field(const Function& function) {
    for (const char* const name : {"message", "name", "input", "output", "id"}) function(*find_field(name));
  }

  Bitmap rows_with_word(const Substring& word, const Bitmap& among) const {
    Bitmap found(among.size());
    Bitmap rest = among;
    for_each_word_field([&](const Field& field) {
      found |= rows_with_text(field, word, rest);
      rest -= found;
    });
    return found;
  }

  Bitmap rows_with_text(const Field& field, const Substring& wanted, const Bitmap& among) const {
    const bool is_derived = field.derive != nullptr;
    if (wanted.size() == 0 && !is_derived) return rows_with_any(store_, members_of(field), among);
    if (is_derived || has_derived_key(field))
      return rows_by_text(field, among, [&](std::string_view text) { return wanted.is_in(text); });
    if (field.type == FieldType::s3_uri) return rows_with_uri(field, wanted, among);
    if (field.member == Member::JobId) return rows_containing(store_.job_ids(), wanted, among);
    return rows_with_text(field.member, wanted, among);
  }

  Bitmap rows_with_text(Member member, const Substring& wanted, const Bitmap& among) const {
    if (const TextColumn* const packed = store_.packed(member)) return rows_containing(*packed, wanted, among);
    return rows_with_value(member, among, [&](std::string_view value) { return wanted.is_in(value); });
  }

  [[nodiscard]] bool has_derived_key(const Field& field) const {
    return field.type == FieldType::s3_uri && store_.packed(field.key) == nullptr &&
           store_.interned(field.key) == nullptr;
  }

  /// `s3://bucket/key` contains what its bucket's part does, what its key does, and what lies across the slash between.
  Bitmap rows_with_uri(const Field& field, const Substring& wanted, const Bitmap& among) const {
    Bitmap found = rows_with_text(field.key, wanted, among);
    Bitmap rest = among;
    rest -= found;
    const DictionaryColumn& buckets = *store_.interned(field.member);
    const std::string& lower = wanted.lower();
    const Borders borders(lower);
    std::vector<std::size_t> matched;  // of `wanted`, so much of its beginning ends where the bucket's part does
    std::vector<std::uint8_t> is_wanted;
    std::vector<std::uint8_t> may_go_on;
    std::string start;
    for (const std::string_view bucket : buckets.values()) {
      start.clear();
      append_s3_uri(start, bucket, {});
      std::size_t size = 0;
      bool is_in = false;
      for (const char c : start) {
        size = borders.step(size, c);
        is_in = is_in || size == lower.size();
      }
      matched.push_back(size);
      is_wanted.push_back(is_in ? 1 : 0);
      may_go_on.push_back(!is_in && size != 0 ? 1 : 0);
    }
    const auto rows_of_buckets = [&](const std::vector<std::uint8_t>& wanted_buckets) {
      Bitmap rows = rows_with_symbol(buckets.symbols(), wanted_buckets, rest);
      return wanted_buckets[0] == 0 ? rows : rows_with_any(store_, members_of(field), rows);
    };
    found |= rows_of_buckets(is_wanted);
    std::string scratch;
    rows_of_buckets(may_go_on).for_each([&](Row row) {
      std::size_t size = matched[buckets.symbols()[row]];
      std::size_t read = 0;
      for (const char c : store_.text(row, field.key, scratch)) {
        size = borders.step(size, c);
        if (size == lower.size()) found.insert(row);
        if (size == lower.size() || size <= ++read) return;
      }
    });
    return found;
  }

  const JobStore& store_;
  JobSearchCache& memory_;
};

}  // namespace

std::size_t passes_of(const Predicate& predicate) {
  return passes_of_tree(predicate, [](const JobTest& test) {
    if (const auto* const texts = std::get_if<TextTest>(&test)) return texts->any_of.passes();
    if (const auto* const numbers = std::get_if<NumberTest>(&test)) return numbers->any_of.size();
    if (const auto* const times = std::get_if<TimeTest>(&test)) return times->any_of.size();
    return std::size_t{1};
  });
}

Bitmap match(const Predicate& predicate, const JobStore& store, JobSearchCache& memory) {
  const Evaluator evaluator(store, memory);
  const auto evaluate = [&](const JobTest& test, const Bitmap& among) { return evaluator.evaluate(test, among); };
  return rows_for(predicate, store.current_rows(), evaluate, cost_of);
}

}  // namespace rekognition_jobs
