// Reads jobs from bytes that arrive in chunks: responses, arrays of jobs, single jobs, NDJSON, in any order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../json/bracket_skipper.h"
#include "../json/chunk_reader.h"
#include "json_reader.h"
#include "sink.h"

namespace rekognition_jobs {

/// Reads a stream of JSON documents (RFC 8259) without a limit on its length. A record is a job, a response (an object
/// with MediaAnalysisJobs) or an array of records. A bad record is told to the sink and reading goes on: after a value
/// that cannot be read, at the end of its record; after a syntax error, at the first line after the start of the broken
/// record that begins with "{" or "[". Holds the chunk at hand and one record at most. Linear in the bytes read.
class JobReader final : public ChunkReader {
 public:
  struct Options {
    /// A record of more than about so many bytes counts as broken: most likely a bracket that was never closed.
    std::size_t largest_record = std::size_t{64} << 20;
    bool scans_plain_jobs = true;  ///< see RecordReader
    /// Whether to stop at the first record, member, value or byte that the service and the AWS CLI do not write, for a
    /// reader of other forms to go on there: nothing is rejected then.
    bool stops_at_other_forms = false;
  };

  explicit JobReader(JobSink& sink) : JobReader(sink, Options{}) {}
  JobReader(JobSink& sink, Options options)
      : sink_(sink),
        largest_record_(options.largest_record),
        stops_at_other_forms_(options.stops_at_other_forms),
        records_(options.scans_plain_jobs, options.stops_at_other_forms) {}

  /// The whole source at once, which is not copied; finish() is part of it.
  void read_whole(std::string_view source);

  /// The source has ended: what is unfinished is told as broken.
  void finish();

  /// Documents begun, responses among all records, and what was rejected: so that a caller can tell one good response
  /// from anything else.
  [[nodiscard]] std::uint64_t documents() const { return documents_; }
  [[nodiscard]] std::uint64_t responses() const { return responses_; }
  [[nodiscard]] std::uint64_t rejected() const { return rejected_; }

  /// The NextToken of the last response.
  [[nodiscard]] const std::optional<std::string>& next_token() const { return next_token_; }

  /// Whether it stopped at another form, of which all from the broken record on is left_over(). `context()` is JSON
  /// that opens what is open there, as `{"MediaAnalysisJobs":[`.
  [[nodiscard]] bool has_stopped() const { return has_stopped_; }
  [[nodiscard]] std::string_view left_over() const { return rest(); }
  [[nodiscard]] std::uint64_t left_over_offset() const { return offset(); }
  [[nodiscard]] std::uint64_t left_over_line() const { return line_; }

  /// What the records so far had that was taken though the service writes it otherwise.
  [[nodiscard]] const RecordVariants& variants() const { return variants_; }
  [[nodiscard]] std::string context() const;

  /// Whether it has read jobs, or responses, so far.
  [[nodiscard]] bool has_found_records() const { return has_found_records_ || responses_ > 0; }

 private:
  /// What may come next.
  enum class Expect : std::uint8_t { document, first_element, element, separator, tail, tail_member };
  enum class Container : std::uint8_t { array, response };
  enum class Progress : std::uint8_t { made, needs_bytes };
  enum class Recovery : std::uint8_t { none, end_of_record, next_document };

  [[nodiscard]] std::size_t depth() const;
  void consume(std::size_t size);
  void consume(std::size_t size, std::size_t line_feeds);
  void skip_white_space();
  void reject(std::size_t position, std::string_view message);

  void read_on() override;
  void ended();
  Progress step();
  Progress start_document();
  Progress read_element();
  Progress read_record(bool continues_response);
  void read_plain_elements();
  Progress skip_to_end_of_record();
  Progress skip_to_next_document();
  void record_ended();
  void array_ended();
  void unexpected(std::string_view wanted);
  void count_variants();

  JobSink& sink_;
  std::size_t largest_record_;
  bool stops_at_other_forms_;
  RecordReader records_;
  std::size_t retry_size_ = 0;  ///< an incomplete record is tried again at this size: twice what it had
  bool at_line_start_ = true;
  Expect expect_ = Expect::document;
  std::vector<Container> containers_;
  Recovery recovery_ = Recovery::none;
  StructureSkipper skipper_;
  std::uint64_t documents_ = 0;
  std::uint64_t responses_ = 0;
  std::uint64_t rejected_ = 0;
  std::optional<std::string> next_token_;
  std::uint64_t line_ = 1;
  RecordVariants variants_;
  bool has_found_records_ = false;
  bool has_stopped_ = false;
};

}  // namespace rekognition_jobs
