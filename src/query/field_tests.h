// Tests of fields, for any kind of record, and the rows of a column that pass them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "../base/text_automaton.h"
#include "../base/text_pattern.h"
#include "../columns/bitmap.h"
#include "../columns/dictionary_column.h"
#include "../columns/scan.h"
#include "../columns/text_column.h"
#include "predicate_tree.h"
#include "query_error.h"
#include "text_list.h"
#include "value.h"

namespace rekognition_jobs {

/// One of these values, compared whole; they are folded, see fold_value().
template <class Field>
struct ValueTestOf {
  Field field{};
  std::set<std::string> any_of;

  [[nodiscard]] bool matches(std::string_view value) const { return any_of.count(fold_value(value)) != 0; }
};

/// Without a field, a bare word.
template <class Field>
struct TextTestOf {
  Field field{};
  TextList any_of;
};

template <class Field>
struct NumberTestOf {
  Field field{};
  std::vector<NumberRange> any_of;
};

inline Expected<std::string, QueryError> read_folded(const QueryValue& value) { return fold_value(value.text); }

/// `test` with the values of a qualifier, each read by `read(value)`, as its `any_of`.
template <class AnyTest, class Test, class Read>
Expected<AnyTest, QueryError> bind_any(Test test, const QueryNode& node, const Read& read) {
  auto items = read_values(node.values, read);
  if (auto* error = std::get_if<QueryError>(&items)) return std::move(*error);
  auto& list = std::get<0>(items);
  test.any_of = {std::make_move_iterator(list.begin()), std::make_move_iterator(list.end())};
  return AnyTest(std::move(test));
}

/// Those rows `among` the given for whose value `test(value)` is true: each distinct value is tested once.
/// `rows_having(rows)` are those of the rows that have a value, which may be an empty text.
template <class RowsHaving, class Test>
Bitmap rows_with_value(const DictionaryColumn& column, const Bitmap& among, const RowsHaving& rows_having,
                       const Test& test) {
  std::vector<std::uint8_t> is_wanted;
  is_wanted.reserve(column.values().size());
  for (const std::string_view value : column.values()) is_wanted.push_back(test(value) ? 1 : 0);
  Bitmap rows = rows_with_symbol(column.symbols(), is_wanted, among);
  return is_wanted[0] == 0 ? rows : rows_having(rows);
}

/// Those rows `among` the given for whose text `test(text)` is true.
template <class Test>
Bitmap rows_where_text(const TextColumn& column, const Bitmap& among, const Test& test) {
  Bitmap found(among.size());
  among.for_each([&](Row row) {
    if (test(column[row])) found.insert(row);
  });
  return found;
}

/// Those rows `among` the given of which the text matches one of the list's patterns. `search(word, rows)` are the rows
/// that contain a word; `where_text(rows, test)` those for whose text `test(text)` is true.
template <class Search, class WhereText>
Bitmap rows_with_patterns(const TextList& list, const Bitmap& among, const Search& search,
                          const WhereText& where_text) {
  const std::vector<TextPattern>& patterns = list.patterns();
  if (patterns.size() == 1 && patterns[0].is_substring()) return search(patterns[0].longest_part(), among);
  Bitmap found(among.size());
  Bitmap rest = among;
  for (const TextPattern& pattern : patterns) {
    Bitmap rows = search(pattern.longest_part(), rest);
    if (!pattern.is_substring()) rows = where_text(rows, [&](std::string_view text) { return pattern.matches(text); });
    found |= rows;
    rest -= rows;
  }
  return found;
}

/// A list made ready for many texts.
class TextMatcher {
 public:
  explicit TextMatcher(const TextList& list)
      : patterns_(list.patterns()), has_values_(!list.values().empty()), values_(automaton_of(list)) {}

  [[nodiscard]] bool matches(std::string_view text) const {
    return std::any_of(patterns_.begin(), patterns_.end(), [&](const TextPattern& one) { return one.matches(text); }) ||
           (has_values_ && values_.matches(text));
  }

 private:
  const std::vector<TextPattern>& patterns_;
  bool has_values_;
  TextAutomaton values_;
};

/// Those rows `among` the given of which the text in a column is wanted by the list.
template <class RowsHaving>
Bitmap rows_with_texts(const TextColumn& column, const TextList& list, const Bitmap& among,
                       const RowsHaving& rows_having) {
  const auto search = [&](const Substring& word, const Bitmap& rows) {
    return word.size() == 0 ? rows_having(rows) : rows_containing(column, word, rows);
  };
  const auto where_text = [&](const Bitmap& rows, const auto& test) { return rows_where_text(column, rows, test); };
  Bitmap found = rows_with_patterns(list, among, search, where_text);
  if (list.values().empty()) return found;
  Bitmap rest = rows_having(among);
  rest -= found;
  const TextMatcher matcher(list);
  return found |= rows_where_text(column, rest, [&](std::string_view text) { return matcher.matches(text); });
}

}  // namespace rekognition_jobs
