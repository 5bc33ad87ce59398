// What JavaScript is told of a query: its tokens, the fields it can name, and why it cannot be read.
#pragma once

#include <emscripten/val.h>

#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include "memory_reserve.h"
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

/// The answer of `query()`, which gives a view, or a QueryError, or nothing if it knows no such `sort`: as a new View,
/// which is the caller's to delete; or nothing, and then `fault` tells why. It is query_error_value() of the error;
/// null for the sort; undefined when memory is short, before anything is asked.
template <class View, class Query>
View* answer_of(const Query& query, std::size_t rows, const std::string& sort, emscripten::val& fault) {
  fault = emscripten::val::undefined();
  if (!has_room_to_ask(rows, !sort.empty())) return nullptr;
  fault = emscripten::val::null();
  auto answer = query();
  if (!answer) return nullptr;
  if (const auto* error = std::get_if<QueryError>(&*answer)) {
    fault = query_error_value(*error);
    return nullptr;
  }
  return new View(std::move(std::get<0>(*answer)));
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
