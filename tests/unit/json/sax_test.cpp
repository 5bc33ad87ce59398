// The JSON parser against nlohmann/json, and its errors: their kind, their byte, their words.
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "../../fuzz/model_json.h"

using namespace rekognition_jobs;

namespace {

struct Ignoring : model::JsonTranscript {};

JsonReading read(std::string_view text) {
  Ignoring handler;
  return read_json({.text = text}, handler);
}

/// "kind byte message".
std::string error(std::string_view text) {
  const JsonReading reading = read(text);
  constexpr std::array<const char*, 5> kinds{"complete", "stopped", "cut off", "malformed", "unreadable"};
  return kinds.at(static_cast<std::size_t>(reading.end)) + (" " + std::to_string(reading.error_offset)) + " " +
         reading.message;
}

const std::vector<std::string> documents{
    R"({"a":[1,-2.5,3e2,0.1E-5,true,false,null,"x\"\\\/\b\f\n\r\tA\uD83D\uDE00é😀"],"b":{},"c":[],"d":{"e":[[{}]]}})",
    "[]",
    "{}",
    "\"\"",
    "0",
    "-0",
    "-0.0",
    "1e308",
    "123456789012345678901234567890",
    "4.9e-324",
    "1e-999",
    "0.1234567890123456789012",
    "[9007199254740993,18446744073709551615,18446744073709551616,-9223372036854775809]",
    " [ 1 , 2 ] \n",
    "{\"\":0}",
    "\"\xF4\x8F\xBF\xBF\xEE\x80\x80\x7F\"",
};

}  // namespace

TEST_CASE("JSON is read as nlohmann/json reads it") {
  for (const std::string& document : documents) CHECK(model::json_difference(document) == "");
}

TEST_CASE("a document that ends early is cut off, at any byte") {
  for (const std::string& document : documents) {
    for (std::size_t size = 0; size < document.size(); ++size) {
      const std::string front = document.substr(0, size);
      CAPTURE(front);
      CHECK(model::json_difference(front) == "");
      const JsonReading reading = read(front);
      const bool is_cut = reading.end == JsonReading::End::cut_off || reading.end == JsonReading::End::complete;
      CHECK(is_cut);
      CHECK(reading.size == size);
    }
  }
}

TEST_CASE("a document with one other byte is read, or refused, as by nlohmann/json") {
  for (std::string document : documents) {
    for (std::size_t at = 0; at < document.size(); ++at) {
      const char before = document[at];
      for (const char other :
           {'\0', '\n', '"', '\\', ',', ':', '[', ']',    '{',    '}',    '0',    '9',    '-',    '+',
            '.',  'e',  'E', 'u',  't', 'D', ' ', '\x1F', '\x7F', '\x80', '\xC0', '\xC3', '\xED', '\xF5'}) {
        document[at] = other;
        CAPTURE(document);
        CHECK(model::json_difference(document) == "");
      }
      document[at] = before;
    }
  }
}

TEST_CASE("an error tells what was found and what was expected") {
  CHECK(error("") == "cut off 0 syntax error: unexpected end; expected a value");
  CHECK(error("[1,]") == "malformed 3 syntax error: unexpected ']'; expected a value");
  CHECK(error("[,1]") == "malformed 1 syntax error: unexpected ','; expected a value or ']'");
  CHECK(error("[1 2]") == "malformed 3 syntax error: unexpected '2'; expected ',' or ']'");
  CHECK(error("[1") == "cut off 2 syntax error: unexpected end; expected ',' or ']'");
  CHECK(error("{'a':1}") == "malformed 1 syntax error: unexpected '''; expected a name or '}'");
  CHECK(error("{a:1}") == "malformed 1 syntax error: unexpected 'a'; expected a name or '}'");
  CHECK(error("{\"a\":1,}") == "malformed 7 syntax error: unexpected '}'; expected a name");
  CHECK(error("{\"a\" 1}") == "malformed 5 syntax error: unexpected '1'; expected ':'");
  CHECK(error("{\"a\":1]") == "malformed 6 syntax error: unexpected ']'; expected ',' or '}'");
  CHECK(error("[NaN]") == "malformed 1 syntax error: unexpected 'N'; expected a value or ']'");
  CHECK(error("[nulx]") == "malformed 4 syntax error: unexpected 'x'; expected a value or ']'");
  CHECK(error("[nulls]") == "malformed 5 syntax error: unexpected 's'; expected ',' or ']'");
  CHECK(error("[undefined]") == "malformed 1 syntax error: unexpected 'u'; expected a value or ']'");
  CHECK(error("[\xC3\xA9]") == "malformed 1 syntax error: unexpected byte 0xC3; expected a value or ']'");
  CHECK(error("[] []") == "malformed 3 syntax error: unexpected '['; expected the end");
  CHECK(error("[01]") == "malformed 2 syntax error: unexpected '1'; expected ',' or ']'");
  CHECK(error("[-x]") == "malformed 2 syntax error: unexpected 'x'; expected a digit");
  CHECK(error("[1.e]") == "malformed 3 syntax error: unexpected 'e'; expected a digit");
  CHECK(error("[1e+]") == "malformed 4 syntax error: unexpected ']'; expected a digit");
  CHECK(error("\"a") == "cut off 2 syntax error: unexpected end; expected '\"'");
  CHECK(error("\"a\nb\"") == "malformed 2 syntax error: unexpected byte 0x0A; expected it as an escape, such as \\n");
  CHECK(error("\"\\x\"") == "malformed 2 syntax error: unexpected 'x'; expected an escape: one of \" \\ / b f n r t u");
  CHECK(error("\"\\u12zz\"") == "malformed 5 syntax error: unexpected 'z'; expected a hexadecimal digit");
}

TEST_CASE("a value that cannot be read leaves the structure around it sound") {
  CHECK(error("[1e999]") == "unreadable 1 a number is too large");
  CHECK(error("[-1e999]") == "unreadable 1 a number is too large");
  CHECK(error("[\"a\xFF\"]") == "unreadable 3 invalid UTF-8: byte 0xFF");
  CHECK(error("[\"\xED\xA0\x80\"]") == "unreadable 2 invalid UTF-8: byte 0xED");
  CHECK(error("[\"a\\uD800\"]") == "unreadable 3 half a character: \\uD800");
  CHECK(error("[\"\\uDC00\"]") == "unreadable 2 half a character: \\uDC00");
  CHECK(error("[\"\\uD800\\u0041\"]") == "unreadable 2 half a character: \\uD800");
  CHECK(error(std::string(65, '[')) == "unreadable 64 nested deeper than 64 levels");
  CHECK(error(std::string(64, '[')) == "cut off 64 syntax error: unexpected end; expected a value or ']'");
  CHECK(error(std::string(64, '[') + std::string(64, ']')) == "complete 0 ");
}

TEST_CASE("a text may begin within an object, lie within others, and be followed by more") {
  const auto events = [](const JsonText& text) {
    model::JsonTranscript transcript;
    const JsonReading reading = read_json(text, transcript);
    return transcript.events + std::to_string(static_cast<int>(reading.end)) + " " + std::to_string(reading.size);
  };
  CHECK(events({.text = "\"a\":1}]", .is_alone = false, .continues_object = true}) == "{\n.a\n+1.0\n}\n0 6");
  CHECK(events({.text = "[] []", .is_alone = false}) == "[\n]\n0 2");
  CHECK(events({.text = "[]", .depth = 64}) == "4 0");
  CHECK(events({.text = "7", .depth = 64}) == "+7.0\n0 1");
}
