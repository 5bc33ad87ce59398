// Bytes across the border between the module's memory and JavaScript.
#pragma once

#include <emscripten/val.h>

#include <string>
#include <string_view>

namespace rekognition_jobs::wasm {

/// A Uint8Array over `bytes`, without a copy: good until the module's memory grows or `bytes` change.
inline emscripten::val view_of(std::string_view bytes) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  return emscripten::val(emscripten::typed_memory_view(bytes.size(), data));
}

/// The bytes of an ArrayBuffer.
inline std::string bytes_of(const emscripten::val& array_buffer) {
  const emscripten::val source = emscripten::val::global("Uint8Array").new_(array_buffer);
  std::string bytes(source["length"].as<std::size_t>(), '\0');
  view_of(std::string_view(bytes)).call<void>("set", source);
  return bytes;
}

/// A text value, empty where JavaScript has null or undefined.
inline std::string text_or_empty(const emscripten::val& value) {
  return value.isString() ? value.as<std::string>() : std::string();
}

}  // namespace rekognition_jobs::wasm
