// A column of lists: a few symbols a row, each with a number, such as labels with their confidences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "store/row.h"
#include "store/symbol_table.h"

namespace rekognition_jobs {

/// The lists of rows, packed end to end in flat arrays by chunks of rows, so that a count runs over one stretch of
/// memory. Every row has a list, which may be empty.
class RatedColumn {
 public:
  /// The lists of rows_per_chunk rows.
  class Chunk {
   public:
    [[nodiscard]] std::size_t begin_of(std::size_t place) const { return ends_[place]; }
    [[nodiscard]] std::size_t end_of(std::size_t place) const { return ends_[place + 1]; }
    [[nodiscard]] const Symbol* symbols() const { return symbols_.data(); }
    [[nodiscard]] const double* numbers() const { return numbers_.data(); }

   private:
    friend class RatedColumn;

    std::vector<Symbol> symbols_;
    std::vector<double> numbers_;
    std::unique_ptr<std::uint32_t[]> ends_{new std::uint32_t[rows_per_chunk + 1]()};
  };

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

  [[nodiscard]] const Chunk& chunk(std::size_t index) const { return chunks_[index]; }

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

 private:
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

  std::vector<Chunk> chunks_;
  std::size_t rows_ = 0;
};

}  // namespace rekognition_jobs
