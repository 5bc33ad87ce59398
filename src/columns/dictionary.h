// Numbers the distinct texts of a column, and stores each text once.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "../base/hash.h"
#include "../base/simd16.h"
#include "../base/string_arena.h"
#include "hash_index.h"

namespace rekognition_jobs {

/// The number of a distinct value. 0 is the empty one, which a row that lacks the member has.
using Symbol = std::uint32_t;

class Dictionary {
 public:
  /// Expected constant time, plus the text. `hash` is the same in every call.
  Symbol intern(std::string_view text, const TextHash& hash) {
    const auto is_text = [&](Symbol symbol) {
      const std::string_view value = values_[symbol];
      return value.size() == text.size() && equal_bytes(value.data(), text.data(), text.size());
    };
    if (text.empty() || is_text(last_)) return text.empty() ? 0 : last_;
    const auto symbol = static_cast<Symbol>(values_.size());
    const auto known = numbers_.find_or_insert(hash(text), symbol, is_text);
    if (!known) values_.push_back(texts_.add(text));
    return last_ = known.value_or(symbol);
  }

  /// Gives the next number to a text; false, and nothing is added, if it is empty or has one.
  [[nodiscard]] bool add(std::string_view text, const TextHash& hash) {
    const std::size_t next = values_.size();
    return intern(text, hash) == next;
  }

  /// The distinct values, by Symbol.
  [[nodiscard]] const std::vector<std::string_view>& values() const { return values_; }

  /// Bytes that so many more allocate at most, beside twice their texts.
  [[nodiscard]] std::uint64_t growth(std::size_t count = puts_at_once) const;

 private:
  StringArena texts_;
  std::vector<std::string_view> values_{std::string_view()};
  HashIndex numbers_;
  Symbol last_ = 0;
};

}  // namespace rekognition_jobs
