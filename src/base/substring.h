// Finds a text in another without regard to ASCII case, at sixteen or sixty-four positions at a time.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ascii.h"
#include "borders.h"
#include "simd16.h"

namespace rekognition_jobs {

/// What is looked for, made ready for many texts.
class Substring {
 public:
  explicit Substring(std::string_view text = {})
      : lower_(ascii::to_lower(text)),
        first_(lower_.empty() ? '\0' : lower_.front()),
        last_(lower_.empty() ? '\0' : lower_.back()) {
    for (std::size_t i = 0; i < std::min(lower_.size(), bytes16_size); ++i) {
      start_[i] = static_cast<std::uint8_t>(lower_[i]);
      case_bits_[i] = case_bit_of(lower_[i]);
      start_bits_ |= std::uint32_t{1} << i;
    }
  }

  [[nodiscard]] const std::string& lower() const { return lower_; }
  [[nodiscard]] std::size_t size() const { return lower_.size(); }

  /// Where it first lies in `text`; `text.size()` or more if nowhere. Reads no byte outside of `text`. Linear in the
  /// text up to there.
  [[nodiscard]] std::size_t find(std::string_view text) const {
    if (lower_.size() > text.size()) return text.size() + 1;
    if (lower_.empty()) return 0;
    const std::size_t end = text.size() - lower_.size() + 1;
    std::size_t at = 0;
    std::size_t compared = 0;
    for (; at + bytes16_size <= end; at += bytes16_size) {
      for (std::uint32_t starts = starts_at(text.data() + at); starts != 0; starts &= starts - 1) {
        const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(starts));
        if (is_at(text, place, compared)) return place;
      }
      if (is_too_much(compared, at)) return find_by_borders(text, at + bytes16_size);
    }
    for (; at < end; ++at) {
      if (is_at(text, at, compared)) return at;
    }
    return text.size() + 1;
  }

  /// Calls `function(place)` for each place in `text` where it lies, in their order. It must not be empty. Made for
  /// long texts. Linear in the text.
  template <class Function>
  void for_each_match(std::string_view text, const Function& function) const {
    if (lower_.size() > text.size()) return;
    const std::size_t end = text.size() - lower_.size() + 1;
    std::size_t at = next_block(text.data(), 0, end);
    std::size_t compared = 0;
    for (; at + block_size <= end; at = next_block(text.data(), at + block_size, end)) {
      std::uint64_t starts = 0;
      for (std::size_t part = 0; part < block_size; part += bytes16_size) {
        starts |= std::uint64_t{starts_at(text.data() + at + part)} << part;
      }
      for (; starts != 0; starts &= starts - 1) {
        const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(starts));
        if (is_at(text, place, compared)) function(place);
      }
      if (is_too_much(compared, at)) return for_each_by_borders(text, at + block_size, function);
    }
    for (; at < end; ++at) {
      if (is_at(text, at, compared)) function(at);
    }
  }

  [[nodiscard]] bool is_in(std::string_view text) const { return find(text) <= text.size(); }

 private:
  static std::uint8_t case_bit_of(char lower) { return ascii::is_letter(lower) ? 0x20 : 0; }

  /// A byte as it or its upper case may stand in sixteen places.
  struct Probe {
    explicit Probe(char lower)
        : wanted(splat16(static_cast<std::uint8_t>(lower))), case_bit(splat16(case_bit_of(lower))) {}
    [[nodiscard]] auto at(const char* place) const { return (load16(place) | case_bit) == wanted; }

    Bytes16 wanted;
    Bytes16 case_bit;
  };

  static constexpr std::size_t block_size = 4 * bytes16_size;

  /// Where the first block from `at` on begins in which there may be a match; if none, where less than a block is left.
  [[nodiscard]] std::size_t next_block(const char* text, std::size_t at, std::size_t end) const {
    const Probe first = first_;
    const Probe last = last_;
    for (const std::size_t gap = lower_.size() - 1; at + block_size <= end; at += block_size) {
      const auto starts = [&](std::size_t part) {
        return first.at(text + at + part * bytes16_size) & last.at(text + at + gap + part * bytes16_size);
      };
      if (true_bits(starts(0) | starts(1) | starts(2) | starts(3)) != 0) break;
    }
    return at;
  }

  /// Bit i tells whether its first and its last byte are where they must be if it lies at byte i.
  [[nodiscard]] std::uint32_t starts_at(const char* place) const {
    return true_bits(first_.at(place) & last_.at(place + lower_.size() - 1));
  }

  /// Adds to `compared` the bytes that were compared one by one.
  [[nodiscard]] bool is_at(std::string_view text, std::size_t place, std::size_t& compared) const {
    const char* const at = text.data() + place;
    std::size_t first = 0;
    if (place + bytes16_size <= text.size()) {
      if ((start_bits_ & ~true_bits((load16(at) | case_bits_) == start_)) != 0) return false;
      if (lower_.size() <= bytes16_size) return true;
      first = bytes16_size;
    }
    std::size_t i = first;
    while (i < lower_.size() && ascii::to_lower(at[i]) == lower_[i]) ++i;
    compared += i - std::min(i, first);
    return i >= lower_.size();
  }

  /// Whether so much was compared up to `place` that many starts must have been false, or many places overlap.
  [[nodiscard]] bool is_too_much(std::size_t compared, std::size_t place) const {
    return compared > 4 * (place + lower_.size());
  }

  [[nodiscard]] std::size_t find_by_borders(std::string_view text, std::size_t from) const {
    const Borders borders(lower_);
    std::size_t matched = 0;
    for (; from < text.size(); ++from) {
      matched = borders.step(matched, text[from]);
      if (matched == lower_.size()) return from + 1 - matched;
    }
    return text.size() + 1;
  }

  template <class Function>
  void for_each_by_borders(std::string_view text, std::size_t from, const Function& function) const {
    const Borders borders(lower_);
    std::size_t matched = 0;
    for (; from < text.size(); ++from) {
      matched = borders.step(matched, text[from]);
      if (matched == lower_.size()) function(from + 1 - matched);
    }
  }

  std::string lower_;
  Probe first_;
  Probe last_;
  Bytes16 start_{};  ///< of `lower_`, as much as it holds
  Bytes16 case_bits_{};
  std::uint32_t start_bits_ = 0;  ///< bit i tells whether byte i of `start_` means anything
};

}  // namespace rekognition_jobs
