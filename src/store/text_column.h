// Two ways to hold a column of text: packed end to end, or interned where values repeat.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/row.h"

namespace rekognition_jobs {

/// Text of each row, end to end. Views last until the next push().
class PackedColumn {
 public:
  void push(std::string_view text) {
    characters_.append(text);
    ends_.push_back(characters_.size());
  }

  [[nodiscard]] std::string_view operator[](Row row) const {
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
    return std::string_view(characters_).substr(begin, ends_[row] - begin);
  }

 private:
  std::string characters_;
  std::vector<std::size_t> ends_;
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
