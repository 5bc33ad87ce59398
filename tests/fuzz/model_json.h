// What nlohmann/json reads in a text, as a model of the parser: its events until it ends or fails.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

#include "json/library.h"
#include "json/sax.h"

namespace rekognition_jobs::model {

/// Writes each event, and nothing of what comes after the limit of nesting.
class JsonTranscript : public JsonHandler {
 public:
  bool on_null() override { return add("null"); }
  bool on_boolean() override { return add("boolean"); }
  bool on_number(double value) override {
    return add((std::signbit(value) ? "-" : "+") + nlohmann::json(std::abs(value)).dump());
  }
  bool on_string(const std::string& value) override { return add("\"" + value); }
  bool on_object() override { return add("{"); }
  bool on_name(const std::string& name) override { return add("." + name); }
  bool on_object_end() override { return add("}"); }
  bool on_array() override { return add("["); }
  bool on_array_end() override { return add("]"); }

  std::string events;

 private:
  bool add(const std::string& event) {
    events.append(event).append("\n");
    return true;
  }
};

/// nlohmann's documented interface json_sax.
class NlohmannEvents {
 public:
  using json = nlohmann::json;
  explicit NlohmannEvents(JsonHandler& handler) : handler_(handler) {}

  bool null() { return handler_.on_null(); }
  bool boolean(bool) { return handler_.on_boolean(); }
  /// It is called for a minus sign alone, so that 0 here was written -0.
  bool number_integer(json::number_integer_t value) {
    return handler_.on_number(value == 0 ? -0.0 : static_cast<double>(value));
  }
  bool number_unsigned(json::number_unsigned_t value) { return handler_.on_number(static_cast<double>(value)); }
  bool number_float(json::number_float_t value, const std::string&) { return handler_.on_number(value); }
  bool string(const std::string& value) { return handler_.on_string(value); }
  bool binary(json::binary_t&) { return false; }
  bool start_object(std::size_t) { return enter() && handler_.on_object(); }
  bool key(const std::string& name) { return handler_.on_name(name); }
  bool end_object() { return leave() && handler_.on_object_end(); }
  bool start_array(std::size_t) { return enter() && handler_.on_array(); }
  bool end_array() { return leave() && handler_.on_array_end(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

 private:
  bool enter() { return depth_++ < max_nesting; }
  bool leave() { return depth_-- > 0; }

  JsonHandler& handler_;
  std::size_t depth_ = 0;
};

/// Whether the text is one JSON value, nested 64 levels at most; its events go to `handler`.
inline bool reads_json(std::string_view text, JsonHandler& handler) {
  NlohmannEvents events(handler);
  return nlohmann::json::sax_parse(text, &events);
}

/// Nothing, or how the parser differs from the model, or from its own promises about errors.
inline std::string json_difference(std::string_view text) {
  JsonTranscript expected;
  JsonTranscript found;
  const bool has_nul = text.find('\0') != std::string_view::npos;  // which nlohmann takes for the end
  const bool is_json = reads_json(text, expected) && !has_nul;
  const JsonReading reading = read_json({.text = text}, found);
  using End = JsonReading::End;
  if (is_json != (reading.end == End::complete))
    return is_json ? "refuses: " + reading.message : "takes what is no JSON";
  if (expected.events != found.events) return "other events:\n" + expected.events + "instead:\n" + found.events;
  if (is_json) return reading.size == text.size() ? "" : "did not read all";
  if (reading.message.empty()) return "no message";
  if (reading.error_offset > text.size()) return "an offset outside of the text";
  const bool is_cut = reading.end == End::cut_off;
  if (is_cut != (reading.error_offset == text.size())) return "cut off, but not at the end: " + reading.message;
  if (is_cut) return "";
  JsonTranscript front;
  const End end = read_json({.text = text.substr(0, reading.error_offset)}, front).end;
  return end == End::cut_off || end == End::complete ? "" : "what is before the error is wrong already";
}

}  // namespace rekognition_jobs::model
