// A column of values of one width.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "store/row.h"

namespace rekognition_jobs {

/// Values by row, in chunks that never move. Whatever was not set is T{}.
template <class T>
class Column {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }

  void push(const T& value) { set(static_cast<Row>(size_), value); }

  /// Sets the value of `row`, at or beyond the end; the rows between get T{}.
  void set(Row row, const T& value) {
    const std::size_t index = row / rows_per_chunk;
    while (index >= chunks_.size()) chunks_.emplace_back(new T[rows_per_chunk]());
    chunks_[index][row % rows_per_chunk] = value;
    size_ = row + std::size_t{1};
  }

  [[nodiscard]] T operator[](Row row) const {
    return row < size_ ? chunks_[row / rows_per_chunk][row % rows_per_chunk] : T{};
  }

  /// The values of a chunk, rows_per_chunk of them; nothing for a chunk in which no row was set.
  [[nodiscard]] const T* chunk(std::size_t index) const {
    return index < chunks_.size() ? chunks_[index].get() : nullptr;
  }

 private:
  std::vector<std::unique_ptr<T[]>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace rekognition_jobs
