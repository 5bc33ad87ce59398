// The requests of the two operations, checked against the API's limits before they are sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "service_error.h"

namespace rekognition_jobs {

/// The body of an AWS JSON 1.1 request, and the operation it asks for.
struct Request {
  std::string target{};  ///< the X-Amz-Target header
  std::string body{};
};

/// Bytes of a NextToken that the service gives. No answer with a longer one is the service's.
inline constexpr std::size_t longest_service_token = std::size_t{1} << 20;

/// Whether a NextToken has more characters than the API documents, 1,024.
[[nodiscard]] bool is_long_token(std::string_view token);

/// API: ListMediaAnalysisJobs.
struct ListInput {
  std::optional<std::string> next_token;  ///< 1,024 characters at most, unless the service gave it
  std::optional<double> max_results;      ///< a whole number, 1 to 100
  bool is_token_given = false;            ///< by the service, which knows best how long its tokens are
};

/// Either is an InvalidParameterException with 0 attempts when the service would refuse the input.
[[nodiscard]] Expected<Request, ServiceError> list_request(const ListInput& input);

/// API: GetMediaAnalysisJob. A JobId is 1 to 64 letters, digits, "-" and "_".
[[nodiscard]] Expected<Request, ServiceError> get_request(std::string_view job_id);

}  // namespace rekognition_jobs
