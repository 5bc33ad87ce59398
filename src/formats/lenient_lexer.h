// Splits text into the tokens of JSON, and of what people and programs write instead of JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "../base/notice.h"
#include "value_tree.h"

namespace rekognition_jobs::formats {

enum class Token : std::uint8_t {
  more,  ///< the text ends within a token, or before one
  open_object,
  close_object,
  open_array,
  close_array,
  colon,
  comma,
  value,  ///< a text, a number, true, false, null, or a word
  wrong,  ///< no token: error() says why
};

/// Passes over white space, comments, byte order marks, and spaces that JSON does not have. Takes texts with line
/// breaks and tabs in them and in typographic quotes, and words that JSON has not, such as NaN: each is counted in
/// `lapses`.
class LenientLexer {
 public:
  /// What was taken though RFC 8259 refuses it.
  enum class Lapse : std::uint8_t { none, comment, space, control_character, typographic_quotes, word };

  struct Result {
    Token token = Token::more;
    ValueKind kind{};
    Lapse lapse = Lapse::none;  ///< of this token, or of what was passed over before it
    std::size_t begin = 0;      ///< of the token in the text
    std::size_t end = 0;
  };

  /// The next token of `text` from `at` on. Unless the text `is_last`, one that may go on beyond its end is not given
  /// yet. A text that arrives in parts is gone through once if `at` stays the same. Its decoded form is value().
  Result read(std::string_view text, std::size_t at, bool is_last);

  [[nodiscard]] const std::string& value() const { return value_; }
  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] std::size_t error_at() const { return error_at_; }

  /// Forgets how far a text was gone through: another place is read next.
  void restart() { scanned_ = 0; }

 private:
  Result read_text(std::string_view text, std::size_t begin, bool is_last, Lapse lapse);
  Result read_word(std::string_view text, std::size_t begin, bool is_last, Lapse lapse);
  Result wrong(std::string_view message, std::size_t at);
  bool decode(std::string_view raw, std::size_t begin, Lapse& lapse);

  std::string value_;
  std::string error_;
  std::size_t error_at_ = 0;
  std::size_t scanned_ = 0;
};

}  // namespace rekognition_jobs::formats
