// Reads the responses of the two operations.
#pragma once

#include <optional>
#include <string>

#include "../jobs/sink.h"
#include "http_response.h"
#include "service_error.h"

namespace rekognition_jobs {

struct ListOutput {
  std::optional<std::string> next_token;  ///< as it came; nothing when absent or null
};

/// Hands a ListMediaAnalysisJobs answer's jobs to `sink`. InvalidResponseError when it is not one good response; the
/// jobs before its flaw have been handed out then.
[[nodiscard]] Expected<ListOutput, ServiceError> parse_list_response(const HttpResponse& response, JobSink& sink);

/// Hands a GetMediaAnalysisJob answer's job to `sink`, or is InvalidResponseError.
[[nodiscard]] std::optional<ServiceError> parse_get_response(const HttpResponse& response, JobSink& sink);

/// The NextToken of a list answer that is the first or the last of its members, plainly written without spaces, found
/// without reading the rest. Nothing when it is not so, or the body is cut off.
[[nodiscard]] std::optional<std::string_view> outer_next_token(std::string_view body);

}  // namespace rekognition_jobs
