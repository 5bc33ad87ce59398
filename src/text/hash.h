// A hash of short texts for tables in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace rekognition_jobs {

/// Stirs one more word into a hash: a multiplication spreads it upwards, a shift brings that down again.
[[nodiscard]] constexpr std::uint64_t stir(std::uint64_t hash, std::uint64_t word) {
  constexpr std::uint64_t odd = 0x9E37'79B9'7F4A'7C15;  // 2^64 divided by the golden ratio
  hash = (hash ^ word) * odd;
  return hash ^ (hash >> 32);
}

/// Linear in the text, sixteen bytes at a time, in two lanes that do not wait for each other.
[[nodiscard]] inline std::uint64_t hash_of(std::string_view text) {
  constexpr std::size_t word_size = sizeof(std::uint64_t);
  const auto word_at = [&](std::size_t at) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, word_size);
    return word;
  };
  const std::size_t size = text.size();
  if (size < word_size) {
    std::uint64_t word = 0;
    for (const char c : text) word = (word << 8) | static_cast<unsigned char>(c);
    return stir(size, word);
  }
  std::uint64_t even = size;
  std::uint64_t odd = 0;
  std::size_t at = 0;
  for (; at + 2 * word_size <= size; at += 2 * word_size) {
    even = stir(even, word_at(at));
    odd = stir(odd, word_at(at + word_size));
  }
  if (at + word_size <= size) even = stir(even, word_at(at));
  return stir(stir(even, odd), word_at(size - word_size));
}

}  // namespace rekognition_jobs
