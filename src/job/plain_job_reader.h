// Reads jobs that are written plainly, as the service and the AWS CLI write them, at the speed of a scan.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "job/media_analysis_job.h"

namespace rekognition_jobs {

/// Takes a job whose members are all known, of their types, there once and not null. Declines everything else, whatever
/// it is: what it takes is what a full JSON reader would read, member for member, so that only one reader need know
/// what is wrong with the rest.
///
/// Between two values all jobs of a source have the same few texts (`","CreationTimestamp":`), so each is parsed once,
/// and from then on compared: what is left to scan are the values.
class PlainJobReader {
 public:
  /// The number of bytes of the job at the front of `text`, which `job` then holds, with its text in `text` or in here
  /// until the next read; nothing when it declines. Linear in those bytes.
  [[nodiscard]] std::optional<std::size_t> read(std::string_view text, MediaAnalysisJob& job);

  /// Whether the last read() declined because the text ended: so far it was a plain job.
  [[nodiscard]] bool ran_out() const { return ran_out_; }

  /// Levels of nesting that a plain job has.
  static constexpr std::size_t nesting = 3;

 private:
  class Scan;

  /// What stands between two values, or before the first, or after the last.
  struct Link {
    std::string text;
    MemberSet opened;           ///< structures that begin in the text, and the member whose value is next
    Member next = Member::Job;  ///< whose value follows; Member::Job when the job has ended
  };

  /// By the member whose value is before them, Member::Job for the start.
  std::array<std::vector<Link>, member_count> links_;
  std::array<std::string, member_count> decoded_;  ///< text that had escapes
  bool ran_out_ = false;
};

}  // namespace rekognition_jobs
