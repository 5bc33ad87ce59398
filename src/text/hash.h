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

/// Linear in the text, eight bytes at a time.
[[nodiscard]] inline std::uint64_t hash_of(std::string_view text) {
  const auto word_at = [&](std::size_t at, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, size);
    return word;
  };
  constexpr std::size_t step = sizeof(std::uint64_t);
  std::uint64_t hash = text.size();
  std::size_t at = 0;
  for (; at + step <= text.size(); at += step) hash = stir(hash, word_at(at, step));
  if (at == text.size()) return hash;
  return text.size() >= step ? stir(hash, word_at(text.size() - step, step))
                             : stir(hash, word_at(at, text.size() - at));
}

}  // namespace rekognition_jobs
