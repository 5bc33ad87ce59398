// Reads one record: plain jobs by a scan, all else with nlohmann/json's SAX interface.
#include "job/record_reader.h"

#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "text/ascii.h"

namespace rekognition_jobs {
namespace {

using nlohmann::json;

/// The text as nlohmann's parser reads it; remembers how far that got. With `opening`, a "{" stands before the text.
class CountedText {
 public:
  CountedText(std::string_view text, bool opening) : text_(text), lead_(opening ? 1 : 0) {}

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    Iterator() = default;
    Iterator(CountedText& source, std::size_t position) : source_(&source), position_(position) {}

    char operator*() const { return position_ < source_->lead_ ? '{' : source_->text_[position_ - source_->lead_]; }
    Iterator& operator++() {
      source_->read_ = ++position_;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator& other) const { return position_ == other.position_; }

   private:
    CountedText* source_ = nullptr;
    std::size_t position_ = 0;
  };

  [[nodiscard]] Iterator begin() { return {*this, 0}; }
  [[nodiscard]] Iterator end() { return {*this, text_.size() + lead_}; }

  [[nodiscard]] std::string_view text() const { return text_; }

  /// Bytes of the text that have been read.
  [[nodiscard]] std::size_t read() const { return read_ - std::min(read_, lead_); }
  [[nodiscard]] bool read_all() const { return read() == text_.size(); }

  /// nlohmann counts characters from 1, the end of the text as one more.
  [[nodiscard]] std::size_t offset_of(std::size_t position) const {
    return std::min(position - std::min(position, lead_ + 1), text_.size());
  }

 private:
  std::string_view text_;
  std::size_t lead_;
  std::size_t read_ = 0;
};

/// Where the token starts whose last byte is at `last`. The library tells a string's or a number's whole text as
/// `token`; of a literal or a single character it tells what came before it, too.
std::size_t token_start(std::string_view text, std::size_t last, std::string_view token) {
  if (last >= text.size()) return text.size();
  if (text[last] == '"' || ascii::is_digit(text[last])) return last + 1 - std::min(token.size(), last + 1);
  std::size_t start = last;
  while (start > 0 && ascii::is_letter(text[start]) && ascii::is_letter(text[start - 1])) --start;
  return start;
}

/// Where the sequence of UTF-8 starts that `place` breaks: there, or at an earlier byte that asks for one at `place`.
std::size_t sequence_start(std::string_view text, std::size_t place) {
  for (std::size_t length = 1; length < 4 && length <= place; ++length) {
    const auto byte = static_cast<unsigned char>(text[place - length]);
    const std::size_t asked = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    if (asked > length) return place - length;
    if (asked != 1 || byte < 0x80) break;
  }
  return place;
}

/// Where the escape of a surrogate starts that ends at or before `place`.
std::size_t surrogate_start(std::string_view text, std::size_t place) {
  constexpr std::string_view surrogate_digits = "89abcdefABCDEF";
  for (std::size_t at = place; (at = text.rfind("\\u", at)) != std::string_view::npos; --at) {
    const std::string_view digits = text.substr(at + 2, 2);
    const bool is_surrogate = digits.size() == 2 && ascii::to_lower(digits[0]) == 'd' &&
                              surrogate_digits.find(digits[1]) != std::string_view::npos;
    if (is_surrogate) return at;
    if (at == 0) break;
  }
  return place;
}

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

/// Takes nlohmann's SAX events (its documented interface json_sax) into a RecordReader's job.
class RecordHandler {
 public:
  using number_integer_t = json::number_integer_t;
  using number_unsigned_t = json::number_unsigned_t;
  using number_float_t = json::number_float_t;
  using string_t = json::string_t;
  using binary_t = json::binary_t;

  RecordHandler(RecordReader& reader, const CountedText& text, RecordContext context)
      : reader_(reader), text_(text), context_(context) {}

  bool null() {
    if (target_) reader_.job_.members.erase(*target_);
    if (at_next_token_) reader_.next_token_.reset();
    return value_ends();
  }
  bool boolean(bool /*value*/) { return mistype(); }
  bool number_integer(number_integer_t value) { return number(static_cast<double>(value)); }
  bool number_unsigned(number_unsigned_t value) { return number(static_cast<double>(value)); }
  bool number_float(number_float_t value, const string_t& /*text*/) { return number(value); }
  bool binary(binary_t& /*value*/) { return mistype(); }

  bool string(const string_t& value) {
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

  bool start_object(std::size_t /*size*/) {
    if (!descend()) return false;
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
  bool end_object() { return leave(); }

  bool start_array(std::size_t /*size*/) {
    if (!descend()) return false;
    if (at_jobs_) {
      opens_jobs_ = true;
      return false;
    }
    mistype();
    target_.reset();
    return enter();
  }
  bool end_array() { return leave(); }

  bool key(const string_t& name) {
    target_ = parents_.back() ? find_member(*parents_.back(), name) : std::nullopt;
    at_jobs_ = parents_.size() == 1 && name == "MediaAnalysisJobs";
    at_next_token_ = parents_.size() == 1 && name == "NextToken";
    return true;
  }

  bool parse_error(std::size_t position, const std::string& last_token, const nlohmann::detail::exception& error) {
    const std::string_view what = error.what();
    constexpr int number_overflow = 406;
    const auto says = [what](std::string_view words) { return what.find(words) != std::string_view::npos; };
    is_unreadable_ = error.id == number_overflow || says("ill-formed UTF-8") || says("surrogate");
    error_offset_ = text_.offset_of(position);
    if (error.id == number_overflow || says("unexpected")) {
      error_offset_ = token_start(text_.text(), error_offset_, last_token);
    } else if (says("ill-formed UTF-8")) {
      error_offset_ = sequence_start(text_.text(), error_offset_);
    } else if (says("surrogate")) {
      error_offset_ = surrogate_start(text_.text(), error_offset_);
    }
    const std::size_t reason = what.find("syntax error");
    message_ = error.id == number_overflow ? "a number is too large"
                                           : std::string(reason == std::string_view::npos ? what : what.substr(reason));
    return false;
  }

  [[nodiscard]] Record result(bool parsed) {
    Record record;
    record.size = text_.read();
    if (opens_jobs_) {
      record.kind = Record::Kind::head;
      record.message = std::move(mistyped_token_);
    } else if (!parsed) {
      record.kind = is_unreadable_ ? Record::Kind::unreadable : Record::Kind::malformed;
      record.error_offset = error_offset_;
      record.message = std::move(message_);
      if (!context_.is_last_text && text_.read_all()) record.kind = Record::Kind::incomplete;
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

  /// What only the whole record can tell.
  void check_whole() {
    if (context_.continues_response || !mistyped_.empty()) return;
    if (!reader_.job_.has(Member::JobId)) {
      mistyped_ = "neither a job (no JobId) nor a response (no MediaAnalysisJobs)";
    } else if (reader_.texts_[index_of(Member::JobId)].empty()) {
      mistyped_ = "JobId must not be empty";
    }
  }

 private:
  bool number(double value) {
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

  bool descend() {
    if (context_.depth + parents_.size() < max_nesting) return true;
    is_unreadable_ = true;
    error_offset_ = text_.read() - 1;
    message_ = "nested deeper than 64 levels";
    return false;
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
  const CountedText& text_;
  RecordContext context_;
  std::vector<std::optional<Member>> parents_;  ///< a level of nesting each; nothing where it is not a job's
  std::optional<Member> target_;                ///< whose value comes next
  bool at_jobs_ = false;
  bool at_next_token_ = false;
  bool opens_jobs_ = false;
  std::string mistyped_;
  std::string mistyped_token_;
  bool is_unreadable_ = false;
  std::size_t error_offset_ = 0;
  std::string message_;
};

Record RecordReader::read(std::string_view text, RecordContext context) {
  const std::size_t size = context.continues_response ? 0 : read_plain(text, context.depth);
  if (size == 0) return read_fully(text, context);
  return {.kind = Record::Kind::job, .size = size};
}

std::size_t RecordReader::read_plain(std::string_view text, std::size_t depth) {
  if (depth + PlainJobReader::nesting > max_nesting) return 0;
  next_token_.reset();
  return plain_.read(text, job_).value_or(0);
}

Record RecordReader::read_fully(std::string_view text, RecordContext context) {
  job_ = {};
  next_token_.reset();
  CountedText counted(text, context.continues_response);
  RecordHandler handler(*this, counted, context);
  const bool parsed =
      json::sax_parse(counted.begin(), counted.end(), &handler, json::input_format_t::json, context.is_alone);
  if (parsed) handler.check_whole();
  for (std::size_t i = 0; i < member_count; ++i) job_.texts[i] = texts_[i];
  return handler.result(parsed);
}

}  // namespace rekognition_jobs
