// Takes the full parser's events into an image's result or a manifest summary, whichever they turn out to be.
#include "json_reader.h"

#include <cstdlib>
#include <utility>

#include "../json/json_writer.h"
#include "../json/schema_handler.h"
#include "error_part.h"

namespace rekognition_jobs {
namespace {

std::optional<double> number_from(const std::string& text) {
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  return std::strtod(text.c_str(), nullptr);
}

/// Which number of a summary's statistics or errors a name stands for.
std::optional<double>* number_in(ManifestSummary& summary, std::string_view name) {
  if (name == "total-json-lines") return &summary.total_json_lines;
  if (name == "valid-json-lines") return &summary.valid_json_lines;
  if (name == "invalid-json-lines") return &summary.invalid_json_lines;
  return nullptr;
}

}  // namespace

/// What the events so far say of the text, as both an image's result and a summary: which of them it is can be known
/// only at its end.
class LineHandler final : public SchemaHandler<ResultBuilder> {
 public:
  explicit LineHandler(LineReader& reader)
      : SchemaHandler(reader.image_, reader.texts_),
        image_(reader.image_),
        summary_(reader.summary_),
        is_strict_(reader.is_strict_) {}

  bool on_number(double value) override {
    if (in_summary()) summary_number(value);
    if (error_ == ErrorPart::code || error_ == ErrorPart::message) {
      std::string text;
      append_json_number(text, value);
      take_error(text);
    }
    return SchemaHandler::on_number(value);
  }

  bool on_string(const std::string& value) override {
    if (levels_.empty()) return mistype();
    if (in_summary()) summary_text(value);
    if (error_ != ErrorPart::none || is(Where::errors)) take_error(value);
    return SchemaHandler::on_string(value);
  }

  bool on_object() override {
    if (levels_.empty() || is_in_list()) return SchemaHandler::on_object();
    if (is(Where::foreign_list)) return enter(Where::foreign_item);
    if (is(Where::errors) || error_ == ErrorPart::whole) {
      if (is_summary_list_ && is(Where::errors)) summary_.errors.emplace_back();
      if (!is(Where::error)) ++errors_;
      return enter(Where::error);
    }
    if (!at_statistics_) return SchemaHandler::on_object();
    has_statistics_ = true;
    return enter(Where::statistics);
  }

  bool on_array() override {
    if (levels_.empty()) {
      mistype();
      return enter(Where::foreign_list);
    }
    if (error_ != ErrorPart::whole) return SchemaHandler::on_array();
    is_summary_list_ = levels_.size() == 1;
    if (is_summary_list_) summary_.errors.clear();
    return enter(Where::errors);
  }

  bool on_array_end() override {
    if (is(Where::errors)) is_summary_list_ = false;
    return SchemaHandler::on_array_end();
  }

  bool on_name(const std::string& name) override {
    if ((is_at_line() || is(Where::foreign_item)) && (name == "MediaAnalysisJobs" || name == "JobId")) {
      is_jobs_ = true;
      return false;
    }
    SchemaHandler::on_name(name);
    const bool may_tell_error = is_at_line() || is(Where::error) || levels_.back().member == ResultMember::Detection;
    error_ = may_tell_error && !target_ ? error_part(name) : ErrorPart::none;
    at_statistics_ = is_at_line() && name == "statistics";
    name_ = name;
    is_other_form_ = is_strict_ && is_unknown(name);
    return !is_other_form_;
  }

  [[nodiscard]] Line result(JsonReading reading) {
    if (is_other_form_) return {Line::Kind::other, 0, {}};
    if (is_jobs_) return {Line::Kind::jobs, 0, {}};
    if (reading.end != JsonReading::End::complete) {
      const bool is_cut_off = reading.end == JsonReading::End::cut_off;
      return {is_cut_off ? Line::Kind::cut_off : Line::Kind::bad, reading.error_offset, std::move(reading.message)};
    }
    if (has_statistics_ && !members_.contains(ResultMember::SourceRef)) return {Line::Kind::summary, 0, {}};
    if (!mistyped_.empty()) return {Line::Kind::bad, 0, std::move(mistyped_)};
    if (!members_.contains(ResultMember::SourceRef)) {
      return {Line::Kind::bad, 0, "neither an image's result (no source-ref) nor a manifest summary (no statistics)"};
    }
    if (!ResultBuilder::finish(image_, members_)) return {Line::Kind::bad, 0, "source-ref must not be empty"};
    return {Line::Kind::image, 0, {}};
  }

 private:
  /// What a level of nesting is that is not of the schema.
  enum class Where : std::uint8_t {
    schema,
    errors,        ///< a list of them
    error,         ///< an object
    statistics,    ///< of a summary
    foreign_list,  ///< around the whole text
    foreign_item,  ///< in it
  };

  [[nodiscard]] bool is(Where where) const {
    return !levels_.empty() && levels_.back().other == static_cast<std::uint8_t>(where);
  }
  [[nodiscard]] bool is_at_line() const { return levels_.size() == 1 && levels_.back().within == Within::object; }

  using SchemaHandler::enter;
  bool enter(Where where) { return enter(Within::other, ResultMember::Line, static_cast<std::uint8_t>(where)); }

  /// Whether the member after its name is none that this reader knows.
  [[nodiscard]] bool is_unknown(std::string_view name) const {
    const Within within = levels_.back().within;
    if (target_ || error_ != ErrorPart::none || at_statistics_) return false;
    if (within != Within::object && within != Within::item) return false;
    return !is_at_line() || (name != "detect-moderation-labels-metadata" && name != "version");
  }

  [[nodiscard]] bool in_summary() const {
    return is_at_line() || is(Where::statistics) || (is(Where::error) && is_summary_list_);
  }

  void summary_number(std::optional<double> value) {
    if (is(Where::statistics)) {
      if (std::optional<double>* const number = number_in(summary_, name_)) *number = value;
    } else if (is(Where::error) && (name_ == "line-number" || name_ == "line-numer")) {
      summary_.errors.back().line_number = value;
    }
  }

  void summary_text(const std::string& value) {
    if (is_at_line()) {
      if (name_ == "version") summary_.version = value;
      return;
    }
    if (const auto number = number_from(value)) summary_number(number);
    if (!is(Where::error)) return;
    ManifestSummary::Error& error = summary_.errors.back();
    if (name_ == "source-ref") error.source_ref = value;
    if (error_ == ErrorPart::code) error.code = value;
    if (error_ == ErrorPart::message) error.message = value;
  }

  /// Of several errors the first one counts.
  void take_error(const std::string& value) {
    if (is(Where::errors)) ++errors_;
    if ((is(Where::error) || is(Where::errors)) && errors_ > 1) return;
    auto& text = error_ == ErrorPart::code ? image_.code : image_.message;
    text = texts_.add(value);
  }

  bool value_ends() override {
    error_ = ErrorPart::none;
    at_statistics_ = false;
    return SchemaHandler::value_ends();
  }

  ImageResult& image_;
  ManifestSummary& summary_;
  bool is_strict_;
  bool is_other_form_ = false;
  ErrorPart error_ = ErrorPart::none;
  std::string name_;  ///< of the value that comes next
  bool at_statistics_ = false;
  bool has_statistics_ = false;
  bool is_jobs_ = false;
  bool is_summary_list_ = false;  ///< the errors at hand may be a summary's
  std::size_t errors_ = 0;
};

Line LineReader::read(std::string_view text) {
  if (read_plain(text) == text.size() && !text.empty()) return {Line::Kind::image, 0, {}};
  summary_ = {};
  texts_ = {};
  LineHandler handler(*this);
  JsonReading reading = read_json({.text = text}, handler);
  return handler.result(std::move(reading));
}

}  // namespace rekognition_jobs
