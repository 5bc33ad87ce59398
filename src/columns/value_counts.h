// Counts how often each value of a column occurs in a set of rows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../base/can_allocate.h"
#include "bitmap.h"
#include "dictionary_column.h"
#include "scan.h"
#include "sort_index.h"

namespace rekognition_jobs {

struct ValueCount {
  std::string value;
  std::size_t count = 0;  ///< rows
};

/// Gathers counts while there is memory for them.
class ValueCounts {
 public:
  /// A value takes so many bytes at most.
  explicit ValueCounts(std::uint64_t bytes_of_a_value) : bytes_of_a_value_(bytes_of_a_value) {}

  /// `text()` is the value. A count of 0 is left out.
  template <class Text>
  void add(std::size_t count, const Text& text) {
    if (count == 0 || is_full_) return;
    is_full_ = !can_allocate(bytes_of_a_value_ + 3 * sizeof(ValueCount) * counts_.size());
    if (!is_full_) counts_.push_back({std::string(text()), count});
  }

  /// Most first, ties by the value's bytes; nothing when memory was full.
  [[nodiscard]] std::optional<std::vector<ValueCount>> sorted() && {
    if (is_full_) return std::nullopt;
    std::sort(counts_.begin(), counts_.end(), [](const ValueCount& a, const ValueCount& b) {
      return a.count != b.count ? a.count > b.count : a.value < b.value;
    });
    return std::move(counts_);
  }

 private:
  std::uint64_t bytes_of_a_value_;
  std::vector<ValueCount> counts_;
  bool is_full_ = false;
};

/// Counts the values of a column in one pass over the rows. `count_having()`: how many of the rows have a value, which
/// may be an empty text; it is asked for when some have no other.
template <class CountHaving>
void count_column(ValueCounts& out, const DictionaryColumn& column, const Bitmap& rows,
                  const CountHaving& count_having) {
  const std::vector<std::size_t> counts = count_symbols(column.symbols(), column.values().size(), rows);
  for (Symbol symbol = 1; symbol < counts.size(); ++symbol) {
    out.add(counts[symbol], [&] { return column.values()[symbol]; });
  }
  const std::size_t having = counts[0] == 0 ? 0 : count_having();
  const std::size_t having_text = rows.count() - counts[0];
  out.add(having - std::min(having, having_text), [] { return std::string(); });
}

/// Counts the groups of equal rows in an index; `text_of(row)` is the value of a group's row. Linear in the index.
template <class TextOf>
void count_groups(ValueCounts& out, const SortIndex& index, const Bitmap& rows, const TextOf& text_of) {
  for (std::size_t begin = 0, end = 0; begin < index.with_value; begin = end) {
    std::size_t count = 0;
    end = begin;
    do {
      count += rows.size() > index.rows[end] && rows.contains(index.rows[end]) ? 1U : 0U;
      ++end;
    } while (end < index.with_value && !index.group_starts.contains(static_cast<Row>(end)));
    out.add(count, [&] { return text_of(index.rows[begin]); });
  }
}

}  // namespace rekognition_jobs
