// A column of lists: a few symbols per row, each with a number, such as labels with their confidences.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "../base/checked_size.h"
#include "bitmap.h"
#include "dictionary.h"
#include "row.h"

namespace rekognition_jobs {

/// The lists of rows, packed end to end in flat arrays by chunks of rows, so that a count runs over one stretch of
/// memory. Every row has a list, which may be empty.
class ListColumn {
 public:
  struct List {
    const Symbol* symbols;
    const double* numbers;
    std::size_t size;
  };

  /// The lists of rows_per_chunk rows.
  class Chunk {
   public:
    [[nodiscard]] std::size_t begin_of(std::size_t place) const { return ends_[place]; }
    [[nodiscard]] std::size_t end_of(std::size_t place) const { return ends_[place + 1]; }

    /// What the rows from one place to another have, in one.
    [[nodiscard]] List list(std::size_t first, std::size_t last) const {
      const std::size_t begin = ends_[first];
      return {symbols_.data() + begin, numbers_.data() + begin, ends_[last] - begin};
    }

   private:
    friend class ListColumn;

    std::vector<Symbol> symbols_;
    std::vector<double> numbers_;
    std::unique_ptr<std::uint32_t[]> ends_{new std::uint32_t[rows_per_chunk + 1]()};
  };

  /// Whether the row that end_row() will end can have a list of so many: a chunk's ends have 32 bits.
  [[nodiscard]] bool has_room_for(std::size_t size) const {
    const bool begins_chunk = chunks_.size() == rows_ / rows_per_chunk;
    return checked_sum(begins_chunk ? 0 : chunks_.back().symbols_.size(), size) <= most_items;
  }

  /// Adds to the list of the row that end_row() will end.
  void add(Symbol symbol, double number) {
    if (chunks_.size() == rows_ / rows_per_chunk) add_chunk();
    chunks_.back().symbols_.push_back(symbol);
    chunks_.back().numbers_.push_back(number);
  }

  void end_row() {
    if (chunks_.size() == rows_ / rows_per_chunk) add_chunk();
    Chunk& chunk = chunks_.back();
    chunk.ends_[rows_ % rows_per_chunk + 1] = static_cast<std::uint32_t>(chunk.symbols_.size());
    ++rows_;
  }

  /// Numbers in all lists.
  [[nodiscard]] std::size_t item_count() const {
    std::size_t count = 0;
    for (const Chunk& chunk : chunks_) count += chunk.symbols_.size();
    return count;
  }

  /// Bytes that a few rows more allocate at most, beside four times their lists and a chunk's ends.
  [[nodiscard]] std::uint64_t growth() const {
    return chunks_.empty() ? 0 : std::uint64_t{40} * chunks_.back().symbols_.size();
  }

  [[nodiscard]] std::size_t count(Row row) const {
    const Chunk& chunk = chunks_[row / rows_per_chunk];
    return chunk.end_of(row % rows_per_chunk) - chunk.begin_of(row % rows_per_chunk);
  }

  /// Calls `function(symbol, number)` for each of a row's list, in its order.
  template <class Function>
  void for_each(Row row, const Function& function) const {
    const Chunk& chunk = chunks_[row / rows_per_chunk];
    const std::size_t end = chunk.end_of(row % rows_per_chunk);
    for (std::size_t i = chunk.begin_of(row % rows_per_chunk); i < end; ++i) {
      function(chunk.symbols_[i], chunk.numbers_[i]);
    }
  }

  /// Calls `function(row, list)` for each of the rows, in their order; `list` is a List.
  template <class Function>
  void for_each_list(const Bitmap& rows, const Function& function) const {
    for_each_word(rows, [&](const Chunk& chunk, std::size_t first, std::size_t place, Bitmap::Word word) {
      for (; word != 0; word &= word - 1) {
        const auto bit = static_cast<std::size_t>(std::countr_zero(word));
        function(static_cast<Row>(first + bit), chunk.list(place + bit, place + bit + 1));
      }
    });
  }

  /// Calls `function(list)` with the lists of the rows, as many in one as stand side by side.
  template <class Function>
  void for_each_stretch(const Bitmap& rows, const Function& function) const {
    for_each_word(rows, [&](const Chunk& chunk, std::size_t /*first*/, std::size_t place, Bitmap::Word word) {
      while (word != 0) {
        const auto begin = static_cast<std::size_t>(std::countr_zero(word));
        const auto length = static_cast<std::size_t>(std::countr_one(word >> begin));
        function(chunk.list(place + begin, place + begin + length));
        word = begin + length == Bitmap::rows_per_word ? 0 : word >> (begin + length) << (begin + length);
      }
    });
  }

 private:
  /// Calls `function(chunk, first_row, place, word)` for each word of rows that has some; `place` is that of its first
  /// row in the chunk.
  template <class Function>
  void for_each_word(const Bitmap& rows, const Function& function) const {
    for (std::size_t i = 0; i < rows.words().size(); ++i) {
      if (rows.words()[i] == 0) continue;
      function(chunks_[i / Bitmap::words_per_chunk], i * Bitmap::rows_per_word,
               i % Bitmap::words_per_chunk * Bitmap::rows_per_word, rows.words()[i]);
    }
  }

  /// The one before is full: what it did not need is given back, and tells what this one will.
  void add_chunk() {
    std::size_t expected = 0;
    if (!chunks_.empty()) {
      Chunk& full = chunks_.back();
      full.symbols_.shrink_to_fit();
      full.numbers_.shrink_to_fit();
      expected = full.symbols_.size() + full.symbols_.size() / 16;
    }
    Chunk& chunk = chunks_.emplace_back();
    chunk.symbols_.reserve(expected);
    chunk.numbers_.reserve(expected);
  }

  static constexpr std::size_t most_items = std::numeric_limits<std::uint32_t>::max();

  std::vector<Chunk> chunks_;
  std::size_t rows_ = 0;
};

}  // namespace rekognition_jobs
