// Finds the service's time in a response, and compares it with ours.
#include "clock_skew.h"

#include <cstdlib>
#include <string_view>

namespace rekognition_jobs {
namespace {

constexpr std::int64_t tolerated = 4 * milliseconds_per_minute;
constexpr std::int64_t longest_round_trip = 15 * milliseconds_per_minute;

/// "Signature expired: 20261124T093000Z is now earlier than 20261124T093500Z (20261124T094000Z - 5 min.)", or
/// "Signature not yet current: … is still later than … (… + 5 min.)": the service's time stands after the parenthesis.
std::optional<Timestamp> time_in_refusal(std::string_view body) {
  const std::size_t refusal = body.find("Signature ");
  if (refusal == std::string_view::npos) return std::nullopt;
  body.remove_prefix(refusal);
  const std::size_t parenthesis = body.find('(');
  if (parenthesis == std::string_view::npos) return std::nullopt;
  body.remove_prefix(parenthesis + 1);
  return parse_basic_iso8601(body.substr(0, body.find(' ')));
}

}  // namespace

bool ClockSkew::learn(const HttpResponse& response, Timestamp sent_at, Timestamp received_at) {
  if (received_at - sent_at > longest_round_trip) return false;
  const auto theirs = service_time(response);
  if (!theirs || std::abs(*theirs - (received_at + offset_)) < tolerated) return false;
  offset_ = *theirs - received_at;
  return true;
}

std::optional<Timestamp> service_time(const HttpResponse& response) {
  if (!response.is_from_cache) {
    if (const auto date = parse_http_date(response.date)) return date;
  }
  return response.is_success() ? std::nullopt : time_in_refusal(response.body);
}

}  // namespace rekognition_jobs
