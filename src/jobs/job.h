// A job as a value that borrows its text: readers return it, writers take it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "../base/timestamp.h"
#include "schema.h"

namespace rekognition_jobs {

/// A job's members. Text is borrowed: it lives as long as whoever handed the job out says. A member's value means
/// something only while `members` contains it; unknown values of Status and Code are kept as they came.
struct MediaAnalysisJob {
  MemberSet members;
  std::array<std::string_view, member_count> texts{};
  double min_confidence = 0;  ///< percent
  Timestamp creation_timestamp = 0;
  Timestamp completion_timestamp = 0;

  [[nodiscard]] bool has(Member member) const { return members.contains(member); }

  [[nodiscard]] std::optional<std::string_view> text(Member member) const {
    return has(member) ? std::optional(texts[index_of(member)]) : std::nullopt;
  }

  [[nodiscard]] std::optional<Timestamp> timestamp(Member member) const {
    if (!has(member)) return std::nullopt;
    return member == Member::CreationTimestamp ? creation_timestamp : completion_timestamp;
  }

  /// CompletionTimestamp − CreationTimestamp in milliseconds, when both are there.
  [[nodiscard]] std::optional<std::int64_t> duration() const {
    if (!has(Member::CreationTimestamp) || !has(Member::CompletionTimestamp)) return std::nullopt;
    return completion_timestamp - creation_timestamp;
  }
};

/// Whether the service has nothing more to tell of the job (API: MediaAnalysisJobStatus).
[[nodiscard]] inline bool is_finished(const MediaAnalysisJob& job) {
  const auto status = job.text(Member::Status);
  return status == "SUCCEEDED" || status == "FAILED" || job.has(Member::CompletionTimestamp);
}

/// Whether two jobs have the same members with the same values.
[[nodiscard]] bool operator==(const MediaAnalysisJob& a, const MediaAnalysisJob& b);

}  // namespace rekognition_jobs
