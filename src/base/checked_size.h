// Sums and products of sizes that never wrap, also where a size has 32 bits.
#pragma once

#include <cstddef>
#include <limits>

namespace rekognition_jobs {

/// In place of a size that is too large to be told: no memory has so many bytes.
inline constexpr std::size_t largest_size = std::numeric_limits<std::size_t>::max();

/// a + b, or largest_size.
[[nodiscard]] constexpr std::size_t checked_sum(std::size_t a, std::size_t b) {
  return a > largest_size - b ? largest_size : a + b;
}

/// a · b, or largest_size.
[[nodiscard]] constexpr std::size_t checked_product(std::size_t a, std::size_t b) {
  return b != 0 && a > largest_size / b ? largest_size : a * b;
}

}  // namespace rekognition_jobs
