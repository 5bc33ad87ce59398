// Reads and writes single UTF-8 sequences (RFC 3629).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "simd16.h"

namespace rekognition_jobs {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The bytes of the character at the front of `text`; 0 if there is none that is whole and valid.
[[nodiscard]] constexpr std::size_t utf8_sequence_size(std::string_view text) {
  const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80; };
  const unsigned first = byte(0);
  if (text.empty() || first < 0x80) return text.empty() ? 0 : 1;
  if (first < 0xC2 || first > 0xF4 || !continues(1)) return 0;
  if (first < 0xE0) return 2;
  if (!continues(2)) return 0;
  const unsigned second = byte(1);
  if (first < 0xF0) {
    const bool is_overlong = first == 0xE0 && second < 0xA0;
    const bool is_surrogate = first == 0xED && second >= 0xA0;
    return is_overlong || is_surrogate ? 0 : 3;
  }
  if (!continues(3)) return 0;
  const bool is_overlong = first == 0xF0 && second < 0x90;
  const bool is_too_large = first == 0xF4 && second >= 0x90;
  return is_overlong || is_too_large ? 0 : 4;
}

/// Whether all of `text` is valid. ASCII goes 16 bytes at a time.
[[nodiscard]] inline bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    if (text.size() >= bytes16_size && high_bits(load16(text.data())) == 0) {
      text.remove_prefix(bytes16_size);
      continue;
    }
    const std::size_t size = utf8_sequence_size(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

/// Whether a byte is one of those that follow a character's first.
[[nodiscard]] constexpr bool continues_utf8(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80; }

/// Appends a character, which must not be a surrogate.
inline void append_utf8(std::string& out, std::uint32_t character) {
  const auto append = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  const auto continuation = [&](int shift) { append(0x80 | ((character >> shift) & 0x3F)); };
  if (character < 0x80) return append(character);
  if (character < 0x800) {
    append(0xC0 | (character >> 6));
  } else if (character < 0x10000) {
    append(0xE0 | (character >> 12));
    continuation(6);
  } else {
    append(0xF0 | (character >> 18));
    continuation(12);
    continuation(6);
  }
  continuation(0);
}

}  // namespace rekognition_jobs
