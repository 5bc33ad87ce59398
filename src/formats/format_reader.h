// Finds the records of a saved file in whatever form it has, and writes them as the service would.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../base/notice.h"
#include "csv_records.h"
#include "kind_rules.h"
#include "lenient_lexer.h"
#include "record_kind.h"
#include "record_search.h"
#include "rejections.h"
#include "skipped_text.h"
#include "source_text.h"
#include "value_tree.h"

namespace rekognition_jobs::formats {

/// Reads a source in chunks of any size. Records may lie at any depth of objects, arrays and texts that hold JSON, and
/// between lines of other text. Records of the other kind are counted alone. A record that cannot be read is rejected,
/// and reading goes on at the next one, which is found by its first member. Holds the record at hand alone. Linear in
/// the source: what is read again after errors is less than most_rereadings times the text before.
class FormatReader {
 public:
  /// Where a reader takes over from another one.
  struct Start {
    SourcePlace place;
    std::string context;  ///< what is open there, as `{"MediaAnalysisJobs":[`
    bool follows_records = false;
    RecordKind kind = RecordKind::jobs;
  };

  explicit FormatReader(const Start& start);
  FormatReader() : FormatReader(Start{}) {}

  void read(std::string_view bytes);
  void finish();

  /// The records since the last call, a line of JSON each. A manifest summary is one beside images.
  [[nodiscard]] std::string take_lines();

  [[nodiscard]] const Rejections& rejections() const { return rejections_; }
  [[nodiscard]] const Notices& notices() const { return notices_; }

  /// The NextToken of the last page.
  [[nodiscard]] const std::optional<std::string>& next_token() const { return next_token_; }

  /// What the source is, such as "JSON array, UTF-16LE".
  [[nodiscard]] std::string format() const;

  /// Bytes that reading so many bytes allocates at most.
  [[nodiscard]] std::uint64_t bytes_to_read(std::size_t size) const;

 private:
  enum class Progress : std::uint8_t { made, needs_bytes };
  enum class Expect : std::uint8_t { name, name_or_end, colon, value, value_or_end, comma_or_end };
  enum class Mode : std::uint8_t { recognising, json, csv };

  /// An object or array that has begun and not ended.
  struct Open {
    NodeIndex node = 0;
    bool is_object = false;
    Expect expect{};
    bool has_records = false;    ///< some were taken out of it
    bool is_of_records = false;  ///< an array of which some element was one
    bool is_listing = false;     ///< its name is MediaAnalysisJobs
    bool is_errors = false;      ///< its name is errors: a summary's name images, and are none
    bool has_id = false;
    std::uint8_t members = 0;  ///< names of a record's members: none, one, or more
  };

  void run();
  void pass_over_large_record();
  Progress step();
  Progress recognise();
  Progress step_between();
  Progress step_within();
  Progress search();
  void read_csv();

  void open(bool is_object, std::size_t at);
  void close(std::size_t end);
  void take_value(ValueKind kind, std::string_view value, std::size_t at);
  void value_ended();
  void record_ended(std::size_t end);
  void close_object(NodeIndex node, const Open& closed);
  void reject_remains(NodeIndex array, bool is_listing, bool has_read_texts);
  bool read_texts_within(NodeIndex node);
  bool read_within(std::string_view text, NodeIndex node);
  bool take_next_token(NodeIndex node);
  void note_lapse(const LenientLexer::Result& token);
  [[nodiscard]] bool is_within_record(std::size_t members) const;
  [[nodiscard]] bool is_of_other_kind(NodeIndex node, const Open& closed) const;
  std::optional<std::string> append_record(NodeIndex node);
  void note_empty(NodeIndex node);
  void tell_of_empty();

  [[nodiscard]] std::string_view images_form() const;

  void fail(std::size_t at, std::string_view message, bool is_told_at_start = false);
  [[nodiscard]] std::size_t resume_after(std::size_t begin, std::size_t at);
  /// Reads on at an object that was found, as an element or as a document of its own.
  void go_on_at(std::size_t brace);
  void forget_text();
  void name_form();

  [[nodiscard]] const std::string& text() const { return source_.text(); }

  RecordKind kind_;
  const KindRules& rules_;
  SourceText source_;  ///< from the last record's end on
  LenientLexer lexer_;
  std::size_t at_ = 0;
  std::size_t waits_for_ = 0;  ///< the size of the text from which another step is tried
  std::uint64_t reread_ = 0;   ///< bytes that were read again after an error
  bool is_last_ = false;
  Mode mode_ = Mode::recognising;

  ValueTree tree_;
  std::vector<Open> open_;
  std::string name_;
  std::string record_start_;  ///< the first member of the last record, to find the next one by
  std::string head_;          ///< of the source, to name its form by
  std::optional<CsvRecords> csv_;
  std::string form_;  ///< of a source without jobs

  std::string lines_read_;
  std::uint64_t record_count_ = 0;
  std::uint64_t other_count_ = 0;     ///< of the other kind
  std::uint64_t answered_count_ = 0;  ///< images with detect-moderation-labels
  bool has_summary_ = false;
  std::uint64_t documents_ = 0;
  std::optional<std::string> next_token_;
  Rejections rejections_;
  Notices notices_;
  std::optional<Rejection> first_error_;
  std::vector<SourcePlace> empty_;  ///< documents without a record, the first of empty_count_
  std::uint64_t empty_count_ = 0;
  std::string empty_sample_;
  bool has_record_documents_ = false;   ///< some document is a record itself
  std::optional<RecordSearch> search_;  ///< after an error
  SkippedText skipped_;
  SourcePlace start_;
  bool follows_records_ = false;
  bool is_within_text_ = false;
  bool has_listing_ = false;
};

}  // namespace rekognition_jobs::formats
