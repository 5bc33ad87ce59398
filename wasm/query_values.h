// What JavaScript is told of a query: its tokens, the fields it can name, and why it cannot be read.
#pragma once

#include <emscripten/val.h>

#include <string>

#include "query/query_error.h"
#include "query/tokens.h"
#include "query/vocabulary.h"

namespace rekognition_jobs::wasm {

/// { start, end, message, expected } of a QueryError, in bytes of UTF-8.
inline emscripten::val query_error_value(const QueryError& error) {
  emscripten::val expected = emscripten::val::array();
  for (const std::string& item : error.expected) expected.call<void>("push", item);
  emscripten::val value = emscripten::val::object();
  value.set("start", error.range.begin);
  value.set("end", error.range.end);
  value.set("message", error.message);
  value.set("expected", expected);
  return value;
}

/// The tokens of a query in the words of a vocabulary, and the fields that it has, as JSON text.
template <const Vocabulary& vocabulary>
emscripten::val query_tokens_value(const std::string& text) {
  return emscripten::val(query_tokens_json(text, vocabulary));
}

template <const Vocabulary& vocabulary>
emscripten::val query_fields_value() {
  return emscripten::val(query_fields_json(vocabulary));
}

}  // namespace rekognition_jobs::wasm
