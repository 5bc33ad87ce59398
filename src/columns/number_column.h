// A column of numbers that repeat, interned by their bits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "../base/hash.h"
#include "dictionary_column.h"
#include "hash_index.h"

namespace rekognition_jobs {

/// Numbers by row; −0 and 0 are two of them. Symbol 0 is for rows without one.
class NumberColumn {
 public:
  void set(Row row, double number, const TextHash& hash) { symbols_.set(row, intern(number, hash)); }

  [[nodiscard]] double operator[](Row row) const { return values_[symbols_[row]]; }
  [[nodiscard]] const IndexColumn& symbols() const { return symbols_; }

  /// The distinct numbers, by Symbol; the first means nothing.
  [[nodiscard]] const std::vector<double>& values() const { return values_; }

  [[nodiscard]] IndexColumn& symbols() { return symbols_; }

  /// Gives the next Symbol to a number; false, and nothing is added, if it has one.
  [[nodiscard]] bool add_value(double number, const TextHash& hash) {
    const std::size_t next = values_.size();
    return intern(number, hash) == next;
  }

  /// As DictionaryColumn's.
  [[nodiscard]] std::uint64_t growth(std::size_t rows) const;

 private:
  static std::uint64_t bits_of(double number) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    return bits;
  }

  Symbol intern(double number, const TextHash& hash) {
    const std::uint64_t bits = bits_of(number);
    const auto is_number = [&](Symbol symbol) { return bits_of(values_[symbol]) == bits; };
    const auto symbol = static_cast<Symbol>(values_.size());
    const auto known = numbers_.find_or_insert(hash(std::array{bits}), symbol, is_number);
    if (!known) values_.push_back(number);
    return known.value_or(symbol);
  }

  IndexColumn symbols_;
  std::vector<double> values_{0};
  HashIndex numbers_;
};

}  // namespace rekognition_jobs
