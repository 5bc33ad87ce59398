// A set of rows as one bit a row, for combining the answers to parts of a query.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "store/row.h"

namespace rekognition_jobs {

/// A subset of the rows 0 to size() − 1. All operations are linear in the number of rows, 64 at a time.
class RowSet {
 public:
  explicit RowSet(std::size_t size = 0, bool filled = false)
      : size_(size), words_((size + bits - 1) / bits, filled ? ~std::uint64_t{0} : 0) {
    trim();
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool contains(Row row) const { return ((words_[row / bits] >> (row % bits)) & 1U) != 0; }
  void insert(Row row) { words_[row / bits] |= std::uint64_t{1} << (row % bits); }
  void erase(Row row) { words_[row / bits] &= ~(std::uint64_t{1} << (row % bits)); }

  /// Makes room for one more row, which is in the set or not.
  void push(bool contained) {
    if (size_ % bits == 0) words_.push_back(0);
    if (contained) insert(static_cast<Row>(size_));
    ++size_;
  }

  /// Makes the set of exactly those rows for which `test(row)` is true.
  template <class Test>
  [[nodiscard]] static RowSet where(std::size_t size, const Test& test) {
    RowSet set(size);
    for (std::size_t row = 0; row < size; ++row) {
      set.words_[row / bits] |= std::uint64_t{test(static_cast<Row>(row)) ? 1U : 0U} << (row % bits);
    }
    return set;
  }

  RowSet& operator&=(const RowSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  RowSet& operator|=(const RowSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  void flip() {
    for (std::uint64_t& word : words_) word = ~word;
    trim();
  }

 private:
  static constexpr std::size_t bits = 64;

  void trim() {
    if (size_ % bits != 0) words_.back() &= (std::uint64_t{1} << (size_ % bits)) - 1;
  }

  std::size_t size_;
  std::vector<std::uint64_t> words_;
};

}  // namespace rekognition_jobs
