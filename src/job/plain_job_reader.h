// Reads jobs that are written plainly, as the service and the AWS CLI write them, at the speed of a scan.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "job/media_analysis_job.h"

namespace rekognition_jobs {

/// Takes a job whose members are all known, of their types, there once and not null, and whose text is ASCII without
/// escapes. Declines everything else, whatever it is: what it takes is what a full JSON reader would read, member for
/// member, so that only one reader need know what is wrong with the rest.
class PlainJobReader {
 public:
  /// The number of bytes of the job at the front of `text`, which `job` then holds, with its text in `text`; nothing
  /// when it declines. Linear in those bytes.
  [[nodiscard]] std::optional<std::size_t> read(std::string_view text, MediaAnalysisJob& job);

  /// Levels of nesting that a plain job has.
  static constexpr std::size_t nesting = 3;

 private:
  class Scan;

  /// Members mostly come in the same order: after each one, the one that came next the last time.
  std::array<Member, member_count> followers_{};
};

}  // namespace rekognition_jobs
