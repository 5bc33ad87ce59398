// A keyed hash of texts for tables in memory: whoever writes the texts cannot make them collide.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rekognition_jobs {

/// Multilinear hashing (D. Lemire and O. Kaser, "Strongly universal string hashing is fast"): two texts of up to 128
/// bytes collide for one key of 2^32, whatever they are, and the bits of a hash are as good as random to whoever does
/// not know the key. Of a longer text, what is known of one stretch of 128 bytes is stirred into the next.
class TextHash {
 public:
  /// `seed` is to be unpredictable to whoever writes the texts.
  explicit TextHash(std::uint64_t seed);

  /// Linear in the text, eight bytes at a time, none of which waits for the one before.
  [[nodiscard]] std::uint32_t operator()(std::string_view text) const;

  template <std::size_t count>
  [[nodiscard]] std::uint32_t operator()(const std::array<std::uint64_t, count>& words) const {
    static_assert(count <= stretch_words);
    std::uint64_t sum = start(count);
    for (std::size_t i = 0; i < count; ++i) sum += term(i, words[i]);
    return upper_half(sum);
  }

 private:
  static constexpr std::uint64_t golden_ratio = 0x9E37'79B9'7F4A'7C15;  // 2^64 divided by it
  static constexpr std::size_t word_size = sizeof(std::uint64_t);
  static constexpr std::size_t stretch_words = 16;

  static std::uint32_t upper_half(std::uint64_t sum) { return static_cast<std::uint32_t>(sum >> 32); }

  [[nodiscard]] std::uint64_t start(std::size_t size) const { return keys_[0] + keys_[1] * size; }

  [[nodiscard]] std::uint64_t term(std::size_t i, std::uint64_t word) const {
    return (keys_[2 * i + 2] + static_cast<std::uint32_t>(word)) * (keys_[2 * i + 3] + (word >> 32));
  }

  std::array<std::uint64_t, 2 * stretch_words + 2> keys_{};
};

}  // namespace rekognition_jobs
