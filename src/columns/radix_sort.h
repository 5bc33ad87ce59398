// Sorts rows by keys that are compared eight bytes at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "bitmap.h"
#include "dictionary_column.h"
#include "row.h"
#include "text_column.h"

namespace rekognition_jobs {

/// Some of a row's key, in the order of numbers.
struct KeyChunk {
  std::uint64_t bits = 0;
  bool is_last = true;  ///< rows with the same bits have the same key
};

/// Where keys come from. Parts of a key are asked for one after another, as far as rows have those before in common.
class SortKeyReader {
 public:
  virtual ~SortKeyReader() = default;
  [[nodiscard]] virtual KeyChunk part(std::uint32_t number, std::size_t depth) = 0;
};

/// Bytes of a text in a part of its key.
inline constexpr std::size_t text_chunk_size = 7;

/// The part of a text that lies at 7 · `depth`: seven bytes, and how many there were.
[[nodiscard]] KeyChunk text_chunk(std::string_view text, std::size_t depth);

/// Texts by their numbers.
class TextKeys : public SortKeyReader {
 public:
  explicit TextKeys(const std::vector<std::string_view>& texts) : texts_(texts) {}
  KeyChunk part(std::uint32_t number, std::size_t depth) override;

 private:
  const std::vector<std::string_view>& texts_;
};

/// The order of numbers, negative ones included; −0 is 0.
[[nodiscard]] std::uint64_t sortable_bits(double number);

/// Bytes that a list of so many rows allocates at most.
[[nodiscard]] constexpr std::uint64_t bytes_to_list(std::size_t rows) {
  return (1U << 14) + std::uint64_t{sizeof(Row)} * rows;
}

/// Bytes that sorting so many rows allocates at most, with their lists before and after, and their texts.
[[nodiscard]] constexpr std::uint64_t bytes_to_sort(std::size_t rows) {
  constexpr std::uint64_t bytes_of_a_row = 80;
  return (1U << 14) + bytes_of_a_row * rows;
}

/// Sorts `numbers` by their keys, stably; the set of places at which a new key begins. Linear in the numbers for keys
/// of a given length.
Bitmap sort_by_keys(std::span<std::uint32_t> numbers, SortKeyReader& keys);

/// The same by `chunk(number, depth)`.
template <class Chunk>
Bitmap sort_by(std::span<std::uint32_t> numbers, const Chunk& chunk) {
  class Keys : public SortKeyReader {
   public:
    explicit Keys(const Chunk& function) : function_(function) {}
    KeyChunk part(std::uint32_t number, std::size_t depth) override { return function_(number, depth); }

   private:
    const Chunk& function_;
  } keys(chunk);
  return sort_by_keys(numbers, keys);
}

/// Sorts rows by their values in a column. Of a dictionary each value is looked at once.
Bitmap sort_by_column(std::span<Row> rows, const DictionaryColumn& column);
Bitmap sort_by_column(std::span<Row> rows, const TextColumn& column);

}  // namespace rekognition_jobs
