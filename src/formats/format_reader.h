// Finds the records of a saved file in whatever form it has, and writes them as the service would.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/notice.h"
#include "formats/lenient_lexer.h"
#include "formats/text_decoder.h"
#include "formats/value_tree.h"

namespace rekognition_jobs::formats {

/// Reads a source in chunks of any size. Records may lie at any depth of objects, arrays and texts that hold JSON, and
/// between lines of other text. A record that cannot be read is rejected, and reading goes on at the next one, which is
/// found by its first member. Holds the record at hand alone. Linear in the source: what is read again after errors is
/// less than most_rereadings times the text before.
class FormatReader {
 public:
  struct Rejection {
    SourcePlace place;
    std::string message;
  };

  /// Where a reader takes over from another one.
  struct Start {
    SourcePlace place;
    std::string context;  ///< what is open there, as `{"MediaAnalysisJobs":[`
    bool follows_records = false;
  };

  explicit FormatReader(const Start& start);
  FormatReader() : FormatReader(Start{}) {}

  void read(std::string_view bytes);
  void finish();

  /// The jobs since the last call, a line of JSON each.
  [[nodiscard]] std::string take_jobs();

  /// Rejections that are kept; all are counted.
  static constexpr std::size_t most_rejections = 100;
  [[nodiscard]] const std::vector<Rejection>& rejections() const { return rejections_; }
  [[nodiscard]] std::uint64_t rejected() const { return rejected_; }
  [[nodiscard]] const Notices& notices() const { return notices_; }

  /// The NextToken of the last page.
  [[nodiscard]] const std::optional<std::string>& next_token() const { return next_token_; }

  /// What the source is, such as "JSON array, UTF-16LE".
  [[nodiscard]] std::string format() const;

  /// Bytes of text that are held, for an estimate of the memory that the next ones take.
  [[nodiscard]] std::size_t bytes_kept() const { return text_.size() + tree_.bytes() + decoder_.bytes_pending(); }

 private:
  enum class Progress : std::uint8_t { made, needs_bytes };
  enum class Expect : std::uint8_t { name, name_or_end, colon, value, value_or_end, comma_or_end };
  enum class Mode : std::uint8_t { recognising, json, csv, searching };

  /// An object or array that has begun and not ended.
  struct Open {
    NodeIndex node = 0;
    bool is_object = false;
    Expect expect{};
    bool has_records = false;  ///< some were taken out of it
    bool is_listing = false;   ///< its name is MediaAnalysisJobs
    bool has_job_id = false;
    std::uint8_t job_members = 0;  ///< names of a job's members: none, one, or more
  };

  void run();
  void pass_over_large_record();
  Progress step();
  Progress recognise();
  Progress step_between();
  Progress step_within();
  Progress search();
  void find_next_token();
  void read_csv();

  void open(bool is_object, std::size_t at);
  void close(std::size_t end);
  void take_value(ValueKind kind, std::string_view value, std::size_t at);
  void value_ended();
  void record_ended(std::size_t end);
  void close_object(NodeIndex node, const Open& closed);
  void reject_remains(NodeIndex array, bool has_read_texts);
  void read_texts_within(NodeIndex node);
  bool read_within(std::string_view text, NodeIndex node);
  bool take_next_token(NodeIndex node);
  void note_lapse(const LenientLexer::Result& token);
  [[nodiscard]] bool is_within_job(std::size_t job_members) const;

  void fail(std::size_t at, std::string_view message);
  [[nodiscard]] std::size_t resume_after(std::size_t begin, std::size_t at);
  void search_from(std::size_t at);
  /// Reads on at an object that was found, as an element or as a document of its own.
  void go_on_at(std::size_t brace);
  void skip(std::size_t from, std::size_t to);
  void note_skipped();
  void reject(std::size_t at, std::string_view message);
  void reject(SourcePlace place, std::string_view message);
  void cut_off();
  void forget_text();
  void name_form();

  [[nodiscard]] SourcePlace place_at(std::size_t at) const;
  [[nodiscard]] SourcePlace place_of(NodeIndex node) const;
  [[nodiscard]] std::uint32_t line_at(std::size_t at) const;

  TextDecoder decoder_;
  LenientLexer lexer_;
  std::string text_;              ///< decoded, from the last record's end on
  std::uint64_t text_begin_ = 0;  ///< its position in all of the text
  std::uint64_t context_size_ = 0;
  std::size_t at_ = 0;
  std::size_t waits_for_ = 0;           ///< the size of text_ from which another step is tried
  std::uint64_t reread_ = 0;            ///< bytes that were read again after an error
  mutable std::size_t counted_to_ = 0;  ///< lines were counted up to here
  mutable std::uint64_t lines_ = 1;
  bool is_last_ = false;
  Mode mode_ = Mode::recognising;

  ValueTree tree_;
  std::vector<Open> open_;
  std::string name_;
  std::string record_start_;  ///< the first member of the last record, to find the next one by
  std::string head_;          ///< of the source, to name its form by
  std::vector<std::string> csv_header_;
  std::string form_;  ///< of a source without jobs

  std::string jobs_;
  std::uint64_t job_count_ = 0;
  std::uint64_t image_count_ = 0;
  std::uint64_t documents_ = 0;
  std::optional<std::string> next_token_;
  std::vector<Rejection> rejections_;
  std::uint64_t rejected_ = 0;
  Notices notices_;
  std::optional<Rejection> first_error_;
  std::optional<SourcePlace> unread_from_;  ///< where the search for a record began
  std::uint64_t unread_at_ = 0;
  std::string unread_sample_;
  std::string skipped_sample_;
  std::uint64_t skipped_to_ = 0;
  std::optional<SourcePlace> skipped_place_;
  std::uint64_t skipped_bytes_ = 0;
  SourcePlace start_;
  bool follows_records_ = false;
  bool is_within_text_ = false;
  bool has_listing_ = false;
};

}  // namespace rekognition_jobs::formats
