// What JavaScript is told of an error of the service.
#pragma once

#include <emscripten/val.h>

#include <string>

#include "service/service_error.h"

namespace rekognition_jobs::wasm {

/// A ServiceError's fields for JavaScript.
[[nodiscard]] emscripten::val error_value(const ServiceError& error);

/// What a Response that JavaScript has read says, when its status is no success.
[[nodiscard]] emscripten::val read_error_value(int status, const std::string& error_type, const std::string& request_id,
                                               const std::string& body);

}  // namespace rekognition_jobs::wasm
