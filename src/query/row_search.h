// Rows by a test of one column: the loops that every question comes down to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "store/column.h"
#include "store/interned_column.h"
#include "store/job_id_column.h"
#include "store/row_set.h"
#include "store/text_column.h"
#include "text/substring.h"

namespace rekognition_jobs {

/// Those rows `among` the given for whose value `test(value)` is true.
template <class T, class Test>
[[nodiscard]] RowSet rows_where(const Column<T>& column, const RowSet& among, const Test& test) {
  RowSet found(among.size());
  for (std::size_t i = 0; i < among.words().size(); ++i) {
    const RowSet::Word wanted = among.words()[i];
    if (wanted == 0) continue;
    const T* const chunk = column.chunk(i / RowSet::words_per_chunk);
    if (chunk == nullptr) {
      if (test(T{})) found.word(i) = wanted;
      continue;
    }
    const T* const values = chunk + i % RowSet::words_per_chunk * RowSet::rows_per_word;
    RowSet::Word bits = 0;
    for (std::size_t bit = 0; bit < RowSet::rows_per_word; ++bit) {
      bits |= RowSet::Word{test(values[bit]) ? 1U : 0U} << bit;
    }
    found.word(i) = bits & wanted;
  }
  return found;
}

/// Those rows `among` the given whose symbol is wanted: `is_wanted` tells by Symbol, 0 or 1.
[[nodiscard]] RowSet rows_with_symbol(const SymbolColumn& column, std::span<const std::uint8_t> is_wanted,
                                      const RowSet& among);

/// How many of the rows have each symbol, of `symbol_count` that there are.
[[nodiscard]] std::vector<std::size_t> count_symbols(const SymbolColumn& column, std::size_t symbol_count,
                                                     const RowSet& rows);

/// Those rows `among` the given whose text contains `wanted`, which is not empty. Where most rows are asked for, a
/// chunk is searched as one text.
[[nodiscard]] RowSet rows_containing(const TextColumn& column, const Substring& wanted, const RowSet& among);
[[nodiscard]] RowSet rows_containing(const JobIdColumn& column, const Substring& wanted, const RowSet& among);

}  // namespace rekognition_jobs
