// Reads a job's results file from bytes that arrive in chunks: one JSON object per line, one line per image.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "../json/bracket_skipper.h"
#include "../json/chunk_reader.h"
#include "json_reader.h"
#include "sink.h"

namespace rekognition_jobs {

/// Reads lines (RFC 8259 each, UTF-8, ended by LF or CRLF) without a limit on their number. Empty lines are nothing. A
/// bad line is told to the sink and reading goes on with the next. A manifest summary is read as a line, and at the
/// start also over several lines; a listing of jobs is told as such, in both ways. Holds the chunk at hand and one line
/// at most. Linear in the bytes read.
class ResultsReader final : public ChunkReader {
 public:
  struct Options {
    std::size_t longest_line = std::size_t{16} << 20;  ///< bytes; a longer line is rejected
    bool scans_plain_lines = true;                     ///< see LineReader
    bool stops_at_other_forms = false;                 ///< leaves all from the first odd line on to another reader
  };

  explicit ResultsReader(ResultSink& sink) : ResultsReader(sink, Options{}) {}
  ResultsReader(ResultSink& sink, Options options)
      : sink_(sink),
        longest_line_(options.longest_line),
        stops_at_other_forms_(options.stops_at_other_forms),
        lines_(options.scans_plain_lines, options.stops_at_other_forms) {}

  /// The source has ended: a line that is cut off is told as such.
  void finish();

  /// Whether it stopped at another form, of which all from the odd line on is left_over().
  [[nodiscard]] bool has_stopped() const { return state_ == State::stopped; }
  [[nodiscard]] std::string_view left_over() const { return rest(); }
  [[nodiscard]] std::uint64_t left_over_offset() const { return offset(); }
  [[nodiscard]] std::uint64_t left_over_line() const { return line_; }
  [[nodiscard]] bool has_found_records() const { return has_found_; }

 private:
  enum class State : std::uint8_t {
    start,  ///< a byte order mark may come
    first,  ///< a document over several lines may come
    lines,
    skipping_line,      ///< to its end
    skipping_document,  ///< the same
    skipping_all,
    stopped,
  };

  void read_on() override;
  [[nodiscard]] bool read_mark();
  [[nodiscard]] bool read_document();
  [[nodiscard]] bool read_plain_line();
  [[nodiscard]] bool read_line();
  [[nodiscard]] bool skip_line();
  [[nodiscard]] bool skip_document();
  void take(const Line& line);
  void count_lines(std::string_view text);
  void consume(std::size_t size);
  void reject(std::size_t position, std::string_view message);
  /// Stops if that is wanted: what is left begins with what is odd.
  [[nodiscard]] bool stops();

  ResultSink& sink_;
  std::size_t longest_line_;
  bool stops_at_other_forms_;
  LineReader lines_;
  std::uint64_t line_ = 1;      ///< in which rest_ begins
  std::size_t searched_ = 0;    ///< bytes of rest_ without an end of line
  std::size_t retry_size_ = 0;  ///< a document over several lines is tried again at this size: twice what it had
  StructureSkipper skipper_;
  State state_ = State::start;
  bool has_found_ = false;  ///< anything at all
};

}  // namespace rekognition_jobs
