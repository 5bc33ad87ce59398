// Converts a ServiceError to a JavaScript object.
#include "error_values.h"

#include "service/error_response.h"

namespace rekognition_jobs::wasm {

using emscripten::val;

val error_value(const ServiceError& error) {
  val value = val::object();
  value.set("name", error.name);
  value.set("message", error.message);
  value.set("isRetryable", error.retryable != Retryable::no);
  value.set("isThrottling", error.retryable == Retryable::throttling);
  value.set("httpStatusCode", error.http_status);
  value.set("requestId", error.request_id);
  value.set("attempts", error.attempts);
  return value;
}

val read_error_value(int status, const std::string& error_type, const std::string& request_id,
                     const std::string& body) {
  return error_value(read_error({.status = status, .error_type = error_type, .request_id = request_id, .body = body}));
}

}  // namespace rekognition_jobs::wasm
