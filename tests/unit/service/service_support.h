// What the tests of the service share: refusals, and the time at which they start_time.
#pragma once

#include <string>

#include "base/timestamp.h"
#include "service/http_response.h"

namespace rekognition_jobs::test {

inline HttpResponse refusal(int status, std::string body) { return {.status = status, .body = std::move(body)}; }

inline HttpResponse throttling() { return refusal(500, R"({"__type":"ThrottlingException","message":"slow down"})"); }

inline constexpr Timestamp start_time = 1'795'512'600'000;  // 2026-11-24T09:30:00Z

}  // namespace rekognition_jobs::test
