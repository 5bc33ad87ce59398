// Two ways to hold a column of text: packed in chunks, or interned where values repeat.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/row.h"

namespace rekognition_jobs {

/// Text of each row, in chunks that never move, so that views last as long as the column.
class PackedColumn {
 public:
  void push(std::string_view text) {
    if (text.size() > room_) add_chunk(text.size());
    std::copy(text.begin(), text.end(), next_);
    texts_.push_back({next_, text.size()});
    next_ += text.size();
    room_ -= text.size();
  }

  [[nodiscard]] std::string_view operator[](Row row) const { return texts_[row]; }

 private:
  static constexpr std::size_t chunk_size = 1 << 16;

  void add_chunk(std::size_t least_size) {
    room_ = std::max(chunk_size, least_size);
    next_ = chunks_.emplace_back(new char[room_]).get();
  }

  std::vector<std::unique_ptr<char[]>> chunks_;
  char* next_ = nullptr;  ///< the next free byte of the last chunk
  std::size_t room_ = 0;  ///< free bytes there
  std::vector<std::string_view> texts_;
};

/// A number for each row, and the text of each number once.
class InternedColumn {
 public:
  using Symbol = std::uint32_t;

  InternedColumn() = default;
  InternedColumn(const InternedColumn&) = delete;
  InternedColumn& operator=(const InternedColumn&) = delete;

  void push(std::string_view text) { symbols_.push_back(intern(text)); }

  [[nodiscard]] std::string_view operator[](Row row) const { return values_[symbols_[row]]; }
  [[nodiscard]] Symbol symbol(Row row) const { return symbols_[row]; }

  /// The distinct values, by Symbol. The first is the empty one, which a row that lacks the member has.
  [[nodiscard]] const std::vector<std::string_view>& values() const { return values_; }

 private:
  Symbol intern(std::string_view text) {
    if (text.empty()) return 0;
    if (!symbols_.empty() && values_[symbols_.back()] == text) return symbols_.back();
    const auto known = numbers_.find(text);
    if (known != numbers_.end()) return known->second;
    const auto symbol = static_cast<Symbol>(values_.size());
    values_.push_back(texts_.emplace_back(text));
    numbers_.emplace(values_.back(), symbol);
    return symbol;
  }

  std::vector<Symbol> symbols_;
  std::deque<std::string> texts_;  ///< which do not move
  std::vector<std::string_view> values_{std::string_view()};
  std::unordered_map<std::string_view, Symbol> numbers_;
};

}  // namespace rekognition_jobs
