// A column of numbers that repeat, interned by their bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "store/hash_index.h"
#include "store/interned_column.h"
#include "text/hash.h"

namespace rekognition_jobs {

/// Numbers by row; −0 and 0 are two of them. Symbol 0 is for rows without one.
class NumberColumn {
 public:
  void set(Row row, double number) { symbols_.set(row, intern(number)); }

  [[nodiscard]] double operator[](Row row) const { return values_[symbols_[row]]; }
  [[nodiscard]] const SymbolColumn& symbols() const { return symbols_; }

  /// The distinct numbers, by Symbol; the first means nothing.
  [[nodiscard]] const std::vector<double>& values() const { return values_; }

 private:
  static std::uint64_t bits_of(double number) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    return bits;
  }

  Symbol intern(double number) {
    const std::uint64_t bits = bits_of(number);
    const auto is_number = [&](Symbol symbol) { return bits_of(values_[symbol]) == bits; };
    const auto symbol = static_cast<Symbol>(values_.size());
    const auto known = numbers_.find_or_insert(stir(0, bits), symbol, is_number);
    if (!known) values_.push_back(number);
    return known.value_or(symbol);
  }

  SymbolColumn symbols_;
  std::vector<double> values_{0};
  HashIndex numbers_;
};

}  // namespace rekognition_jobs
