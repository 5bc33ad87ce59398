// Passes bytes in the module's memory to JavaScript.
#pragma once

#include <emscripten/val.h>

#include <string_view>

namespace rekognition_jobs::wasm {

/// A Uint8Array over `bytes`, without a copy: valid until the module's memory grows or `bytes` change.
inline emscripten::val view_of(std::string_view bytes) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  return emscripten::val(emscripten::typed_memory_view(bytes.size(), data));
}

}  // namespace rekognition_jobs::wasm
