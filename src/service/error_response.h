// Reads an error response by the rules of AWS JSON 1.1.
#pragma once

#include <string>
#include <string_view>

#include "http_response.h"
#include "service_error.h"

namespace rekognition_jobs {

/// What an answer whose status is no success says. The name is taken from the X-Amzn-Errortype header, `__type` or
/// `code`, without namespace and URI, else UnknownError; the message from `message` or `Message`, else the start of the
/// body, whatever that is (Smithy: AWS JSON 1.1 protocol, "Operation error serialization").
[[nodiscard]] ServiceError read_error(const HttpResponse& response);

/// An answer that should be the API's and is not: told with the first 200 characters of its body.
[[nodiscard]] ServiceError invalid_response(const HttpResponse& response, std::string_view why);

}  // namespace rekognition_jobs
