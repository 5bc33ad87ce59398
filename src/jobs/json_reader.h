// Reads one record, a job or the head of a list response, from JSON text that may be incomplete.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "../base/string_arena.h"
#include "../json/sax.h"
#include "fast_reader.h"
#include "job.h"

namespace rekognition_jobs {

/// What lay at the front of a text.
struct Record {
  enum class Kind {
    job,         ///< a whole job
    head,        ///< a response up to and with the "[" of its MediaAnalysisJobs; `message` when NextToken is mistyped
    tail,        ///< a response's members after its MediaAnalysisJobs, with its "}"; `message` as for a head
    mistyped,    ///< a whole value that is no job: `message` tells why
    unreadable,  ///< valid in its structure, but not in a value: `error_offset` and `message` tell where and why
    malformed,   ///< a syntax error: `error_offset` and `message`
    incomplete,  ///< good so far, but the text ends
  };

  Kind kind = Kind::incomplete;
  std::size_t size = 0;  ///< bytes taken from the front, for the first four kinds
  std::size_t error_offset = 0;
  std::string message;
  bool is_plain = false;  ///< a job that the scan read
};

/// How a text starts and whether it may go on.
struct RecordContext {
  std::size_t depth = 0;            ///< levels of nesting around the record
  bool is_last_text = false;        ///< nothing follows: what is incomplete is malformed
  bool is_alone = false;            ///< the text must hold this value and nothing else
  bool continues_response = false;  ///< the text is a response after its MediaAnalysisJobs and a comma
};

/// The one seam between documents and records: JobReader knows nothing of the readers behind this. Plain jobs are
/// scanned; all else goes to the full parser, which alone decides what is an error. Unknown members are validated and
/// left out, null ones dropped, and of members that occur twice the last one counts.
class RecordReader {
 public:
  /// With `scans_plain_jobs` false, all goes to the full parser: what the scan is held to.
  /// With `declines_other_forms`, what the service and the AWS CLI do not write is mistyped, but for
  /// RecordVariants.
  explicit RecordReader(bool scans_plain_jobs = true, bool declines_other_forms = false)
      : scans_plain_jobs_(scans_plain_jobs), declines_other_forms_(declines_other_forms) {
    if (declines_other_forms) plain_.take_variants();
  }

  /// What the last record had that is taken though the service writes it otherwise.
  [[nodiscard]] const RecordVariants& variants() const { return variants_; }

  /// Reads the value at the front of `text`, which starts with its first byte (no white space). Linear in its size.
  [[nodiscard]] Record read(std::string_view text, RecordContext context);

  /// The number of bytes of the plainly written job at the front of `text`; 0 if there is none, which says no more.
  [[nodiscard]] std::size_t read_plain(std::string_view text, std::size_t depth);

  /// Line feeds in the job that read_plain() gave last.
  [[nodiscard]] std::size_t plain_line_feeds() const { return plain_.line_feeds(); }

  /// The job of the last read(), when it was one; valid until the next, and while the text it was given is.
  [[nodiscard]] const MediaAnalysisJob& job() const { return job_; }

  /// The NextToken of the last read(), when it was a response's head or tail and had one.
  [[nodiscard]] const std::optional<std::string>& next_token() const { return next_token_; }

 private:
  friend class RecordHandler;

  [[nodiscard]] Record read_fully(std::string_view text, RecordContext context);

  bool scans_plain_jobs_;
  bool declines_other_forms_;
  bool may_be_cut_plain_job_ = false;
  RecordVariants variants_;
  FastJobReader plain_;
  MediaAnalysisJob job_;
  StringArena texts_;
  std::optional<std::string> next_token_;
};

}  // namespace rekognition_jobs
