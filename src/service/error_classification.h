// Classifies the service's errors by name and status: what may be tried again, and what a clock or credentials cause.
#pragma once

#include <string_view>

#include "service_error.h"

namespace rekognition_jobs {

/// Whether another attempt may help. Throttling, by name or by status 429, comes before all else, as in the SDKs.
[[nodiscard]] Retryable retryable_of(std::string_view name, int http_status);

/// Whether a request that was signed by a wrong clock may be refused so.
[[nodiscard]] bool may_be_clock_skew(std::string_view name);

/// Whether the credentials have expired, or never were valid; `has_session_token` tells of temporary ones.
[[nodiscard]] bool may_be_expired_credentials(std::string_view name, bool has_session_token);

}  // namespace rekognition_jobs
