// Counts pairs of numbers, such as a bucket and a status, of which there may be any number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "../base/checked_size.h"
#include "radix_sort.h"

namespace rekognition_jobs {

/// A table of counts while it is small, else a list of what was counted: memory is linear in the counted at most.
class CellCounts {
 public:
  CellCounts(std::size_t rows, std::size_t columns) : columns_(columns) {
    if (checked_product(rows, columns) <= most_dense) dense_.resize(rows * columns);
  }

  /// Bytes that counting so many things allocates at most, with a bucket for each row, its edges and its counts.
  [[nodiscard]] static constexpr std::uint64_t bytes_to_count(std::size_t rows, std::size_t columns,
                                                              std::size_t things) {
    const std::uint64_t cells = checked_product(rows, columns);
    constexpr std::uint64_t bytes_of_a_row = 160;
    constexpr std::uint64_t bytes_of_a_cell = 64;
    constexpr std::uint64_t bytes_of_a_thing = 160;
    return (1U << 14) + bytes_of_a_row * rows +
           (cells <= most_dense ? bytes_of_a_cell * cells : bytes_of_a_thing * things);
  }

  void add(std::size_t row, std::size_t column) {
    const std::uint64_t cell = row * columns_ + column;
    if (dense_.empty()) {
      sparse_.push_back(cell);
    } else {
      ++dense_[static_cast<std::size_t>(cell)];
    }
  }

  /// Calls `function(row, column, count)` for each cell that was counted, in their order.
  template <class Function>
  void for_each(const Function& function) {
    const auto tell = [&](std::uint64_t cell, std::size_t count) {
      function(static_cast<std::size_t>(cell / columns_), static_cast<std::size_t>(cell % columns_), count);
    };
    for (std::size_t cell = 0; cell < dense_.size(); ++cell) {
      if (dense_[cell] != 0) tell(cell, dense_[cell]);
    }
    std::vector<std::uint32_t> order(sparse_.size());
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    Cells cells(sparse_);
    const Bitmap starts = sort_by_keys(order, cells);
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
      do ++end;
      while (end < order.size() && !starts.contains(static_cast<Row>(end)));
      tell(sparse_[order[begin]], end - begin);
    }
  }

 private:
  static constexpr std::size_t most_dense = 1'000'000;

  class Cells : public SortKeyReader {
   public:
    explicit Cells(const std::vector<std::uint64_t>& cells) : cells_(cells) {}
    KeyChunk part(std::uint32_t number, std::size_t /*depth*/) override { return {cells_[number]}; }

   private:
    const std::vector<std::uint64_t>& cells_;
  };

  std::uint64_t columns_;
  std::vector<std::size_t> dense_;
  std::vector<std::uint64_t> sparse_;  ///< a cell as often as it was counted
};

}  // namespace rekognition_jobs
