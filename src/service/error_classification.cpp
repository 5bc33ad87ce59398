// All lists of error names: those of the SDK's service-error-classification, and the expired credentials'.
#include "error_classification.h"

#include <algorithm>
#include <array>

namespace rekognition_jobs {
namespace {

constexpr std::array<std::string_view, 14> throttling_names{"BandwidthLimitExceeded",
                                                            "EC2ThrottledException",
                                                            "LimitExceededException",
                                                            "PriorRequestNotComplete",
                                                            "ProvisionedThroughputExceededException",
                                                            "RequestLimitExceeded",
                                                            "RequestThrottled",
                                                            "RequestThrottledException",
                                                            "SlowDown",
                                                            "ThrottledException",
                                                            "Throttling",
                                                            "ThrottlingException",
                                                            "TooManyRequestsException",
                                                            "TransactionInProgressException"};
constexpr std::array<int, 1> throttling_statuses{429};

/// The SDK's, and three that tell the same without a status: the API's own, that of all AWS APIs, and ours.
constexpr std::array<std::string_view, 6> transient_names{error_name::timeout,       "RequestTimeout",
                                                          "RequestTimeoutException", "InternalServerError",
                                                          "InternalFailure",         error_name::network};
constexpr std::array<int, 4> transient_statuses{500, 502, 503, 504};

constexpr std::array<std::string_view, 7> clock_skew_names{
    "AccessDeniedException", "AuthFailure",          "InvalidSignatureException", "RequestExpired",
    "RequestInTheFuture",    "RequestTimeTooSkewed", "SignatureDoesNotMatch"};

constexpr std::array<std::string_view, 3> expired_names{"ExpiredToken", "ExpiredTokenException", "RequestExpired"};
/// Temporary credentials may be refused by this name once they have expired; a lasting key pair never was valid.
constexpr std::string_view expired_session_name = "UnrecognizedClientException";

template <class List, class Value>
bool contains(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

Retryable retryable_of(std::string_view name, int http_status) {
  if (contains(throttling_names, name) || contains(throttling_statuses, http_status)) return Retryable::throttling;
  const bool is_transient = contains(transient_names, name) || contains(transient_statuses, http_status);
  return is_transient ? Retryable::transient : Retryable::no;
}

bool may_be_clock_skew(std::string_view name) { return contains(clock_skew_names, name); }

bool may_be_expired_credentials(std::string_view name, bool has_session_token) {
  return contains(expired_names, name) || (has_session_token && name == expired_session_name);
}

}  // namespace rekognition_jobs
