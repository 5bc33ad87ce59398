// Parses JSON by the grammar of RFC 8259, without recursion. It is our own, since an error needs its byte and its kind:
// whether more bytes could complete it, and whether the structure around it is intact.
#include "sax.h"

#include <bitset>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "cursor.h"

namespace rekognition_jobs {
namespace {

bool is_hex_digit(char c) {
  const char lower = ascii::to_lower(c);
  return ascii::is_digit(c) || (lower >= 'a' && lower <= 'f');
}

/// Whether `rest` starts with a UTF-8 sequence that is valid as far as it goes.
bool is_cut_sequence(std::string_view rest) {
  constexpr std::size_t longest = 4;
  if (rest.size() >= longest) return false;
  for (const char* const continuation : {"\x80\x80\x80", "\x90\x80\x80", "\xA0\x80\x80"}) {
    if (utf8_sequence_size(std::string(rest).append(continuation)) > rest.size()) return true;
  }
  return false;
}

class Parser : private JsonCursor {
 public:
  Parser(const JsonText& text, JsonHandler& handler)
      : JsonCursor(text.text, /*crosses_lines=*/true), text_(text), depth_(text.depth), handler_(handler) {}

  JsonReading read() {
    if (read_text()) result_.end = JsonReading::End::complete;
    result_.size = size();
    return std::move(result_);
  }

 private:
  using End = JsonReading::End;

  bool read_text() {
    if (!text_.continues_object && rest().substr(0, byte_order_mark.size()) == byte_order_mark) {
      skip(byte_order_mark.size());
    }
    const bool has_begun = text_.continues_object ? open(true) : value("a value");
    if (!has_begun) return false;
    while (levels_ > 0) {
      const bool goes_on = is_object_[levels_ - 1] ? member() : element();
      if (!goes_on) return false;
    }
    if (!text_.is_alone) return true;
    skip_space();
    return is_at_end() || unexpected("the end");
  }

  bool member() {
    const bool is_first = std::exchange(is_first_, false);
    if (take('}')) return close(handler_.on_object_end());
    if (!is_first && !take(',')) return unexpected("',' or '}'");
    if (!take('"')) return unexpected(is_first ? "a name or '}'" : "a name");
    if (!text()) return false;
    if (!handler_.on_name(value_)) return stop();
    return take(':') ? value("a value") : unexpected("':'");
  }

  bool element() {
    const bool is_first = std::exchange(is_first_, false);
    if (take(']')) return close(handler_.on_array_end());
    if (!is_first && !take(',')) return unexpected("',' or ']'");
    return value(is_first ? "a value or ']'" : "a value");
  }

  bool value(std::string_view wanted) {
    skip_space();
    if (is_at_end()) return unexpected(wanted);
    switch (*at()) {
      case '{': return open(true);
      case '[': return open(false);
      case '"': return take('"') && text() && (handler_.on_string(value_) || stop());
      case 't': return word("true", wanted) && (handler_.on_boolean() || stop());
      case 'f': return word("false", wanted) && (handler_.on_boolean() || stop());
      case 'n': return word("null", wanted) && (handler_.on_null() || stop());
      default: return number(wanted);
    }
  }

  bool open(bool is_object) {
    if (depth_ + levels_ == max_nesting) return fail(End::unreadable, size(), "nested deeper than 64 levels");
    is_object_[levels_++] = is_object;
    is_first_ = true;
    const bool is_written = levels_ > 1 || !text_.continues_object;
    if (is_written) skip(1);
    return (is_object ? handler_.on_object() : handler_.on_array()) || stop();
  }

  bool close(bool goes_on) {
    --levels_;
    return goes_on || stop();
  }

  /// Fails at the first byte that is another.
  bool word(std::string_view whole, std::string_view wanted) {
    const std::string_view rest = this->rest();
    std::size_t same = 0;
    while (same < whole.size() && same < rest.size() && rest[same] == whole[same]) ++same;
    const bool is_cut = same == rest.size() && same < whole.size();
    if (is_cut) return cut_off(wanted);
    if (same < whole.size()) return fail(End::malformed, size() + same, unexpected_text(rest[same], wanted));
    skip(same);
    return true;
  }

  /// Fails at the byte that breaks the grammar of numbers.
  bool number(std::string_view wanted) {
    const char* const start = at();
    if (const auto decimal = this->decimal()) return handler_.on_number(decimal->value()) || stop();
    back_to(start);
    const auto take_digits = [this] {
      const char* const first = at();
      while (!is_at_end() && ascii::is_digit(*at())) skip(1);
      return at() != first;
    };
    const auto take_any_of = [this](std::string_view characters) {
      const bool has_one = !is_at_end() && characters.find(*at()) != std::string_view::npos;
      if (has_one) skip(1);
      return has_one;
    };
    const bool is_negative = take_any_of("-");
    if (!take_any_of("0") && !take_digits()) return unexpected(is_negative ? "a digit" : wanted);
    if (take_any_of(".") && !take_digits()) return unexpected("a digit");
    if (take_any_of("eE")) {
      take_any_of("+-");
      if (!take_digits()) return unexpected("a digit");
    }
    value_.assign(start, at());
    const double number = std::strtod(value_.c_str(), nullptr);
    if (!std::isfinite(number)) return fail(End::unreadable, size() - value_.size(), "a number is too large");
    return handler_.on_number(number) || stop();
  }

  /// The rest of a string, whose first quote is behind, into `value_`.
  bool text() {
    const auto found = string([this]() -> std::string& { return value_; });
    if (!found) return broken_text();
    if (found->data() != value_.data()) value_.assign(*found);
    return true;
  }

  bool broken_text() {
    const std::string_view rest = this->rest();
    if (rest.empty()) return unexpected("'\"'");
    const char first = rest.front();
    if (first == '\\') return broken_escape(rest);
    if (static_cast<unsigned char>(first) < ' ') return unexpected("it as an escape, such as \\n");
    if (is_cut_sequence(rest)) return cut_off("'\"'");
    return fail(End::unreadable, size(), "invalid UTF-8: " + shown_byte(first));
  }

  bool broken_escape(std::string_view rest) {
    constexpr std::size_t escape_size = 6;
    if (rest.size() == 1) return cut_off("an escape");
    if (rest[1] != 'u') {
      skip(1);
      return unexpected("an escape: one of \" \\ / b f n r t u");
    }
    for (std::size_t i = 2; i < escape_size; ++i) {
      if (i < rest.size() && is_hex_digit(rest[i])) continue;
      skip(i);
      return unexpected("a hexadecimal digit");
    }
    const std::string_view next = rest.substr(escape_size);
    const bool may_be_pair =
        next.size() < escape_size && std::string_view("\\u").substr(0, next.size()) == next.substr(0, 2);
    if (may_be_pair) return cut_off("the other half of a character");
    return fail(End::unreadable, size(), "half a character: " + std::string(rest.substr(0, escape_size)));
  }

  bool stop() { return fail(End::stopped, 0, {}); }

  bool fail(End end, std::size_t offset, std::string message) {
    result_ = {.end = end, .error_offset = offset, .message = std::move(message)};
    return false;
  }

  bool unexpected(std::string_view wanted) {
    if (is_at_end()) return cut_off(wanted);
    return fail(End::malformed, size(), unexpected_text(*at(), wanted));
  }

  bool cut_off(std::string_view wanted) {
    skip(left());
    return fail(End::cut_off, size(), std::string("syntax error: unexpected end; expected ").append(wanted));
  }

  const JsonText& text_;
  std::size_t depth_;
  JsonHandler& handler_;
  std::bitset<max_nesting> is_object_;  ///< each level; else it is an array
  std::size_t levels_ = 0;
  bool is_first_ = false;  ///< nothing of the innermost level was read
  std::string value_;
  JsonReading result_;
};

}  // namespace

std::string shown_byte(char byte) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  const auto code = static_cast<unsigned char>(byte);
  if (code > ' ' && code < 0x7F) return {'\'', byte, '\''};
  return std::string("byte 0x").append(1, hex[code >> 4]).append(1, hex[code & 0xF]);
}

std::string unexpected_text(char byte, std::string_view wanted) {
  return "syntax error: unexpected " + shown_byte(byte) + "; expected " + std::string(wanted);
}

JsonReading read_json(const JsonText& text, JsonHandler& handler) { return Parser(text, handler).read(); }

}  // namespace rekognition_jobs
