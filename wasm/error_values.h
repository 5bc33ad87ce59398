// Converts errors of the service for JavaScript.
#pragma once

#include <emscripten/val.h>

#include <string>

#include "service/service_error.h"

namespace rekognition_jobs::wasm {

/// An object with the fields of a ServiceError (`ServiceErrorData` in wasm/glue/embind.d.ts).
[[nodiscard]] emscripten::val error_value(const ServiceError& error);

/// The same for a Response that JavaScript has read and whose status is not a success.
[[nodiscard]] emscripten::val read_error_value(int status, const std::string& error_type, const std::string& request_id,
                                               const std::string& body);

}  // namespace rekognition_jobs::wasm
