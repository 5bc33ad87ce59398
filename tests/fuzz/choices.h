// The bytes that libFuzzer gives, taken as one choice after another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace rekognition_jobs::fuzz {

/// Choices from bytes, 0 once they are used up; or from a seed, without an end.
class Choices {
 public:
  explicit Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  explicit Choices(std::uint64_t seed) : state_(seed), is_endless_(true) {}

  [[nodiscard]] bool at_end() const { return !is_endless_ && bytes_.empty(); }

  /// Bytes that are not used up; 0 of an endless source.
  [[nodiscard]] std::size_t left() const { return bytes_.size(); }

  /// One of `count`, from 0; `count` is 1 to 65,536.
  std::size_t among(std::size_t count) {
    std::size_t number = byte();
    if (count > 256) number = number << 8 | byte();
    return number % count;
  }

  /// True in one of `times` cases.
  bool once_in(std::size_t times) { return among(times) == times - 1; }

 private:
  std::uint8_t byte() {
    if (is_endless_) {  // Sebastiano Vigna, splitmix64
      std::uint64_t mixed = state_ += 0x9E37'79B9'7F4A'7C15;
      mixed = (mixed ^ (mixed >> 30)) * 0xBF58'476D'1CE4'E5B9;
      mixed = (mixed ^ (mixed >> 27)) * 0x94D0'49BB'1331'11EB;
      return static_cast<std::uint8_t>(mixed ^ (mixed >> 31));
    }
    if (bytes_.empty()) return 0;
    const std::uint8_t first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }

  std::span<const std::uint8_t> bytes_{};
  std::uint64_t state_ = 0;
  bool is_endless_ = false;
};

}  // namespace rekognition_jobs::fuzz
