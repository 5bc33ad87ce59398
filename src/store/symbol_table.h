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
    const std::uint64_t hash = hash_of(text);
    const auto known = numbers_.find(hash, is_text);
    if (known) return last_ = *known;
    last_ = static_cast<Symbol>(values_.size());
    values_.push_back(texts_.add(text));
    numbers_.insert(hash, last_);
    return last_;
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
