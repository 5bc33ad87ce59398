// Adapts nlohmann/json's SAX interface, and finds the places of its errors.
#include "text/json_events.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "text/ascii.h"
#include "text/json_library.h"

namespace rekognition_jobs {
namespace {

using nlohmann::json;

/// The text as nlohmann's parser reads it; remembers how far that got. With `opening`, a "{" stands before the text.
class CountedText {
 public:
  CountedText(std::string_view text, bool opening) : text_(text), lead_(opening ? 1 : 0) {}

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    Iterator() = default;
    Iterator(CountedText& source, std::size_t position) : source_(&source), position_(position) {}

    char operator*() const { return position_ < source_->lead_ ? '{' : source_->text_[position_ - source_->lead_]; }
    Iterator& operator++() {
      source_->read_ = ++position_;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator& other) const { return position_ == other.position_; }

   private:
    CountedText* source_ = nullptr;
    std::size_t position_ = 0;
  };

  [[nodiscard]] Iterator begin() { return {*this, 0}; }
  [[nodiscard]] Iterator end() { return {*this, text_.size() + lead_}; }

  [[nodiscard]] std::string_view text() const { return text_; }

  /// Bytes of the text that have been read.
  [[nodiscard]] std::size_t read() const { return read_ - std::min(read_, lead_); }

  /// nlohmann counts characters from 1, the end of the text as one more.
  [[nodiscard]] std::size_t offset_of(std::size_t position) const {
    return std::min(position - std::min(position, lead_ + 1), text_.size());
  }

 private:
  std::string_view text_;
  std::size_t lead_;
  std::size_t read_ = 0;
};

/// Where the token starts whose last byte is at `last`. The library tells a string's or a number's whole text as
/// `token`; of a literal or a single character it tells what came before it, too.
std::size_t token_start(std::string_view text, std::size_t last, std::string_view token) {
  if (last >= text.size()) return text.size();
  if (text[last] == '"' || ascii::is_digit(text[last])) return last + 1 - std::min(token.size(), last + 1);
  std::size_t start = last;
  while (start > 0 && ascii::is_letter(text[start]) && ascii::is_letter(text[start - 1])) --start;
  return start;
}

/// Where the sequence of UTF-8 starts that `place` breaks: there, or at an earlier byte that asks for one at `place`.
std::size_t sequence_start(std::string_view text, std::size_t place) {
  for (std::size_t length = 1; length < 4 && length <= place; ++length) {
    const auto byte = static_cast<unsigned char>(text[place - length]);
    const std::size_t asked = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    if (asked > length) return place - length;
    if (asked != 1 || byte < 0x80) break;
  }
  return place;
}

/// Where the escape of a surrogate starts that ends at or before `place`.
std::size_t surrogate_start(std::string_view text, std::size_t place) {
  constexpr std::string_view surrogate_digits = "89abcdefABCDEF";
  constexpr std::size_t escape_size = 6;
  for (std::size_t at = place - std::min(place, escape_size - 1);
       (at = text.rfind("\\u", at)) != std::string_view::npos; --at) {
    const std::string_view digits = text.substr(at + 2, 2);
    const bool is_surrogate = digits.size() == 2 && ascii::to_lower(digits[0]) == 'd' &&
                              surrogate_digits.find(digits[1]) != std::string_view::npos;
    if (is_surrogate) return at;
    if (at == 0) break;
  }
  return place;
}

/// Takes the library's events (its documented interface json_sax).
class Adapter {
 public:
  using number_integer_t = json::number_integer_t;
  using number_unsigned_t = json::number_unsigned_t;
  using number_float_t = json::number_float_t;
  using string_t = json::string_t;
  using binary_t = json::binary_t;

  Adapter(const CountedText& text, std::size_t depth, JsonHandler& handler)
      : text_(text), depth_(depth), handler_(handler) {}

  bool null() { return handler_.on_null(); }
  bool boolean(bool /*value*/) { return handler_.on_boolean(); }
  bool number_integer(number_integer_t value) { return handler_.on_number(static_cast<double>(value)); }
  bool number_unsigned(number_unsigned_t value) { return handler_.on_number(static_cast<double>(value)); }
  bool number_float(number_float_t value, const string_t& /*text*/) { return handler_.on_number(value); }
  bool string(const string_t& value) { return handler_.on_string(value); }
  bool binary(binary_t& /*value*/) { return false; }
  bool start_object(std::size_t /*size*/) { return descend() && handler_.on_object(); }
  bool key(const string_t& name) { return handler_.on_name(name); }
  bool end_object() { return ascend() && handler_.on_object_end(); }
  bool start_array(std::size_t /*size*/) { return descend() && handler_.on_array(); }
  bool end_array() { return ascend() && handler_.on_array_end(); }

  bool parse_error(std::size_t position, const std::string& last_token, const nlohmann::detail::exception& error) {
    constexpr int number_overflow = 406;
    const std::string_view what = error.what();
    const std::size_t reason = what.find("syntax error");
    reading_.message = error.id == number_overflow
                           ? "a number is too large"
                           : std::string(reason == std::string_view::npos ? what : what.substr(reason));
    const auto says = [this](std::string_view words) {
      return reading_.verdict().find(words) != std::string_view::npos;
    };
    const bool is_unreadable = error.id == number_overflow || says("ill-formed UTF-8") || says("surrogate");
    reading_.end = is_unreadable ? JsonReading::End::unreadable : JsonReading::End::malformed;
    std::size_t& offset = reading_.error_offset;
    offset = text_.offset_of(position);
    if (error.id == number_overflow || says("unexpected")) {
      offset = token_start(text_.text(), offset, last_token);
    } else if (says("ill-formed UTF-8")) {
      offset = sequence_start(text_.text(), offset);
    } else if (says("surrogate")) {
      offset = surrogate_start(text_.text(), offset);
    }
    return false;
  }

  [[nodiscard]] JsonReading& reading() { return reading_; }

 private:
  bool descend() {
    if (depth_ == max_nesting) {
      reading_.end = JsonReading::End::unreadable;
      reading_.error_offset = text_.read() - 1;
      reading_.message = "nested deeper than 64 levels";
      return false;
    }
    ++depth_;
    return true;
  }

  bool ascend() {
    --depth_;
    return true;
  }

  const CountedText& text_;
  std::size_t depth_;
  JsonHandler& handler_;
  JsonReading reading_{.end = JsonReading::End::stopped};
};

}  // namespace

JsonReading read_json(const JsonText& text, JsonHandler& handler) {
  CountedText counted(text.text, text.continues_object);
  Adapter adapter(counted, text.depth, handler);
  const bool parsed =
      json::sax_parse(counted.begin(), counted.end(), &adapter, json::input_format_t::json, text.is_alone);
  if (parsed) adapter.reading().end = JsonReading::End::complete;
  adapter.reading().size = counted.read();
  return std::move(adapter.reading());
}

}  // namespace rekognition_jobs
