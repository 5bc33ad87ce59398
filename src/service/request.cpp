// Checks input and writes it as AWS JSON 1.1.
#include "request.h"

#include <algorithm>
#include <cmath>

#include "../base/ascii.h"
#include "../json/json_writer.h"

namespace rekognition_jobs {
namespace {

constexpr std::size_t longest_token = 1024;
constexpr std::size_t longest_job_id = 64;
constexpr double most_results = 100;

ServiceError invalid(std::string message) {
  return {.name = std::string(error_name::invalid_parameter), .message = std::move(message)};
}

/// Characters, not bytes: all bytes of UTF-8 but those that continue a character.
std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

bool is_long_token(std::string_view token) { return count_characters(token) > longest_token; }

Expected<Request, ServiceError> list_request(const ListInput& input) {
  Request request{.target = "RekognitionService.ListMediaAnalysisJobs", .body = "{"};
  if (input.max_results) {
    const double count = *input.max_results;
    if (!(count >= 1 && count <= most_results) || count != std::floor(count)) {
      return invalid("MaxResults must be a whole number from 1 to 100");
    }
    request.body.append("\"MaxResults\":");
    append_json_number(request.body, count);
  }
  if (input.next_token) {
    if (!input.is_token_given && is_long_token(*input.next_token))
      return invalid("NextToken must not exceed 1024 characters");
    if (input.max_results) request.body += ',';
    request.body.append("\"NextToken\":");
    append_json_string(request.body, *input.next_token);
  }
  request.body += '}';
  return request;
}

Expected<Request, ServiceError> get_request(std::string_view job_id) {
  const auto is_allowed = [](char c) { return ascii::is_letter(c) || ascii::is_digit(c) || c == '-' || c == '_'; };
  if (job_id.empty() || job_id.size() > longest_job_id || !std::all_of(job_id.begin(), job_id.end(), is_allowed)) {
    return invalid("JobId must be 1 to 64 letters, digits, hyphens and underscores");
  }
  Request request{.target = "RekognitionService.GetMediaAnalysisJob", .body = "{\"JobId\":"};
  append_json_string(request.body, job_id);
  request.body += '}';
  return request;
}

}  // namespace rekognition_jobs
