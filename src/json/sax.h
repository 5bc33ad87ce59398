// Reads JSON (RFC 8259) event by event.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rekognition_jobs {

/// Nesting that is read; one level more is an error.
inline constexpr std::size_t max_nesting = 64;

/// Takes what a text holds, in its order. Each function goes on by returning true and stops the reading by false.
class JsonHandler {
 public:
  virtual ~JsonHandler() = default;

  virtual bool on_null() = 0;
  virtual bool on_boolean() = 0;
  virtual bool on_number(double value) = 0;
  virtual bool on_string(const std::string& value) = 0;
  virtual bool on_object() = 0;
  virtual bool on_name(const std::string& name) = 0;
  virtual bool on_object_end() = 0;
  virtual bool on_array() = 0;
  virtual bool on_array_end() = 0;
};

struct JsonReading {
  enum class End {
    complete,    ///< the value at the front of the text was read
    stopped,     ///< by the handler
    cut_off,     ///< the text ended first
    malformed,   ///< a syntax error
    unreadable,  ///< sound so far in its structure; but a number is not finite, a text not Unicode, or nesting too deep
  };

  End end = End::complete;
  std::size_t size = 0;          ///< bytes read
  std::size_t error_offset = 0;  ///< of what is malformed or unreadable; the text's size when it was cut off
  std::string message;
};

/// How a text is to be read.
struct JsonText {
  std::string_view text;
  std::size_t depth = 0;          ///< levels of nesting around it
  bool is_alone = true;           ///< the text must hold one value and nothing else; else what follows is left
  bool continues_object = false;  ///< a "{" and members have gone before
};

/// A printable byte in quotes, another by its number.
[[nodiscard]] std::string shown_byte(char byte);

/// "syntax error: unexpected 'x'; expected ...". It names one byte, since more may lie beyond what is there.
[[nodiscard]] std::string unexpected_text(char byte, std::string_view wanted);

/// Reads a value. Linear in the text.
[[nodiscard]] JsonReading read_json(const JsonText& text, JsonHandler& handler);

}  // namespace rekognition_jobs
