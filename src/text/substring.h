// Finds a text within another without regard to ASCII case, sixteen places at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "text/ascii.h"
#include "text/bytes16.h"

namespace rekognition_jobs {

/// What is looked for, made ready for many texts.
class Substring {
 public:
  explicit Substring(std::string_view text)
      : lower_(ascii::to_lower(text)),
        first_(lower_.empty() ? '\0' : lower_.front()),
        last_(lower_.empty() ? '\0' : lower_.back()) {}

  [[nodiscard]] const std::string& lower() const { return lower_; }
  [[nodiscard]] std::size_t size() const { return lower_.size(); }

  /// Where it first lies in `text` from `from` on; `text.size()` or more if nowhere. Reads no byte outside of `text`.
  /// Linear in the text, but for false starts, which take a common first and last byte at the right distance.
  [[nodiscard]] std::size_t find(std::string_view text, std::size_t from = 0) const {
    if (lower_.size() > text.size()) return text.size() + 1;
    if (lower_.empty()) return from;
    const std::size_t end = text.size() - lower_.size() + 1;
    const std::size_t gap = lower_.size() - 1;
    std::size_t at = from;
    for (; at + bytes16_size <= end; at += bytes16_size) {
      std::uint32_t starts = first_.at(text.data() + at) & last_.at(text.data() + at + gap);
      for (; starts != 0; starts &= starts - 1) {
        const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(starts));
        if (is_at(text.data() + place)) return place;
      }
    }
    for (; at < end; ++at) {
      if (is_at(text.data() + at)) return at;
    }
    return text.size() + 1;
  }

  [[nodiscard]] bool is_in(std::string_view text) const { return find(text) <= text.size(); }

 private:
  /// A byte as it or its upper case may stand in sixteen places.
  struct Probe {
    explicit Probe(char lower)
        : wanted(splat16(static_cast<std::uint8_t>(lower))), case_bit(splat16(ascii::is_letter(lower) ? 0x20 : 0)) {}
    [[nodiscard]] std::uint32_t at(const char* place) const { return true_bits((load16(place) | case_bit) == wanted); }

    Bytes16 wanted;
    Bytes16 case_bit;
  };

  [[nodiscard]] bool is_at(const char* place) const {
    for (std::size_t i = 0; i < lower_.size(); ++i) {
      if (ascii::to_lower(place[i]) != lower_[i]) return false;
    }
    return true;
  }

  std::string lower_;
  Probe first_;
  Probe last_;
};

}  // namespace rekognition_jobs
