// Takes a JSON library's events into an image's result or a manifest summary, whichever they turn out to be.
#include "results/line_reader.h"

#include <cstdlib>
#include <utility>
#include <vector>

#include "results/result_member.h"
#include "text/ascii.h"
#include "text/json_events.h"
#include "text/json_text.h"

namespace rekognition_jobs {
namespace {

std::string path_of(ResultMember member) {
  const ResultMemberShape& shape = shape_of(member);
  if (shape.parent == ResultMember::Line) return std::string(shape.name);
  return path_of(shape.parent).append(".").append(shape.name);
}

std::string_view wanted(ResultMemberType type) {
  switch (type) {
    case ResultMemberType::object: return "an object";
    case ResultMemberType::list: return "an array of objects";
    case ResultMemberType::text: return "a string";
    case ResultMemberType::number: return "a number";
  }
  return "";
}

/// Where an error's code or message may stand, apart from the members of the table.
enum class ErrorPart : std::uint8_t { none, code, message, whole };

ErrorPart error_part(std::string_view name) {
  constexpr std::string_view prefix = "error";
  if (ascii::equal_ignoring_case(name.substr(0, prefix.size()), prefix) && name.size() > prefix.size()) {
    const std::string_view rest = name.substr(prefix.size());
    if (ascii::equal_ignoring_case(rest, "s")) return ErrorPart::whole;
    name = rest.substr(rest.front() == '-' || rest.front() == '_' ? 1 : 0);
  }
  if (ascii::equal_ignoring_case(name, "code")) return ErrorPart::code;
  if (ascii::equal_ignoring_case(name, "message")) return ErrorPart::message;
  const bool is_whole = ascii::equal_ignoring_case(name, prefix) || ascii::equal_ignoring_case(name, "failure");
  return is_whole ? ErrorPart::whole : ErrorPart::none;
}

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
class LineHandler : public JsonHandler {
 public:
  explicit LineHandler(LineReader& reader) : reader_(reader), image_(reader.image_), summary_(reader.summary_) {}

  bool on_null() override {
    if (target_ && *target_ != ResultMember::Line) drop(*target_);
    return value_ends();
  }
  bool on_boolean() override { return mistype(); }

  bool on_number(double value) override {
    if (in_summary()) summary_number(value);
    if (error_ == ErrorPart::code || error_ == ErrorPart::message) {
      std::string text;
      append_json_number(text, value);
      take_error(text);
    }
    if (!target_) return mistype();
    if (shape_of(*target_).type != ResultMemberType::number) return mistype();
    number_of(image_, *target_) = value;
    return value_ends();
  }

  bool on_string(const std::string& value) override {
    if (in_summary()) summary_text(value);
    if (levels_.empty()) return mistype();
    if (error_ != ErrorPart::none || levels_.back().where == Where::errors) take_error(value);
    if (!target_) return levels_.back().where == Where::list ? mistype() : value_ends();
    if (shape_of(*target_).type != ResultMemberType::text) return mistype();
    set_text(*target_, reader_.texts_.add(value));
    return value_ends();
  }

  bool on_object() override {
    if (levels_.empty()) return enter({Where::line, ResultMember::Line});
    const Level& level = levels_.back();
    if (level.where == Where::list) {
      if (level.member == ResultMember::Labels) image_.labels.emplace_back();
      if (level.member == ResultMember::ContentTypes) image_.content_types.emplace_back();
      item_has_name_ = false;
      return enter({Where::item, level.member});
    }
    if (level.where == Where::errors) {
      if (is_summary_list_) summary_.errors.emplace_back();
      ++errors_;
      return enter({Where::error, ResultMember::Line});
    }
    if (level.where == Where::foreign_list) return enter({Where::foreign_item, ResultMember::Line});
    if (error_ == ErrorPart::whole) {
      if (level.where != Where::error) ++errors_;
      return enter({Where::error, ResultMember::Line});
    }
    if (at_statistics_) {
      has_statistics_ = true;
      return enter({Where::statistics, ResultMember::Line});
    }
    if (!target_) return enter({Where::other, ResultMember::Line});
    if (shape_of(*target_).type != ResultMemberType::object) {
      mistype();
      return enter({Where::other, ResultMember::Line});
    }
    drop(*target_);
    image_.has_detection = true;
    return enter({Where::object, *target_});
  }

  bool on_object_end() override {
    const Level level = levels_.back();
    levels_.pop_back();
    if (level.where == Where::item && !item_has_name_ && mistyped_.empty()) {
      const auto name = level.member == ResultMember::Labels ? ResultMember::LabelName : ResultMember::ContentTypeName;
      mistyped_ = path_of(name).append(" is missing");
    }
    return value_ends();
  }

  bool on_array() override {
    if (levels_.empty()) {
      mistype();
      return enter({Where::foreign_list, ResultMember::Line});
    }
    if (error_ == ErrorPart::whole) {
      is_summary_list_ = levels_.size() == 1;
      if (is_summary_list_) summary_.errors.clear();
      return enter({Where::errors, ResultMember::Line});
    }
    if (levels_.back().where == Where::list) mistype();
    if (!target_) return enter({Where::other, ResultMember::Line});
    if (shape_of(*target_).type != ResultMemberType::list) {
      mistype();
      return enter({Where::other, ResultMember::Line});
    }
    drop(*target_);
    if (*target_ == ResultMember::ContentTypes) image_.has_content_types = true;
    return enter({Where::list, *target_});
  }

  bool on_array_end() override {
    if (levels_.back().where == Where::errors) is_summary_list_ = false;
    levels_.pop_back();
    return value_ends();
  }

  bool on_name(const std::string& name) override {
    const Where where = levels_.back().where;
    const bool is_at_top = where == Where::line || where == Where::foreign_item;
    if (is_at_top && (name == "MediaAnalysisJobs" || name == "JobId")) {
      is_jobs_ = true;
      return false;
    }
    const bool has_members = where == Where::line || where == Where::object || where == Where::item;
    target_ = has_members ? find_member(levels_.back().member, name) : std::nullopt;
    const bool may_tell_error =
        where == Where::line || where == Where::error || levels_.back().member == ResultMember::Detection;
    error_ = may_tell_error && !target_ ? error_part(name) : ErrorPart::none;
    at_statistics_ = where == Where::line && name == "statistics";
    name_ = name;
    return true;
  }

  [[nodiscard]] Line result(JsonReading reading, std::size_t text_size) {
    if (is_jobs_) return {Line::Kind::jobs, 0, {}};
    if (reading.end != JsonReading::End::complete) {
      const auto says = [&](std::string_view words) { return reading.verdict().find(words) != std::string_view::npos; };
      const bool is_cut_off = reading.size == text_size && (!says("unexpected") || says("unexpected end"));
      return {is_cut_off ? Line::Kind::cut_off : Line::Kind::bad, reading.error_offset, std::move(reading.message)};
    }
    if (has_statistics_ && !has_source_ref_) return {Line::Kind::summary, 0, {}};
    if (!mistyped_.empty()) return {Line::Kind::bad, 0, std::move(mistyped_)};
    if (!has_source_ref_) {
      return {Line::Kind::bad, 0, "neither an image's result (no source-ref) nor a manifest summary (no statistics)"};
    }
    if (image_.source_ref.empty()) return {Line::Kind::bad, 0, "source-ref must not be empty"};
    return {Line::Kind::image, 0, {}};
  }

 private:
  /// What a level of nesting is.
  enum class Where : std::uint8_t {
    line,
    object,        ///< of the table
    list,          ///< the same
    item,          ///< in such a list
    errors,        ///< a list of them
    error,         ///< an object
    statistics,    ///< of a summary
    foreign_list,  ///< around the whole text
    foreign_item,  ///< in it
    other,
  };

  struct Level {
    Where where;
    ResultMember member;  ///< whose members may be in it
  };

  [[nodiscard]] bool in_summary() const {
    if (levels_.empty()) return false;
    const Where where = levels_.back().where;
    return where == Where::statistics || where == Where::line || (where == Where::error && is_summary_list_);
  }

  void summary_number(std::optional<double> value) {
    const Where where = levels_.back().where;
    if (where == Where::statistics) {
      if (std::optional<double>* const number = number_in(summary_, name_)) *number = value;
    } else if (where == Where::error && (name_ == "line-number" || name_ == "line-numer")) {
      summary_.errors.back().line_number = value;
    }
  }

  void summary_text(const std::string& value) {
    const Where where = levels_.back().where;
    if (where == Where::line) {
      if (name_ == "version") summary_.version = value;
      return;
    }
    if (const auto number = number_from(value)) summary_number(number);
    if (where != Where::error) return;
    ManifestSummary::Error& error = summary_.errors.back();
    if (name_ == "source-ref") error.source_ref = value;
    if (error_ == ErrorPart::code) error.code = value;
    if (error_ == ErrorPart::message) error.message = value;
  }

  /// Of several errors the first one counts.
  void take_error(const std::string& value) {
    const Where where = levels_.back().where;
    if (where == Where::errors) ++errors_;
    if ((where == Where::error || where == Where::errors) && errors_ > 1) return;
    auto& text = error_ == ErrorPart::code ? image_.code : image_.message;
    text = reader_.texts_.add(value);
  }

  /// Takes out a member, and all that lies within it.
  void drop(ResultMember member) {
    switch (member) {
      case ResultMember::Line:
      case ResultMember::SourceRef: has_source_ref_ = false; break;
      case ResultMember::Detection:
        image_.has_detection = image_.has_content_types = false;
        image_.labels.clear();
        image_.content_types.clear();
        image_.model_version.reset();
        break;
      case ResultMember::Labels: image_.labels.clear(); break;
      case ResultMember::ContentTypes:
        image_.content_types.clear();
        image_.has_content_types = false;
        break;
      case ResultMember::ModelVersion: image_.model_version.reset(); break;
      case ResultMember::LabelName:
      case ResultMember::ContentTypeName: item_has_name_ = false; break;
      case ResultMember::LabelParentName: image_.labels.back().parent_name.reset(); break;
      case ResultMember::LabelConfidence:
      case ResultMember::LabelTaxonomyLevel:
      case ResultMember::ContentTypeConfidence: number_of(image_, member) = no_number; break;
    }
  }

  void set_text(ResultMember member, std::string_view text) {
    switch (member) {
      case ResultMember::LabelName:
        image_.labels.back().name = text;
        item_has_name_ = true;
        break;
      case ResultMember::ContentTypeName:
        image_.content_types.back().name = text;
        item_has_name_ = true;
        break;
      case ResultMember::LabelParentName: image_.labels.back().parent_name = text; break;
      case ResultMember::ModelVersion: image_.model_version = text; break;
      default:
        image_.source_ref = text;
        has_source_ref_ = true;
        break;
    }
  }

  /// Notes a value of the wrong type, the first one only, and goes on: the rest must still be valid JSON.
  bool mistype() {
    if (mistyped_.empty()) {
      if (levels_.empty()) {
        mistyped_ = "a line must be an object";
      } else if (levels_.back().where == Where::list) {
        mistyped_ = path_of(levels_.back().member).append(" must be an array of objects");
      } else if (target_) {
        mistyped_ = path_of(*target_).append(" must be ").append(wanted(shape_of(*target_).type));
      }
    }
    return value_ends();
  }

  bool enter(Level level) {
    levels_.push_back(level);
    return value_ends();
  }

  bool value_ends() {
    target_.reset();
    error_ = ErrorPart::none;
    at_statistics_ = false;
    return true;
  }

  LineReader& reader_;
  ImageResult& image_;
  ManifestSummary& summary_;
  std::vector<Level> levels_;
  std::optional<ResultMember> target_;  ///< whose value comes next
  ErrorPart error_ = ErrorPart::none;
  std::string name_;  ///< of the value that comes next
  bool at_statistics_ = false;
  bool has_statistics_ = false;
  bool has_source_ref_ = false;
  bool is_jobs_ = false;
  bool is_summary_list_ = false;  ///< the errors at hand may be a summary's
  bool item_has_name_ = false;
  std::size_t errors_ = 0;
  std::string mistyped_;
};

Line LineReader::read(std::string_view text) {
  if (read_plain(text) == text.size() && !text.empty()) return {Line::Kind::image, 0, {}};
  image_.clear();
  summary_ = {};
  texts_ = {};
  LineHandler handler(*this);
  JsonReading reading = read_json({.text = text}, handler);
  return handler.result(std::move(reading), text.size());
}

}  // namespace rekognition_jobs
