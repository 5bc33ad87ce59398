// Skips white space, then reads one token by its first character.
#include "lenient_lexer.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "../base/ascii.h"
#include "../base/utf8.h"
#include "../json/sax.h"

namespace rekognition_jobs::formats {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

/// Spaces that JSON does not have, and the separator of records (RFC 7464).
bool is_other_space(char c) { return c == '\v' || c == '\f' || c == '\x1E'; }

bool is_typographic_quote(std::string_view text) { return text == "\xE2\x80\x9C" || text == "\xE2\x80\x9D"; }

bool is_in_word(char c) {
  return ascii::is_letter(c) || ascii::is_digit(c) || c == '_' || c == '-' || c == '+' || c == '.';
}

/// JSON's number (RFC 8259, 6).
bool is_number(std::string_view word) {
  std::size_t i = word.substr(0, 1) == "-" ? 1 : 0;
  const auto digits = [&] {
    const std::size_t begin = i;
    while (i < word.size() && ascii::is_digit(word[i])) ++i;
    return i - begin;
  };
  const std::size_t whole_at = i;
  const std::size_t whole = digits();
  if (whole == 0 || (whole > 1 && word[whole_at] == '0')) return false;
  if (i < word.size() && word[i] == '.') {
    ++i;
    if (digits() == 0) return false;
  }
  if (i < word.size() && (word[i] == 'e' || word[i] == 'E')) {
    ++i;
    if (i < word.size() && (word[i] == '+' || word[i] == '-')) ++i;
    if (digits() == 0) return false;
  }
  return i == word.size();
}

bool is_known_word(std::string_view word) {
  for (const std::string_view known : {"NaN", "nan", "Infinity", "-Infinity", "+Infinity", "Inf", "-Inf", "None",
                                       "True", "False", "undefined", "nil", "NULL", "Null", "NA", "N/A"}) {
    if (word == known) return true;
  }
  // A number as JSON does not write it: `+1`, `.5`, `1.`, `01`.
  return word.find_first_not_of("0123456789+-.eE") == std::string_view::npos &&
         word.find_first_of("0123456789") != std::string_view::npos;
}

std::optional<std::uint32_t> hexadecimal(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(0, 4)) {
    const char lower = ascii::to_lower(c);
    if (!ascii::is_digit(c) && (lower < 'a' || lower > 'f')) return std::nullopt;
    value = value * 16 + static_cast<std::uint32_t>(ascii::is_digit(c) ? c - '0' : lower - 'a' + 10);
  }
  return value;
}

}  // namespace

LenientLexer::Result LenientLexer::wrong(std::string_view message, std::size_t at) {
  error_ = message;
  error_at_ = at;
  return {.token = Token::wrong, .begin = at, .end = at};
}

LenientLexer::Result LenientLexer::read(std::string_view text, std::size_t at, bool is_last) {
  Lapse lapse = Lapse::none;
  const std::size_t first = at;
  while (at < text.size()) {
    const char c = text[at];
    if (is_other_space(c)) {
      lapse = Lapse::space;
      ++at;
    } else if (ascii::is_space(c)) {
      ++at;
    } else if (text.substr(at, 2) == "//" || c == '#') {
      const std::size_t end = text.find('\n', at);
      if (end == std::string_view::npos && !is_last) return {.begin = first};
      lapse = Lapse::comment;
      at = std::min(end, text.size());
    } else if (text.substr(at, 2) == "/*") {
      const std::size_t end = text.find("*/", at + 2);
      if (end == std::string_view::npos && !is_last) return {.begin = first};
      lapse = Lapse::comment;
      at = end == std::string_view::npos ? text.size() : end + 2;
    } else if (text.substr(at, 3) == byte_order_mark) {
      lapse = Lapse::space;
      at += 3;
    } else if (text.substr(at, 2) == no_break_space) {
      lapse = Lapse::space;
      at += 2;
    } else if (at + 3 > text.size() && !is_last && (c == '/' || c == '\xEF' || c == '\xC2' || c == '\xE2')) {
      return {.begin = first};
    } else {
      break;
    }
  }
  if (at == text.size()) return {.lapse = lapse, .begin = at};
  const auto sign = [&](Token token) { return Result{token, {}, lapse, at, at + 1}; };
  switch (text[at]) {
    case '{': return sign(Token::open_object);
    case '}': return sign(Token::close_object);
    case '[': return sign(Token::open_array);
    case ']': return sign(Token::close_array);
    case ':': return sign(Token::colon);
    case ',': return sign(Token::comma);
    case '"': return read_text(text, at, is_last, lapse);
    default: break;
  }
  if (is_typographic_quote(text.substr(at, 3))) return read_text(text, at, is_last, Lapse::typographic_quotes);
  if (is_in_word(text[at])) return read_word(text, at, is_last, lapse);
  return wrong(unexpected_text(text[at], "a value"), at);
}

LenientLexer::Result LenientLexer::read_text(std::string_view text, std::size_t begin, bool is_last, Lapse lapse) {
  const bool is_plain = text[begin] == '"';
  const std::size_t body = begin + (is_plain ? 1 : 3);
  std::size_t at = std::max(body, scanned_);
  while (at < text.size()) {
    if (text[at] == '\\') {
      if (at + 1 >= text.size()) break;
      at += 2;
    } else if (is_plain ? text[at] == '"' : is_typographic_quote(text.substr(at, 3))) {
      scanned_ = 0;
      if (!decode(text.substr(body, at - body), body, lapse))
        return {.token = Token::wrong, .begin = error_at_, .end = error_at_};
      return {Token::value, ValueKind::text, lapse, begin, at + (is_plain ? 1 : 3)};
    } else {
      ++at;
    }
  }
  if (is_last) return wrong("syntax error: the text ends within a string", text.size());
  scanned_ = at;
  return {.lapse = lapse, .begin = begin};
}

bool LenientLexer::decode(std::string_view raw, std::size_t begin, Lapse& lapse) {
  value_.clear();
  for (std::size_t at = 0; at < raw.size();) {
    const auto c = static_cast<unsigned char>(raw[at]);
    if (c < 0x20) lapse = Lapse::control_character;
    if (c >= 0x80) {
      const std::size_t size = utf8_sequence_size(raw.substr(at));
      if (size == 0) {
        wrong("invalid UTF-8", begin + at);
        return false;
      }
      value_.append(raw.substr(at, size));
      at += size;
      continue;
    }
    if (c != '\\') {
      value_ += raw[at++];
      continue;
    }
    const char escaped = at + 1 < raw.size() ? raw[at + 1] : '\0';
    constexpr std::string_view from = "\"\\/bfnrt";
    constexpr std::string_view to = "\"\\/\b\f\n\r\t";
    if (const std::size_t known = from.find(escaped); known != std::string_view::npos && escaped != '\0') {
      value_ += to[known];
      at += 2;
      continue;
    }
    auto unit = escaped == 'u' ? hexadecimal(raw.substr(at + 2)) : std::nullopt;
    if (!unit) {
      if (escaped != 'u') {
        wrong("syntax error: unknown escape in a string", begin + at + 1);
      } else {
        const std::size_t digits = raw.substr(at + 2).find_first_not_of("0123456789abcdefABCDEF");
        wrong("syntax error: \\u without four hexadecimal digits", begin + std::min(raw.size(), at + 2 + digits));
      }
      return false;
    }
    std::size_t size = 6;
    if (*unit >= 0xD800 && *unit < 0xDC00) {
      const auto low = raw.substr(at + 6, 2) == "\\u" ? hexadecimal(raw.substr(at + 8)) : std::nullopt;
      if (low && *low >= 0xDC00 && *low < 0xE000) {
        unit = 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00);
        size = 12;
      }
    }
    if (*unit >= 0xD800 && *unit < 0xE000) {
      wrong("half of a surrogate pair", begin + at);
      return false;
    }
    append_utf8(value_, *unit);
    at += size;
  }
  return true;
}

LenientLexer::Result LenientLexer::read_word(std::string_view text, std::size_t begin, bool is_last, Lapse lapse) {
  std::size_t end = begin;
  while (end < text.size() && is_in_word(text[end])) ++end;
  constexpr std::size_t longest_word = 4096;
  if (end == text.size() && !is_last && end - begin < longest_word) return {.begin = begin};
  const std::string_view word = text.substr(begin, end - begin);
  value_ = word;
  Result result{Token::value, ValueKind::word, lapse, begin, end};
  if (word == "true" || word == "false") {
    result.kind = ValueKind::boolean;
  } else if (word == "null") {
    result.kind = ValueKind::null;
  } else if (is_number(word)) {
    result.kind = ValueKind::number;
    if (!std::isfinite(std::strtod(value_.c_str(), nullptr))) return wrong("a number is too large", begin);
  } else if (is_known_word(word)) {
    result.lapse = Lapse::word;
  } else {
    return wrong(unexpected_text(text[begin], "a value"), begin);
  }
  return result;
}

}  // namespace rekognition_jobs::formats
