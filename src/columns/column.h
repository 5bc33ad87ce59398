// A column of values of one width.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "row.h"

namespace rekognition_jobs {

/// Values by row, in chunks that never move. Whatever was not set is T{}; in a chunk, what lies beyond the last row is
/// T{} too if T is a number of up to 32 bits, as symbols are, which stand for something wherever they are read.
template <class T>
class Column {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }

  void push(const T& value) { set(static_cast<Row>(size_), value); }

  /// Sets the value of `row`, at or beyond the end; the rows between get T{}.
  void set(Row row, const T& value) {
    const std::size_t index = row / rows_per_chunk;
    while (index >= chunks_.size()) chunks_.emplace_back(is_cleared ? new T[rows_per_chunk]() : new T[rows_per_chunk]);
    if (!is_cleared) {
      for (; size_ < row; ++size_) chunks_[size_ / rows_per_chunk][size_ % rows_per_chunk] = T{};
    }
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

  /// Appends the bytes of `count` values, at most a chunk of them, where a chunk begins.
  void append_chunk(const char* bytes, std::size_t count) {
    T* const chunk = chunks_.emplace_back(new T[rows_per_chunk]).get();
    std::memcpy(chunk, bytes, count * sizeof(T));
    if (is_cleared) std::fill(chunk + count, chunk + rows_per_chunk, T{});
    size_ += count;
  }

 private:
  static constexpr bool is_cleared = sizeof(T) <= sizeof(std::uint32_t);

  std::vector<std::unique_ptr<T[]>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace rekognition_jobs
