// Steps through JSON of the usual layout, sixteen bytes at a time; it declines whatever is in doubt.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "../base/ascii.h"
#include "../base/decimal.h"
#include "../base/simd16.h"
#include "../base/utf8.h"

namespace rekognition_jobs {

/// A place in a text, and steps from there: what each takes is what a full JSON reader would read.
class JsonCursor {
 public:
  /// Unless it `crosses_lines`, a line feed is no white space.
  JsonCursor(std::string_view text, bool crosses_lines)
      : at_(text.data()), begin_(text.data()), end_(text.data() + text.size()), crosses_lines_(crosses_lines) {}

  /// Bytes behind.
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(at_ - begin_); }
  [[nodiscard]] bool is_at_end() const { return at_ == end_; }

 protected:
  [[nodiscard]] const char* at() const { return at_; }
  [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  [[nodiscard]] std::string_view rest() const { return {at_, left()}; }

  void skip(std::size_t bytes) { at_ += bytes; }
  void back_to(const char* at) { at_ = at; }

  void skip_space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\r' || *at_ == '\t' || (*at_ == '\n' && crosses_lines_))) ++at_;
  }

  bool take(char wanted) {
    skip_space();
    if (at_ == end_ || *at_ != wanted) return false;
    ++at_;
    return true;
  }

  /// What lies before the next quote, and passes that; nothing if there is anything but plain ASCII.
  std::optional<std::string_view> plain_string() {
    const char* const start = at_;
    skip_plain();
    if (at_ == end_ || *at_ != '"') return std::nullopt;
    return std::string_view(start, static_cast<std::size_t>(at_++ - start));
  }

  /// The rest of a text, whose first quote is behind; decoded into the string that `decoded()` gives if it has escapes.
  /// When there is none, it stands at the byte, the sequence or the escape that is wrong.
  template <class Decoded>
  std::optional<std::string_view> string(const Decoded& decoded) {
    const char* const start = at_;
    skip_plain();
    if (at_ == end_) return std::nullopt;
    if (*at_ != '"') return unusual_string(start, decoded);
    return std::string_view(start, static_cast<std::size_t>(at_++ - start));
  }

  /// After white space, unless it has a sign, an exponent or too many digits.
  std::optional<Decimal> decimal() {
    skip_space();
    const char* const start = at_;
    Decimal number;
    const auto take_digits = [&] {
      const char* const first = at_;
      for (; at_ != end_ && ascii::is_digit(*at_); ++at_) {
        number.digits = number.digits * 10 + static_cast<std::uint64_t>(*at_ - '0');
      }
      return static_cast<std::size_t>(at_ - first);
    };
    const std::size_t whole = take_digits();
    if (whole == 0 || (whole > 1 && *start == '0')) return std::nullopt;
    if (at_ != end_ && *at_ == '.') {
      ++at_;
      number.fraction = take_digits();
      if (number.fraction == 0) return std::nullopt;
    }
    if (at_ == end_ || *at_ == 'e' || *at_ == 'E' || whole + number.fraction > Decimal::most_digits)
      return std::nullopt;
    number.text = {start, static_cast<std::size_t>(at_ - start)};
    return number;
  }

  /// A string_view of the text, made for each try, would cost a third of an import's time.
  bool take_text(const std::string& text) {
    if (left() < text.size() || !equal_bytes(at_, text.data(), text.size())) return false;
    at_ += text.size();
    return true;
  }

 private:
  /// Bit i tells whether byte i is a quote, a backslash, a control character, or not ASCII. As signed bytes the latter
  /// two are what is less than a space.
  static std::uint32_t special_bits(const char* at) {
    const Bytes16 bytes = load16(at);
    const auto is_outside = reinterpret_cast<SignedBytes16>(bytes) < ' ';
    return true_bits(is_outside | (bytes == '"') | (bytes == '\\'));
  }

  static bool is_special(char c) { return static_cast<signed char>(c) < ' ' || c == '"' || c == '\\'; }

  void skip_plain() {
    while (left() >= bytes16_size) {
      const std::uint32_t special = special_bits(at_);
      if (special != 0) {
        at_ += std::countr_zero(special);
        return;
      }
      at_ += bytes16_size;
    }
    while (at_ != end_ && !is_special(*at_)) ++at_;
  }

  /// Of a text that is not plain ASCII, what follows the plain beginning.
  template <class Decoded>
  std::optional<std::string_view> unusual_string(const char* start, const Decoded& decoded) {
    std::string* text = nullptr;
    for (; at_ != end_ && *at_ != '"'; skip_plain()) {
      if (*at_ != '\\') {
        const std::size_t size = utf8_sequence_size({at_, left()});
        const bool is_control = size == 1;
        if (size == 0 || is_control) return std::nullopt;
        at_ += size;
        continue;
      }
      if (text == nullptr) {
        text = &decoded();
        text->clear();
      }
      text->append(start, at_);
      if (!escape(*text)) return std::nullopt;
      start = at_;
    }
    if (at_ == end_) return std::nullopt;
    const std::string_view rest(start, static_cast<std::size_t>(at_++ - start));
    return text == nullptr ? rest : std::string_view(text->append(rest));
  }

  bool escape(std::string& out) {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view characters = "\"\\/\b\f\n\r\t";
    if (left() < 2) return false;
    const std::size_t known = letters.find(at_[1]);
    if (known != std::string_view::npos) {
      out += characters[known];
      at_ += 2;
      return true;
    }
    const char* const start = at_;
    const auto unit = escaped_unit();
    if (!unit) return false;
    if (*unit < 0xD800 || *unit > 0xDFFF) {
      append_utf8(out, *unit);
      return true;
    }
    const auto low = *unit < 0xDC00 ? escaped_unit() : std::nullopt;
    if (!low || *low < 0xDC00 || *low > 0xDFFF) {
      at_ = start;
      return false;
    }
    append_utf8(out, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
    return true;
  }

  /// A UTF-16 code unit, `\uXXXX`.
  std::optional<std::uint32_t> escaped_unit() {
    constexpr std::size_t size = 6;
    if (left() < size || at_[0] != '\\' || at_[1] != 'u') return std::nullopt;
    std::uint32_t unit = 0;
    for (std::size_t i = 2; i < size; ++i) {
      const char digit = ascii::to_lower(at_[i]);
      if (ascii::is_digit(digit)) {
        unit = unit * 16 + static_cast<std::uint32_t>(digit - '0');
      } else if (digit >= 'a' && digit <= 'f') {
        unit = unit * 16 + static_cast<std::uint32_t>(digit - 'a' + 10);
      } else {
        return std::nullopt;
      }
    }
    at_ += size;
    return unit;
  }

  const char* at_;
  const char* begin_;
  const char* end_;
  bool crosses_lines_;
};

}  // namespace rekognition_jobs
