// A set of rows, one bit per row, to combine the answers to the parts of a query.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "row.h"

namespace rekognition_jobs {

/// A subset of the rows 0 to size() − 1. All operations are linear in the number of rows, 64 at a time.
class Bitmap {
 public:
  using Word = std::uint64_t;

  /// Rows of a word, of which there are a whole number in a chunk.
  static constexpr std::size_t rows_per_word = 64;
  static constexpr std::size_t words_per_chunk = rows_per_chunk / rows_per_word;

  explicit Bitmap(std::size_t size = 0, bool filled = false)
      : size_(size), words_(words_of(size), filled ? ~Word{0} : 0) {
    trim();
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool contains(Row row) const {
    return ((words_[row / rows_per_word] >> (row % rows_per_word)) & 1U) != 0;
  }
  void insert(Row row) { words_[row / rows_per_word] |= Word{1} << (row % rows_per_word); }
  void erase(Row row) { words_[row / rows_per_word] &= ~(Word{1} << (row % rows_per_word)); }

  /// Makes room for one more row, which is in the set or not.
  void push(bool contained) {
    if (size_ % rows_per_word == 0) words_.push_back(0);
    if (contained) insert(static_cast<Row>(size_));
    ++size_;
  }

  /// Makes room up to `size` rows; the new ones are not in the set.
  void extend(std::size_t size) {
    size_ = size;
    words_.resize(words_of(size));
  }

  /// Makes room for `count` rows more, from a word's first on, of which the bytes of their words tell.
  void append_words(const char* bytes, std::size_t count) {
    const std::size_t before = words_.size();
    extend(size_ + count);
    std::memcpy(words_.data() + before, bytes, (words_.size() - before) * sizeof(Word));
    trim();
  }

  /// Bit i is for the row 64 · `index` + i.
  [[nodiscard]] const std::vector<Word>& words() const { return words_; }
  [[nodiscard]] Word& word(std::size_t index) { return words_[index]; }

  /// Rows in the set.
  [[nodiscard]] std::size_t count() const {
    std::size_t count = 0;
    for (const Word word : words_) count += static_cast<std::size_t>(std::popcount(word));
    return count;
  }

  /// Whether `other`, of the same size, holds all of these rows.
  [[nodiscard]] bool is_subset_of(const Bitmap& other) const {
    if (size_ != other.size_) return false;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & ~other.words_[i]) != 0) return false;
    }
    return true;
  }

  /// Calls `function(row)` for each row in the set, in their order.
  template <class Function>
  void for_each(const Function& function) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (Word word = words_[i]; word != 0; word &= word - 1) {
        function(static_cast<Row>(i * rows_per_word + static_cast<std::size_t>(std::countr_zero(word))));
      }
    }
  }

  Bitmap& operator&=(const Bitmap& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  Bitmap& operator|=(const Bitmap& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }

  /// Takes out what `other` holds.
  Bitmap& operator-=(const Bitmap& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
    return *this;
  }

 private:
  static constexpr std::size_t words_of(std::size_t rows) {
    return rows / rows_per_word + (rows % rows_per_word != 0 ? 1 : 0);
  }

  void trim() {
    if (size_ % rows_per_word != 0) words_.back() &= (Word{1} << (size_ % rows_per_word)) - 1;
  }

  std::size_t size_;
  std::vector<Word> words_;
};

}  // namespace rekognition_jobs
