// A column of text whose values repeat: one number per row, and each distinct text once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "column.h"
#include "dictionary.h"

namespace rekognition_jobs {

/// A symbol a row, in as few bytes as the largest one needs.
class IndexColumn {
  static constexpr Symbol largest_byte = std::numeric_limits<std::uint8_t>::max();
  static constexpr Symbol largest_half = std::numeric_limits<std::uint16_t>::max();

  template <class Self, class Function>
  static auto visit_in(Self& self, const Function& function) {
    if (self.largest_ == largest_byte) return function(self.bytes_);
    if (self.largest_ == largest_half) return function(self.halves_);
    return function(self.words_);
  }

 public:
  /// Gives `function` the column of whichever width is in use.
  template <class Function>
  auto visit(const Function& function) const {
    return visit_in(*this, function);
  }

  void set(Row row, Symbol symbol) {
    if (symbol > largest_) widen(symbol);
    visit_in(*this, [&]<class T>(Column<T>& column) { column.set(row, static_cast<T>(symbol)); });
  }

  [[nodiscard]] Symbol operator[](Row row) const {
    return visit([row]<class T>(const Column<T>& column) { return Symbol{column[row]}; });
  }

  /// Rows up to the last one that was set.
  [[nodiscard]] std::size_t size() const {
    return visit([]<class T>(const Column<T>& column) { return column.size(); });
  }

  /// Bytes of a symbol: 1, 2 or 4.
  [[nodiscard]] std::size_t width() const {
    return visit([]<class T>(const Column<T>& /*column*/) { return sizeof(T); });
  }

  /// Makes the column as wide as a symbol of so many bytes needs. Linear in the rows if it was not.
  void widen_to(std::size_t width) {
    if (width > this->width()) widen(width == sizeof(std::uint16_t) ? largest_half : largest_half + Symbol{1});
  }

  /// As Column::chunk(), of symbols of width() bytes.
  [[nodiscard]] const char* chunk(std::size_t index) const {
    return visit([index](const auto& column) { return reinterpret_cast<const char*>(column.chunk(index)); });
  }

  /// As Column::append_chunk(), of symbols of width() bytes.
  void append_chunk(const char* bytes, std::size_t count) {
    visit_in(*this, [&](auto& column) { column.append_chunk(bytes, count); });
  }

  /// Bytes that the next symbols allocate at most, when so many were given out: a wider column of so many rows.
  [[nodiscard]] std::uint64_t growth(std::size_t symbols, std::size_t rows) const {
    return symbols + puts_at_once > largest_ ? std::uint64_t{sizeof(Symbol)} * rows : 0;
  }

 private:
  template <class From, class To>
  void move(Column<From>& from, Column<To>& to) {
    for (std::size_t row = 0; row < from.size(); ++row) to.push(from[static_cast<Row>(row)]);
    from = {};
    largest_ = std::numeric_limits<To>::max();
  }

  void widen(Symbol symbol) {
    if (largest_ == largest_byte) move(bytes_, halves_);
    if (symbol > largest_) move(halves_, words_);
  }

  Symbol largest_ = largest_byte;
  Column<std::uint8_t> bytes_;
  Column<std::uint16_t> halves_;
  Column<std::uint32_t> words_;
};

class DictionaryColumn {
 public:
  void set(Row row, std::string_view text, const TextHash& hash) { symbols_.set(row, table_.intern(text, hash)); }

  [[nodiscard]] std::string_view operator[](Row row) const { return table_.values()[symbols_[row]]; }
  [[nodiscard]] const IndexColumn& symbols() const { return symbols_; }
  [[nodiscard]] IndexColumn& symbols() { return symbols_; }

  /// The distinct values, by Symbol.
  [[nodiscard]] const std::vector<std::string_view>& values() const { return table_.values(); }
  [[nodiscard]] Dictionary& table() { return table_; }

  /// Bytes that setting puts_at_once rows more allocates at most, beside twice their texts and a chunk of symbols.
  [[nodiscard]] std::uint64_t growth(std::size_t rows) const;

 private:
  IndexColumn symbols_;
  Dictionary table_;
};

}  // namespace rekognition_jobs
