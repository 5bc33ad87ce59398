// The requests of the two operations, checked against the API's limits before they are sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "service/service_error.h"

namespace rekognition_jobs {

/// The body of an AWS JSON 1.1 request, and the operation it asks for.
struct Request {
  std::string target{};  ///< the X-Amz-Target header
  std::string body{};
};

/// API: ListMediaAnalysisJobs.
struct ListInput {
  std::optional<std::string> next_token;  ///< 1,024 characters at most
  std::optional<double> max_results;      ///< a whole number, 1 to 100
};

/// Either is an InvalidParameterException with 0 attempts when the service would refuse the input.
[[nodiscard]] Expected<Request, ServiceError> list_request(const ListInput& input);

/// API: GetMediaAnalysisJob. A JobId is 1 to 64 letters, digits, "-" and "_".
[[nodiscard]] Expected<Request, ServiceError> get_request(std::string_view job_id);

}  // namespace rekognition_jobs
