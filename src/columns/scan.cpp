// Scans columns, sixteen values or positions at a time.
#include "scan.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>
#include <vector>

#include "../base/simd16.h"

namespace rekognition_jobs {
namespace {

/// Which of the values of a word's rows are the wanted one.
Bitmap::Word equal_bits(const std::uint8_t* values, Bytes16 wanted) {
  Bitmap::Word bits = 0;
  for (std::size_t part = 0; part < Bitmap::rows_per_word; part += bytes16_size) {
    bits |= Bitmap::Word{true_bits(load16(values + part) == wanted)} << part;
  }
  return bits;
}

std::size_t bit_count(Bitmap::Word word) { return static_cast<std::size_t>(std::popcount(word)); }

Bitmap rows_equal_to(const Column<std::uint8_t>& column, std::uint8_t value, const Bitmap& among) {
  Bitmap found(among.size());
  const Bytes16 wanted = splat16(value);
  for (std::size_t i = 0; i < among.words().size(); ++i) {
    const std::uint8_t* const chunk = column.chunk(i / Bitmap::words_per_chunk);
    if (chunk == nullptr || among.words()[i] == 0) continue;
    const std::uint8_t* const values = chunk + i % Bitmap::words_per_chunk * Bitmap::rows_per_word;
    found.word(i) = equal_bits(values, wanted) & among.words()[i];
  }
  return found;
}

/// Counts a few symbols, each by comparing all rows that no more frequent one has.
void count_few_symbols(const Column<std::uint8_t>& column, const Bitmap& rows, std::vector<std::size_t>& counts) {
  std::vector<std::uint8_t> by_count(counts.size());
  std::iota(by_count.begin(), by_count.end(), std::uint8_t{0});
  for (std::size_t i = 0; i < rows.words().size(); ++i) {
    Bitmap::Word rest = rows.words()[i];
    const std::uint8_t* const chunk = column.chunk(i / Bitmap::words_per_chunk);
    if (chunk == nullptr) {
      counts[0] += bit_count(rest);
      continue;
    }
    const std::uint8_t* const values = chunk + i % Bitmap::words_per_chunk * Bitmap::rows_per_word;
    for (std::size_t place = 0; rest != 0; ++place) {
      const std::uint8_t symbol = by_count[place];
      const Bitmap::Word bits = equal_bits(values, splat16(symbol)) & rest;
      counts[symbol] += bit_count(bits);
      rest -= bits;
      if (place > 0 && counts[symbol] > counts[by_count[place - 1]]) std::swap(by_count[place], by_count[place - 1]);
    }
  }
}

/// Whether so few rows of a chunk are asked for that each is looked at by itself.
bool are_few(std::size_t count) { return count < rows_per_chunk / 32; }

std::size_t count_in_chunk(const Bitmap& rows, std::size_t chunk) {
  const std::size_t begin = chunk * Bitmap::words_per_chunk;
  const std::size_t end = std::min(begin + Bitmap::words_per_chunk, rows.words().size());
  std::size_t count = 0;
  for (std::size_t i = begin; i < end; ++i) count += bit_count(rows.words()[i]);
  return count;
}

template <class Function>
void for_each_in_chunk(const Bitmap& rows, std::size_t chunk, const Function& function) {
  const std::size_t begin = chunk * Bitmap::words_per_chunk;
  const std::size_t end = std::min(begin + Bitmap::words_per_chunk, rows.words().size());
  for (std::size_t i = begin; i < end; ++i) {
    for (Bitmap::Word word = rows.words()[i]; word != 0; word &= word - 1) {
      function(i * Bitmap::rows_per_word + static_cast<std::size_t>(std::countr_zero(word)));
    }
  }
}

void search_whole(const TextColumn::Chunk& chunk, std::size_t first_row, const Substring& wanted, Bitmap& found) {
  wanted.for_each_match(chunk.text(), [&](std::size_t at) {
    const std::size_t place = chunk.place_at(at);
    const bool is_within = at + wanted.size() <= chunk.end_of(place);
    if (is_within) found.insert(static_cast<Row>(first_row + place));
  });
}

}  // namespace

Bitmap rows_with_symbol(const IndexColumn& column, std::span<const std::uint8_t> is_wanted, const Bitmap& among) {
  const auto count = std::count(is_wanted.begin(), is_wanted.end(), 1);
  if (count == 0) return Bitmap(among.size());
  return column.visit([&]<class T>(const Column<T>& symbols) {
    if constexpr (sizeof(T) == 1) {
      if (count == 1 && is_wanted[0] == 0) {
        const auto symbol = std::find(is_wanted.begin(), is_wanted.end(), 1) - is_wanted.begin();
        return rows_equal_to(symbols, static_cast<std::uint8_t>(symbol), among);
      }
    }
    // Of a column of bytes, chunks hold symbols that were given out already, and zeros.
    return rows_where(symbols, among, [is_wanted](T symbol) { return is_wanted[symbol] != 0; });
  });
}

std::vector<std::size_t> count_symbols(const IndexColumn& column, std::size_t symbol_count, const Bitmap& rows) {
  std::vector<std::size_t> counts(symbol_count);
  column.visit([&]<class T>(const Column<T>& symbols) {
    constexpr std::size_t few_symbols = 16;
    if constexpr (sizeof(T) == 1) {
      if (symbol_count <= few_symbols) return count_few_symbols(symbols, rows, counts);
    }
    for (std::size_t i = 0; i < rows.words().size(); ++i) {
      Bitmap::Word word = rows.words()[i];
      const T* const chunk = symbols.chunk(i / Bitmap::words_per_chunk);
      if (chunk == nullptr) {
        counts[0] += bit_count(word);
        continue;
      }
      const T* const values = chunk + i % Bitmap::words_per_chunk * Bitmap::rows_per_word;
      for (; word != 0; word &= word - 1) ++counts[values[static_cast<std::size_t>(std::countr_zero(word))]];
    }
  });
  return counts;
}

Bitmap rows_containing(const TextColumn& column, const Substring& wanted, const Bitmap& among) {
  Bitmap found(among.size());
  for (std::size_t index = 0; index * rows_per_chunk < among.size(); ++index) {
    const TextColumn::Chunk* const chunk = column.chunk(index);
    if (chunk == nullptr) continue;
    const std::size_t first_row = index * rows_per_chunk;
    if (!are_few(count_in_chunk(among, index))) {
      search_whole(*chunk, first_row, wanted, found);
      continue;
    }
    for_each_in_chunk(among, index, [&](std::size_t row) {
      if (wanted.is_in((*chunk)[row - first_row])) found.insert(static_cast<Row>(row));
    });
  }
  return found &= among;
}

}  // namespace rekognition_jobs
