// Handles sixteen bytes at once, by the compiler's vector types, which become WebAssembly SIMD, SSE or NEON.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace rekognition_jobs {

using Bytes16 = std::uint8_t __attribute__((vector_size(16)));
using SignedBytes16 = std::int8_t __attribute__((vector_size(16)));

inline constexpr std::size_t bytes16_size = sizeof(Bytes16);

/// The 16 bytes from `at` on, which need not be aligned.
[[nodiscard]] inline Bytes16 load16(const void* at) {
  Bytes16 bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

[[nodiscard]] inline Bytes16 splat16(std::uint8_t byte) { return Bytes16{} + byte; }

/// Bit i is the highest bit of byte i.
[[nodiscard]] inline std::uint32_t high_bits(Bytes16 bytes) {
#if defined(__wasm_simd128__)
  return static_cast<std::uint32_t>(wasm_i8x16_bitmask(reinterpret_cast<v128_t>(bytes)));
#elif defined(__SSE2__)
  return static_cast<std::uint32_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(bytes)));
#else
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < bytes16_size; ++i) bits |= static_cast<std::uint32_t>(bytes[i] >> 7) << i;
  return bits;
#endif
}

/// Bit i tells whether byte i of the result of a comparison is true.
template <class Comparison>
[[nodiscard]] inline std::uint32_t true_bits(Comparison comparison) {
  return high_bits(reinterpret_cast<Bytes16>(comparison));
}

/// Whether two texts of the same size are equal; for short ones, without a call.
[[nodiscard]] inline bool equal_bytes(const char* a, const char* b, std::size_t size) {
  const auto differ = [&](std::size_t at) { return true_bits(load16(a + at) != load16(b + at)) != 0; };
  if (size < bytes16_size) {
    constexpr std::size_t half = bytes16_size / 2;
    const auto word_at = [](const char* at) {
      std::uint64_t word;
      std::memcpy(&word, at, half);
      return word;
    };
    if (size >= half) return word_at(a) == word_at(b) && word_at(a + size - half) == word_at(b + size - half);
    for (std::size_t i = 0; i < size; ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }
  for (std::size_t at = 0; at + bytes16_size <= size; at += bytes16_size) {
    if (differ(at)) return false;
  }
  return !differ(size - bytes16_size);
}

/// Copies a text, which mostly is a short one, without a call. The two must not overlap.
inline void copy_bytes(char* to, const char* from, std::size_t size) {
  const auto copy = [&]<class Part>(std::size_t at, Part part) {
    std::memcpy(&part, from + at, sizeof part);
    std::memcpy(to + at, &part, sizeof part);
  };
  if (size >= bytes16_size) {
    for (std::size_t at = 0; at + bytes16_size <= size; at += bytes16_size) copy(at, Bytes16{});
    copy(size - bytes16_size, Bytes16{});
  } else if (size >= sizeof(std::uint64_t)) {
    copy(0, std::uint64_t{});
    copy(size - sizeof(std::uint64_t), std::uint64_t{});
  } else {
    for (std::size_t at = 0; at < size; ++at) to[at] = from[at];
  }
}

}  // namespace rekognition_jobs
