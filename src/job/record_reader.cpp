// Reads one record: plain jobs by a scan, all else from a JSON library's events.
#include "job/record_reader.h"

#include <utility>
#include <vector>

#include "text/json_events.h"

namespace rekognition_jobs {
namespace {

std::string path_of(Member member) {
  const MemberShape& shape = shape_of(member);
  if (shape.parent == Member::Job) return std::string(shape.name);
  return path_of(shape.parent).append(".").append(shape.name);
}

std::string_view wanted(MemberType type) {
  switch (type) {
    case MemberType::structure: return "an object";
    case MemberType::text: return "a string";
    case MemberType::timestamp: return "an ISO 8601 timestamp or epoch seconds";
    case MemberType::number: return "a number";
  }
  return "";
}

}  // namespace

/// Takes what a JSON text holds into a RecordReader's job.
class RecordHandler : public JsonHandler {
 public:
  RecordHandler(RecordReader& reader, RecordContext context) : reader_(reader), context_(context) {}

  bool on_null() override {
    if (target_) reader_.job_.members.erase(*target_);
    if (at_next_token_) reader_.next_token_.reset();
    return value_ends();
  }
  bool on_boolean() override { return mistype(); }

  bool on_number(double value) override {
    if (!target_) return mistype();
    switch (shape_of(*target_).type) {
      case MemberType::number:
        reader_.job_.min_confidence = value;
        reader_.job_.members.insert(*target_);
        return value_ends();
      case MemberType::timestamp: return timestamp(from_epoch_seconds(value));
      default: return mistype();
    }
  }

  bool on_string(const std::string& value) override {
    if (at_next_token_) reader_.next_token_ = value;
    if (!target_) return value_ends();
    switch (shape_of(*target_).type) {
      case MemberType::text:
        reader_.texts_[index_of(*target_)] = value;
        reader_.job_.members.insert(*target_);
        return value_ends();
      case MemberType::timestamp: return timestamp(parse_timestamp(value));
      default: return mistype();
    }
  }

  bool on_object() override {
    if (parents_.empty()) {
      target_ = Member::Job;
    } else if (at_jobs_ || (target_ && shape_of(*target_).type != MemberType::structure)) {
      mistype();
    }
    if (target_) {
      reader_.job_.members.erase(*target_);
      reader_.job_.members.insert(*target_);
    }
    return enter();
  }
  bool on_object_end() override { return leave(); }

  bool on_array() override {
    if (at_jobs_) {
      opens_jobs_ = true;
      return false;
    }
    mistype();
    target_.reset();
    return enter();
  }
  bool on_array_end() override { return leave(); }

  bool on_name(const std::string& name) override {
    target_ = parents_.back() ? find_member(*parents_.back(), name) : std::nullopt;
    at_jobs_ = parents_.size() == 1 && name == "MediaAnalysisJobs";
    at_next_token_ = parents_.size() == 1 && name == "NextToken";
    if (parents_.size() == 1 && name == "source-ref") is_of_results_ = true;
    if (parents_.size() == 1 && name == "statistics") is_summary_ = true;
    return true;
  }

  [[nodiscard]] Record result(JsonReading reading, bool has_read_all) {
    Record record;
    record.size = reading.size;
    if (reading.end == JsonReading::End::complete) check_whole();
    if (opens_jobs_) {
      record.kind = Record::Kind::head;
      record.message = std::move(mistyped_token_);
    } else if (reading.end != JsonReading::End::complete) {
      const bool is_unreadable = reading.end == JsonReading::End::unreadable;
      record.kind = is_unreadable ? Record::Kind::unreadable : Record::Kind::malformed;
      record.error_offset = reading.error_offset;
      record.message = std::move(reading.message);
      if (!context_.is_last_text && has_read_all) record.kind = Record::Kind::incomplete;
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
  /// What only the whole record can tell.
  void check_whole() {
    if (context_.continues_response || !mistyped_.empty()) return;
    if (!reader_.job_.has(Member::JobId)) {
      mistyped_ = is_of_results_ ? "this is a line of a job's results, not a listing of jobs"
                  : is_summary_  ? "this is a job's manifest summary, not a listing of jobs"
                                 : "neither a job (no JobId) nor a response (no MediaAnalysisJobs)";
    } else if (reader_.texts_[index_of(Member::JobId)].empty()) {
      mistyped_ = "JobId must not be empty";
    }
  }

  bool timestamp(std::optional<Timestamp> value) {
    if (!value) return mistype();
    MediaAnalysisJob& job = reader_.job_;
    (*target_ == Member::CreationTimestamp ? job.creation_timestamp : job.completion_timestamp) = *value;
    job.members.insert(*target_);
    return value_ends();
  }

  /// Notes a value of the wrong type, the first one only, and goes on: the rest must still be valid JSON.
  bool mistype() {
    if (mistyped_.empty()) {
      if (parents_.empty()) {
        mistyped_ = "a job must be an object";
      } else if (at_jobs_) {
        mistyped_ = "MediaAnalysisJobs must be an array";
      } else if (at_next_token_) {
        mistyped_token_ = "NextToken must be a string";
      } else if (target_) {
        mistyped_ = path_of(*target_).append(" must be ").append(wanted(shape_of(*target_).type));
      }
    }
    target_.reset();
    return value_ends();
  }

  bool enter() {
    parents_.push_back(target_);
    return value_ends();
  }

  bool leave() {
    parents_.pop_back();
    return true;
  }

  bool value_ends() {
    target_.reset();
    at_jobs_ = false;
    at_next_token_ = false;
    return true;
  }

  RecordReader& reader_;
  RecordContext context_;
  std::vector<std::optional<Member>> parents_;  ///< a level of nesting each; nothing where it is not a job's
  std::optional<Member> target_;                ///< whose value comes next
  bool at_jobs_ = false;
  bool at_next_token_ = false;
  bool opens_jobs_ = false;
  bool is_of_results_ = false;
  bool is_summary_ = false;
  std::string mistyped_;
  std::string mistyped_token_;
};

Record RecordReader::read(std::string_view text, RecordContext context) {
  may_be_cut_plain_job_ = false;
  const std::size_t size = context.continues_response ? 0 : read_plain(text, context.depth);
  if (size == 0 && may_be_cut_plain_job_ && !context.is_last_text) return {};
  if (size == 0) return read_fully(text, context);
  return {.kind = Record::Kind::job, .size = size};
}

std::size_t RecordReader::read_plain(std::string_view text, std::size_t depth) {
  if (!scans_plain_jobs_ || depth + PlainJobReader::nesting > max_nesting) return 0;
  next_token_.reset();
  const auto size = plain_.read(text, job_);
  may_be_cut_plain_job_ = plain_.ran_out();
  return size.value_or(0);
}

Record RecordReader::read_fully(std::string_view text, RecordContext context) {
  job_ = {};
  next_token_.reset();
  RecordHandler handler(*this, context);
  JsonReading reading = read_json({.text = text,
                                   .depth = context.depth,
                                   .is_alone = context.is_alone,
                                   .continues_object = context.continues_response},
                                  handler);
  for (std::size_t i = 0; i < member_count; ++i) job_.texts[i] = texts_[i];
  const bool has_read_all = reading.size == text.size();
  return handler.result(std::move(reading), has_read_all);
}

}  // namespace rekognition_jobs
