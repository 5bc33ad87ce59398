// Reads one record: plain jobs by a scan, all else from the events of the full parser.
#include "json_reader.h"

#include <utility>

#include "../json/schema_handler.h"

namespace rekognition_jobs {
/// Takes a job, or what stands around jobs in a response.
class RecordHandler final : public SchemaHandler<JobBuilder> {
 public:
  RecordHandler(RecordReader& reader, RecordContext context)
      : SchemaHandler(reader.job_, reader.texts_), reader_(reader), context_(context) {}

  bool on_null() override {
    if (at_next_token_) reader_.next_token_.reset();
    return SchemaHandler::on_null();
  }

  bool on_string(const std::string& value) override {
    if (at_next_token_) reader_.next_token_ = value;
    return SchemaHandler::on_string(value);
  }

  bool on_object() override {
    if (!at_jobs_) return SchemaHandler::on_object();
    mistype();
    return enter(Within::other, Member::Job);
  }

  bool on_array() override {
    if (at_next_token_) mistype();
    opens_jobs_ = at_jobs_;
    return !opens_jobs_ && SchemaHandler::on_array();
  }

  bool on_name(const std::string& name) override {
    const bool is_top_level = levels_.size() == 1;
    at_jobs_ = is_top_level && is_called(name, "MediaAnalysisJobs");
    at_next_token_ = is_top_level && is_called(name, "NextToken");
    if (is_top_level && name == "source-ref") is_of_results_ = true;
    if (is_top_level && name == "statistics") is_summary_ = true;
    const bool is_in_job = levels_.back().within == Within::object;
    SchemaHandler::on_name(name);
    const bool is_known = target_ || !is_in_job || at_jobs_ || at_next_token_ || (is_top_level && is_metadata(name));
    return is_known || !declines();
  }

  [[nodiscard]] Record result(JsonReading reading) {
    reader_.variants_ = {.names = spelled_otherwise_};
    Record record;
    record.size = reading.size;
    if (reading.end == JsonReading::End::complete) check_whole();
    if (is_other_form_) {
      record.kind = Record::Kind::mistyped;
      return record;
    }
    if (opens_jobs_) {
      record.kind = Record::Kind::head;
      record.message = std::move(mistyped_token_);
    } else if (reading.end != JsonReading::End::complete) {
      const bool is_unreadable = reading.end == JsonReading::End::unreadable;
      record.kind = is_unreadable ? Record::Kind::unreadable : Record::Kind::malformed;
      record.error_offset = reading.error_offset;
      record.message = std::move(reading.message);
      const bool is_cut_off = reading.end == JsonReading::End::cut_off;
      if (is_cut_off && !context_.is_last_text) record.kind = Record::Kind::incomplete;
    } else if (context_.continues_response) {
      record.kind = Record::Kind::tail;
      record.message = std::move(mistyped_token_);
    } else if (mistyped_.empty()) {
      record.kind = Record::Kind::job;
    } else {
      record.kind = Record::Kind::mistyped;
      record.message = std::move(mistyped_);
    }
    return record;
  }

 private:
  /// What clients add to an answer's members.
  static bool is_metadata(std::string_view name) {
    return name == "ResponseMetadata" || name == "$metadata" || name == "@metadata";
  }

  [[nodiscard]] bool takes_spellings() const override { return reader_.declines_other_forms_; }

  bool is_called(std::string_view name, std::string_view wanted) {
    if (name == wanted) return true;
    const bool is_spelled = takes_spellings() && is_spelling_of(name, wanted);
    if (is_spelled) ++spelled_otherwise_;
    return is_spelled;
  }

  /// Notes that the record has another form; whether to stop at that.
  bool declines() {
    is_other_form_ = reader_.declines_other_forms_;
    return is_other_form_;
  }

  bool timestamp(std::optional<Timestamp> value) override {
    if (value && !is_plain_time(*value) && declines()) return false;
    return SchemaHandler::timestamp(value);
  }

  /// What only the whole record can tell.
  void check_whole() {
    if (context_.continues_response || !mistyped_.empty()) return;
    if (!members_.contains(Member::JobId)) {
      mistyped_ = is_of_results_ ? "this is a line of a job's results, not a listing of jobs"
                  : is_summary_  ? "this is a job's manifest summary, not a listing of jobs"
                                 : "not a job listing (found neither JobId nor MediaAnalysisJobs)";
    } else if (!JobBuilder::finish(record_, members_)) {
      mistyped_ = "JobId must not be empty";
    }
  }

  bool mistype() override {
    if (mistyped_.empty() && at_jobs_) mistyped_ = "MediaAnalysisJobs must be an array";
    if (mistyped_.empty() && at_next_token_) mistyped_token_ = "NextToken must be a string";
    return SchemaHandler::mistype();
  }

  bool value_ends() override {
    at_jobs_ = false;
    at_next_token_ = false;
    return SchemaHandler::value_ends();
  }

  RecordReader& reader_;
  RecordContext context_;
  bool at_jobs_ = false;
  bool at_next_token_ = false;
  bool opens_jobs_ = false;
  bool is_of_results_ = false;
  bool is_summary_ = false;
  bool is_other_form_ = false;
  std::string mistyped_token_;
};

Record RecordReader::read(std::string_view text, RecordContext context) {
  may_be_cut_plain_job_ = false;
  const std::size_t size = context.continues_response ? 0 : read_plain(text, context.depth);
  if (size == 0 && may_be_cut_plain_job_ && !context.is_last_text) return {};
  if (size == 0) return read_fully(text, context);
  return {.kind = Record::Kind::job, .size = size, .is_plain = true};
}

std::size_t RecordReader::read_plain(std::string_view text, std::size_t depth) {
  if (!scans_plain_jobs_ || depth + FastJobReader::nesting > max_nesting) return 0;
  next_token_.reset();
  const auto size = plain_.read(text, job_);
  variants_ = plain_.variants();
  may_be_cut_plain_job_ = plain_.ran_out();
  return size.value_or(0);
}

Record RecordReader::read_fully(std::string_view text, RecordContext context) {
  job_ = {};
  texts_ = {};
  next_token_.reset();
  RecordHandler handler(*this, context);
  JsonReading reading = read_json({.text = text,
                                   .depth = context.depth,
                                   .is_alone = context.is_alone,
                                   .continues_object = context.continues_response},
                                  handler);
  return handler.result(std::move(reading));
}

}  // namespace rekognition_jobs
