// Finds the rows that pass a test of one column: the inner loops of every query.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "../base/substring.h"
#include "bitmap.h"
#include "column.h"
#include "dictionary_column.h"
#include "text_column.h"

namespace rekognition_jobs {

/// Those rows `among` the given for whose value `test(value)` is true.
template <class T, class Test>
[[nodiscard]] Bitmap rows_where(const Column<T>& column, const Bitmap& among, const Test& test) {
  Bitmap found(among.size());
  for (std::size_t i = 0; i < among.words().size(); ++i) {
    const Bitmap::Word wanted = among.words()[i];
    if (wanted == 0) continue;
    const T* const chunk = column.chunk(i / Bitmap::words_per_chunk);
    if (chunk == nullptr) {
      if (test(T{})) found.word(i) = wanted;
      continue;
    }
    const T* const values = chunk + i % Bitmap::words_per_chunk * Bitmap::rows_per_word;
    Bitmap::Word bits = 0;
    for (std::size_t bit = 0; bit < Bitmap::rows_per_word; ++bit) {
      bits |= Bitmap::Word{test(values[bit]) ? 1U : 0U} << bit;
    }
    found.word(i) = bits & wanted;
  }
  return found;
}

/// Those rows `among` the given whose symbol is wanted: `is_wanted` tells by Symbol, 0 or 1.
[[nodiscard]] Bitmap rows_with_symbol(const IndexColumn& column, std::span<const std::uint8_t> is_wanted,
                                      const Bitmap& among);

/// How many of the rows have each symbol, of `symbol_count` that there are.
[[nodiscard]] std::vector<std::size_t> count_symbols(const IndexColumn& column, std::size_t symbol_count,
                                                     const Bitmap& rows);

/// Those rows `among` the given whose text contains `wanted`, which is not empty. Where most rows are asked for, a
/// chunk is searched as one text.
[[nodiscard]] Bitmap rows_containing(const TextColumn& column, const Substring& wanted, const Bitmap& among);

}  // namespace rekognition_jobs
