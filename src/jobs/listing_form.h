// Names the form of a listing, by its beginning and by what was read in it.
#pragma once

#include <cstdint>
#include <string_view>

namespace rekognition_jobs {

/// `head` is how the source begins; a listing is a response with MediaAnalysisJobs.
[[nodiscard]] constexpr std::string_view listing_form(std::string_view head, bool has_listing,
                                                      std::uint64_t documents) {
  const std::size_t first = head.find_first_of("{[");
  if (has_listing) {
    const std::size_t next = first == std::string_view::npos ? first : head.find_first_not_of(" \t", first + 1);
    const bool is_pretty = next != std::string_view::npos && (head[next] == '\n' || head[next] == '\r');
    return is_pretty ? "AWS CLI JSON" : "API JSON";
  }
  if (first != std::string_view::npos && head[first] == '[') return "JSON array";
  return documents > 1 ? "NDJSON" : "JSON";
}

}  // namespace rekognition_jobs
