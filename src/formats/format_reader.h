// Finds the records of a saved file in whatever form it has, and writes them as the service would.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/notice.h"
#include "formats/csv_images.h"
#include "formats/lenient_lexer.h"
#include "formats/record_kind.h"
#include "formats/text_decoder.h"
#include "formats/value_tree.h"

namespace rekognition_jobs::formats {

/// Reads a source in chunks of any size. Records may lie at any depth of objects, arrays and texts that hold JSON, and
/// between lines of other text. Records of the other kind are counted alone. A record that cannot be read is rejected,
/// and reading goes on at the next one, which is found by its first member. Holds the record at hand alone. Linear in
/// the source: what is read again after errors is less than most_rereadings times the text before.
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
    RecordKind kind = RecordKind::jobs;
  };

  explicit FormatReader(const Start& start);
  FormatReader() : FormatReader(Start{}) {}

  void read(std::string_view bytes);
  void finish();

  /// The records since the last call, a line of JSON each. A manifest summary is one beside images.
  [[nodiscard]] std::string take_lines();

  /// Rejections that are kept; all are counted.
  static constexpr std::size_t most_rejections = 100;
  [[nodiscard]] const std::vector<Rejection>& rejections() const { return rejections_; }
  [[nodiscard]] std::uint64_t rejected() const { return rejected_; }
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
  enum class Mode : std::uint8_t { recognising, json, csv, searching };

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
  void find_next_token();
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

  [[nodiscard]] bool is_id(std::string_view name) const;
  [[nodiscard]] bool names_member(std::string_view name) const;
  [[nodiscard]] std::size_t members_of_a_record() const;
  [[nodiscard]] std::string_view no_object_message() const;
  [[nodiscard]] std::string_view no_id_message() const;
  [[nodiscard]] std::string_view other_kind_message() const;
  [[nodiscard]] std::string_view images_form() const;

  void fail(std::size_t at, std::string_view message, bool is_told_at_start = false);
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
  [[nodiscard]] bool begins_line(std::size_t at) const;

  TextDecoder decoder_;
  LenientLexer lexer_;
  std::string text_;              ///< decoded, from the last record's end on
  std::uint64_t text_begin_ = 0;  ///< its position in all of the text
  bool text_begins_line_ = true;  ///< whether no more than white space of its line was before it
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

  std::string lines_read_;
  std::uint64_t record_count_ = 0;
  std::uint64_t other_count_ = 0;     ///< of the other kind
  std::uint64_t answered_count_ = 0;  ///< images with detect-moderation-labels
  bool has_summary_ = false;
  std::optional<CsvImages> csv_images_;
  RecordKind kind_ = RecordKind::jobs;
  std::uint64_t documents_ = 0;
  std::optional<std::string> next_token_;
  std::vector<Rejection> rejections_;
  std::uint64_t rejected_ = 0;
  Notices notices_;
  std::optional<Rejection> first_error_;
  std::vector<SourcePlace> empty_;  ///< documents without a record, the first of empty_count_
  std::uint64_t empty_count_ = 0;
  std::string empty_sample_;
  bool has_record_documents_ = false;       ///< some document is a record itself
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
