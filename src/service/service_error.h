// Why a call to the service failed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "../base/expected.h"

namespace rekognition_jobs {

/// Names for what is not the service's own word.
namespace error_name {
inline constexpr std::string_view unknown = "UnknownError";
inline constexpr std::string_view network = "NetworkError";
inline constexpr std::string_view timeout = "TimeoutError";
inline constexpr std::string_view invalid_response = "InvalidResponseError";
inline constexpr std::string_view repeated_token = "RepeatedTokenError";
inline constexpr std::string_view invalid_parameter = "InvalidParameterException";
}  // namespace error_name

/// Whether another attempt may help, and how patient it must be.
enum class Retryable : std::uint8_t { no, transient, throttling };

/// A failed call, told in values.
struct ServiceError {
  std::string name{};  ///< the service's, or one of error_name
  std::string message{};
  Retryable retryable = Retryable::no;
  int http_status = 0;  ///< 0 when no answer came
  std::string request_id{};
  int attempts = 0;  ///< requests sent for this call
};

}  // namespace rekognition_jobs
