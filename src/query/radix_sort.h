// Sorts rows by keys that are compared eight bytes at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "store/row.h"
#include "store/row_set.h"

namespace rekognition_jobs {

/// Some of a row's key, in the order of numbers.
struct KeyPart {
  std::uint64_t bits = 0;
  bool is_last = true;  ///< rows with the same bits have the same key
};

/// Where keys come from. Parts of a key are asked for one after another, as far as rows have those before in common.
class KeySource {
 public:
  virtual ~KeySource() = default;
  [[nodiscard]] virtual KeyPart part(std::uint32_t number, std::size_t depth) = 0;
};

/// The part of a text that lies at 7 · `depth`: seven bytes, and how many there were.
[[nodiscard]] KeyPart text_part(std::string_view text, std::size_t depth);

/// The order of numbers, negative ones included; −0 is 0.
[[nodiscard]] std::uint64_t number_bits(double number);

/// Sorts `numbers` by their keys, stably; the set of places at which a new key begins. Linear in the numbers for keys
/// of a given length.
RowSet sort_by_keys(std::span<std::uint32_t> numbers, KeySource& keys);

}  // namespace rekognition_jobs
