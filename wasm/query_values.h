// Converts a query's tokens, its fields and its error for JavaScript.
#pragma once

#include <emscripten/val.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "base/can_allocate.h"
#include "bytes.h"
#include "query/memory_bounds.h"
#include "query/query_error.h"
#include "query/schema.h"
#include "query/tokenizer.h"

namespace rekognition_jobs::wasm {

/// { start, end, message, expected } of a QueryError, in bytes of UTF-8.
inline emscripten::val query_error_value(const QueryError& error) {
  emscripten::val expected = emscripten::val::array();
  for (const std::string& item : error.expected) expected.set(expected["length"], item);
  emscripten::val value = emscripten::val::object();
  value.set("start", error.range.begin);
  value.set("end", error.range.end);
  value.set("message", error.message);
  value.set("expected", expected);
  return value;
}

/// The answer of `query()`, which gives a view, or a QueryError, or nothing if it knows no such sort: a new View, which
/// is the caller's to delete; query_error_value() of the error; null for the sort; undefined when memory has no room
/// for the `bytes` that it takes, before anything is asked.
template <class View, class Query>
emscripten::val run_query(const Query& query, std::uint64_t bytes) {
  if (!can_allocate(bytes)) return emscripten::val::undefined();
  auto answer = query();
  if (!answer) return emscripten::val::null();
  if (const auto* error = std::get_if<QueryError>(&*answer)) return query_error_value(*error);
  return emscripten::val(View(std::move(std::get<0>(*answer))));
}

/// A query's tokens as bytes of JSON in `json`, or undefined when memory is full.
inline emscripten::val tokens_value(std::string& json, const std::string& text, const QuerySchema& schema) {
  if (!can_allocate(bytes_to_read(text))) return emscripten::val::undefined();
  json = query_tokens_json(text, schema);
  return view_of(json);
}

/// Whether a member more, with so long a text in it, can be appended to JSON.
inline bool has_room_for(const std::string& json, std::size_t text_size) {
  constexpr std::size_t of_numbers = 512;
  return can_allocate(of_numbers + std::uint64_t{3} * json.size() + std::uint64_t{18} * text_size);
}

/// The fields that a query of a schema can name, as JSON text.
template <const QuerySchema& schema>
emscripten::val query_fields_value() {
  return emscripten::val(query_fields_json(schema));
}

}  // namespace rekognition_jobs::wasm
