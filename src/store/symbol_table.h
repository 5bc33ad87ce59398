// Numbers for texts that repeat, and the text of each number once.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "store/hash_index.h"
#include "store/text_arena.h"
#include "text/bytes16.h"
#include "text/hash.h"

namespace rekognition_jobs {

/// The number of a distinct value. 0 is the empty one, which a row that lacks the member has.
using Symbol = std::uint32_t;

class SymbolTable {
 public:
  Symbol intern(std::string_view text) {
    const auto is_text = [&](Symbol symbol) {
      const std::string_view value = values_[symbol];
      return value.size() == text.size() && equal_bytes(value.data(), text.data(), text.size());
    };
    if (text.empty() || is_text(last_)) return text.empty() ? 0 : last_;
    const auto symbol = static_cast<Symbol>(values_.size());
    const auto known = numbers_.find_or_insert(hash_of(text), symbol, is_text);
    if (!known) values_.push_back(texts_.add(text));
    return last_ = known.value_or(symbol);
  }

  /// The distinct values, by Symbol.
  [[nodiscard]] const std::vector<std::string_view>& values() const { return values_; }

 private:
  TextArena texts_;
  std::vector<std::string_view> values_{std::string_view()};
  HashIndex numbers_;
  Symbol last_ = 0;
};

}  // namespace rekognition_jobs
