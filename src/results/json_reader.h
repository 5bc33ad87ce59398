// Reads one line of a results file, or a whole manifest summary: plain lines by a scan, all else by the full parser.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "../base/string_arena.h"
#include "fast_reader.h"
#include "manifest_summary.h"
#include "result.h"

namespace rekognition_jobs {

/// What a text turned out to be.
struct Line {
  enum class Kind : std::uint8_t {
    image,    ///< an image's result
    summary,  ///< a manifest summary
    jobs,     ///< (the beginning of) a listing of jobs: told before its end, as it may be long
    bad,      ///< `message` tells why, and `error_offset` where
    cut_off,  ///< good so far, but the text ends
    other,    ///< has members that are not of the schema, which a strict reader leaves to another one
  };

  Kind kind = Kind::bad;
  std::size_t error_offset = 0;  ///< of a syntax error; 0 for what is only mistyped
  std::string message;
};

/// The seam between lines and what is in them. Unknown members are validated and left out, null ones dropped, and of
/// members that occur twice the last one counts. An error is looked for in `error`, `errors`, `failure` (a text, an
/// object, or a list of which the first counts) and in the line itself, as `code` and `message`, also with "error-" in
/// front; in upper and lower case.
class LineReader {
 public:
  /// With `scans_plain_lines` false, all goes to the full parser: what the scan is held to. A strict reader takes no
  /// unknown members.
  explicit LineReader(bool scans_plain_lines = true, bool is_strict = false)
      : scans_plain_lines_(scans_plain_lines), is_strict_(is_strict) {}

  /// Reads a text that should hold one JSON value and nothing else. Linear in its size.
  [[nodiscard]] Line read(std::string_view text);

  /// The number of bytes of the plainly written line at the front of `text`, which may go on behind it; 0 if there is
  /// none, which says no more.
  [[nodiscard]] std::size_t read_plain(std::string_view text) {
    return scans_plain_lines_ ? plain_.read(text, image_).value_or(0) : 0;
  }

  /// The last line that was an image's; valid until the next read, and while the text it was in is.
  [[nodiscard]] const ImageResult& image() const { return image_; }

  /// The last line that was a summary; valid until the next read.
  [[nodiscard]] const ManifestSummary& summary() const { return summary_; }

 private:
  friend class LineHandler;

  bool scans_plain_lines_;
  bool is_strict_;
  FastLineReader plain_;
  ImageResult image_;
  ManifestSummary summary_;
  StringArena texts_;
};

}  // namespace rekognition_jobs
