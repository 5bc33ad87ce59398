// An HTTP response, with the headers that are used here.
#pragma once

#include <string>

namespace rekognition_jobs {

struct HttpResponse {
  int status = 0;
  std::string error_type{};       ///< X-Amzn-Errortype
  std::string request_id{};       ///< X-Amzn-Requestid
  std::string retry_after{};      ///< Retry-After: seconds, or a date
  std::string amz_retry_after{};  ///< X-Amz-Retry-After: milliseconds
  std::string date{};             ///< Date, where the browser may see it
  bool is_from_cache = false;     ///< it has an Age, so that its Date says nothing of now
  std::string body{};

  [[nodiscard]] bool is_success() const { return status >= 200 && status < 300; }
};

}  // namespace rekognition_jobs
