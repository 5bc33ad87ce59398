// Reads the documents around records: what may stand between jobs, where one ends, where to continue after an error.
#include "reader.h"

#include <algorithm>

#include "../base/ascii.h"
#include "../base/checked_size.h"
#include "../base/utf8.h"
#include "../json/json_writer.h"

namespace rekognition_jobs {
namespace {

bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool opens_structure(char c) { return c == '{' || c == '['; }
bool starts_number(char c) { return c == '-' || ascii::is_digit(c); }
bool is_in_number(char c) { return starts_number(c) || c == '+' || c == '.' || c == 'e' || c == 'E'; }

}  // namespace

void JobReader::read_whole(std::string_view source) {
  read_last(source);
  ended();
}

void JobReader::finish() {
  read_last();
  ended();
}

void JobReader::ended() {
  if (recovery_ != Recovery::none) return;
  if (!containers_.empty()) {
    reject(0, "unexpected end of the source");
  } else if (documents_ == 0 && rejected_ == 0) {
    reject(0, "the source is empty");
  }
}

void JobReader::read_on() {
  while (step() == Progress::made) {
  }
}

JobReader::Progress JobReader::step() {
  if (has_stopped_) return Progress::needs_bytes;
  switch (recovery_) {
    case Recovery::none: break;
    case Recovery::end_of_record: return skip_to_end_of_record();
    case Recovery::next_document: return skip_to_next_document();
  }
  skip_white_space();
  if (rest().empty()) return Progress::needs_bytes;
  const char next = rest().front();
  switch (expect_) {
    case Expect::document: return start_document();
    case Expect::first_element:
      if (next == ']') {
        array_ended();
        return Progress::made;
      }
      return read_element();
    case Expect::element: return read_element();
    case Expect::separator:
      if (next == ',') {
        consume(1);
        expect_ = Expect::element;
      } else if (next == ']') {
        array_ended();
      } else {
        unexpected("',' or ']'");
      }
      return Progress::made;
    case Expect::tail:
      if (next == '}') {
        consume(1);
        containers_.pop_back();
        record_ended();
      } else if (next == ',') {
        consume(1);
        expect_ = Expect::tail_member;
      } else {
        unexpected("',' or '}'");
      }
      return Progress::made;
    case Expect::tail_member:
      if (next == '"') return read_record(/*continues_response=*/true);
      unexpected("a member's name");
      return Progress::made;
  }
  return Progress::needs_bytes;
}

JobReader::Progress JobReader::start_document() {
  const bool may_be_utf16 = offset() == 0 && rest().size() == 1 && (rest() == "\xFF" || rest() == "\xFE");
  if (may_be_utf16 && !is_last()) return Progress::needs_bytes;
  if (rest().front() != byte_order_mark.front()) return read_element();
  if (rest().size() < byte_order_mark.size() && !is_last()) return Progress::needs_bytes;
  if (rest().substr(0, byte_order_mark.size()) == byte_order_mark) {
    consume(byte_order_mark.size());
  } else {
    unexpected("a JSON object or array");
  }
  return Progress::made;
}

JobReader::Progress JobReader::read_element() {
  const char first = rest().front();
  if (first == '[') {
    if (containers_.empty()) ++documents_;
    if (depth() == max_nesting) {
      reject(0, "nested deeper than 64 levels");
      if (has_stopped_) return Progress::made;
      skipper_ = {};
      recovery_ = Recovery::end_of_record;
      return Progress::made;
    }
    consume(1);
    containers_.push_back(Container::array);
    expect_ = Expect::first_element;
    return Progress::made;
  }
  if (opens_structure(first) || starts_number(first) || first == '"' || first == 't' || first == 'f' || first == 'n') {
    return read_record(/*continues_response=*/false);
  }
  unexpected("a JSON object or array");
  return Progress::made;
}

JobReader::Progress JobReader::read_record(bool continues_response) {
  std::string_view text = rest();
  if (!is_last() && text.size() < retry_size_) return Progress::needs_bytes;
  RecordContext context{.depth = depth(), .is_last_text = is_last(), .continues_response = continues_response};
  if (continues_response) context.depth -= 2;
  if (starts_number(text.front())) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_in_number);
    if (end == text.end() && !is_last()) {
      retry_size_ = 2 * text.size();
      return Progress::needs_bytes;
    }
    text = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    context.is_last_text = true;
    context.is_alone = true;
  }
  const Record record = records_.read(text, context);
  if (record.kind == Record::Kind::incomplete) {
    if (text.size() > largest_record_) {
      reject(0, "a record is too large");
      if (!has_stopped_) recovery_ = Recovery::next_document;
      return Progress::made;
    }
    retry_size_ = checked_product(2, text.size());
    return Progress::needs_bytes;
  }
  retry_size_ = 0;
  if (containers_.empty()) ++documents_;
  switch (record.kind) {
    case Record::Kind::incomplete: break;
    case Record::Kind::job:
      has_found_records_ = true;
      count_variants();
      sink_.on_job(records_.job());
      record.is_plain ? consume(record.size, records_.plain_line_feeds()) : consume(record.size);
      record_ended();
      if (!containers_.empty()) read_plain_elements();
      break;
    case Record::Kind::mistyped:
      reject(0, record.message);
      consume(record.size);
      if (!has_stopped_) record_ended();
      break;
    case Record::Kind::head:
    case Record::Kind::tail:
      if (!record.message.empty()) reject(0, record.message);
      consume(record.size);
      if (has_stopped_) break;
      count_variants();
      if (continues_response) containers_.pop_back();
      if (record.kind == Record::Kind::head) {
        ++responses_;
        next_token_.reset();
        containers_.push_back(Container::response);
        expect_ = Expect::first_element;
      } else {
        record_ended();
      }
      if (records_.next_token()) {
        next_token_ = records_.next_token();
        sink_.on_next_token(*next_token_);
      }
      break;
    case Record::Kind::unreadable:
      reject(record.error_offset, record.message);
      if (has_stopped_) break;
      if (context.is_alone) {
        consume(text.size());
        record_ended();
      } else if (continues_response || text.front() == '{') {
        skipper_ = {};
        if (continues_response) {
          skipper_.take('{');
          containers_.pop_back();
        }
        recovery_ = Recovery::end_of_record;
      } else {
        recovery_ = Recovery::next_document;
      }
      break;
    case Record::Kind::malformed:
      reject(record.error_offset, record.message);
      if (!has_stopped_) recovery_ = Recovery::next_document;
      break;
  }
  return Progress::made;
}

void JobReader::read_plain_elements() {
  const std::size_t depth = this->depth();
  while (rest().size() > 1 && rest()[0] == ',' && rest()[1] == '{') {
    const std::size_t size = records_.read_plain(rest().substr(1), depth);
    if (size == 0) return;
    count_variants();
    sink_.on_job(records_.job());
    consume(1 + size, records_.plain_line_feeds());
  }
}

void JobReader::count_variants() {
  variants_.names += records_.variants().names;
  variants_.milliseconds += records_.variants().milliseconds;
}

JobReader::Progress JobReader::skip_to_end_of_record() {
  const std::string_view text = rest();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      const bool next_is_known = i + 1 < text.size();
      if (!next_is_known && !is_last()) {
        consume(i);
        return Progress::needs_bytes;
      }
      if (next_is_known && opens_structure(text[i + 1])) {
        consume(i);
        recovery_ = Recovery::next_document;
        return Progress::made;
      }
    }
    if (skipper_.take(text[i])) {
      consume(i + 1);
      recovery_ = Recovery::none;
      record_ended();
      return Progress::made;
    }
  }
  consume(text.size());
  return Progress::needs_bytes;
}

JobReader::Progress JobReader::skip_to_next_document() {
  containers_.clear();
  expect_ = Expect::document;
  const std::string_view text = rest();
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != '\n' || !opens_structure(text[i + 1])) continue;
    consume(i + 1);
    recovery_ = Recovery::none;
    return Progress::made;
  }
  const bool may_start_a_line = !text.empty() && text.back() == '\n';
  consume(text.size() - (may_start_a_line ? 1 : 0));
  return Progress::needs_bytes;
}

std::size_t JobReader::depth() const {
  std::size_t levels = 0;
  for (const Container container : containers_) levels += container == Container::response ? 2 : 1;
  return levels;
}

void JobReader::consume(std::size_t size) {
  const std::string_view consumed = rest().substr(0, size);
  consume(size, static_cast<std::size_t>(std::count(consumed.begin(), consumed.end(), '\n')));
}

void JobReader::consume(std::size_t size, std::size_t line_feeds) {
  if (size == 0 || has_stopped_) return;
  line_ += line_feeds;
  at_line_start_ = rest()[size - 1] == '\n';
  ChunkReader::consume(size);
}

void JobReader::skip_white_space() {
  const std::string_view text = rest();
  consume(static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_json_space) - text.begin()));
}

void JobReader::record_ended() { expect_ = containers_.empty() ? Expect::document : Expect::separator; }

void JobReader::array_ended() {
  consume(1);
  if (containers_.back() == Container::response) {
    expect_ = Expect::tail;
  } else {
    containers_.pop_back();
    record_ended();
  }
}

std::string JobReader::context() const {
  std::string context;
  for (const Container& container : containers_) {
    if (container == Container::response) {
      context += '{';
      if (next_token_) {
        context.append("\"NextToken\":");
        append_json_string(context, *next_token_);
        context += ',';
      }
      context.append("\"MediaAnalysisJobs\":");
    }
    context += '[';
    const bool is_innermost = &container == &containers_.back();
    if (!is_innermost || expect_ == Expect::separator) context.append(is_innermost ? "[]" : "[],");
    if (is_innermost && (expect_ == Expect::tail || expect_ == Expect::tail_member)) context += ']';
    if (is_innermost && expect_ == Expect::tail_member) context += ',';
    if (is_innermost && expect_ == Expect::element) context.append("[],");
  }
  return context;
}

void JobReader::reject(std::size_t position, std::string_view message) {
  has_stopped_ = stops_at_other_forms_;
  if (has_stopped_) return;
  ++rejected_;
  sink_.on_rejected(offset() + position, shortened(message));
}

void JobReader::unexpected(std::string_view wanted) {
  const bool is_foreign = is_utf16();
  reject(0, is_foreign ? "syntax error: UTF-16 text; save the file as UTF-8" : unexpected_text(rest().front(), wanted));
  if (has_stopped_) return;
  if (at_line_start_ && opens_structure(rest().front())) {
    containers_.clear();
    expect_ = Expect::document;
  } else {
    recovery_ = Recovery::next_document;
  }
}

}  // namespace rekognition_jobs
