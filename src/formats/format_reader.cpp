// Reads token by token, with a stack of what is open. An object that is a record is taken as soon as it ends.
#include "formats/format_reader.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/spelling.h"
#include "base/utf8.h"
#include "formats/csv_rows.h"
#include "formats/form_names.h"
#include "formats/image_record.h"
#include "formats/job_record.h"
#include "formats/tree_values.h"
#include "jobs/listing_form.h"
#include "json/sax.h"
#include "results/results_form.h"

namespace rekognition_jobs::formats {
namespace {

constexpr std::size_t largest_record = std::size_t{16} << 20;
constexpr std::size_t largest_tree = std::size_t{64} << 20;
constexpr std::size_t head_size = 1024;
constexpr std::size_t forget_from = std::size_t{1} << 16;
constexpr std::size_t longest_name = 256;
constexpr std::size_t longest_token = 4096;  // with its name
constexpr std::uint64_t most_rereadings = 8;
constexpr std::uint64_t least_rereading = 4096;
constexpr std::size_t step_waits_for = 8;  // for an eighth of the text that is pending
constexpr std::uint8_t many_members = 2;

bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool begins_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

bool names_jobs(const std::vector<std::string>& header) {
  return std::any_of(header.begin(), header.end(),
                     [](const std::string& cell) { return is_spelling_of(cell, "JobId"); });
}

bool is_bulk_action(std::string_view name) { return name == "index" || name == "create" || name == "update"; }

bool is_job_id(std::string_view name) { return is_spelling_of(name, "JobId"); }
bool is_source_ref(std::string_view name) { return is_spelling_of(name, "source-ref"); }

}  // namespace

FormatReader::FormatReader(const Start& start)
    : decoder_(start.place.offset),
      lines_(start.place.line),
      kind_(start.kind),
      start_(start.place),
      follows_records_(start.follows_records) {
  if (start.context.empty()) {
    has_record_documents_ = follows_records_;
    if (follows_records_) mode_ = Mode::json;
    return;
  }
  mode_ = Mode::json;
  text_ = start.context;
  context_size_ = start.context.size();
  run();
  const bool follows_element = !open_.empty() && tree_.size() > open_.back().node + 1U;
  if (follows_element && follows_records_) open_.back().has_records = open_.back().is_of_records = true;
}

void FormatReader::read(std::string_view bytes) {
  decoder_.decode(bytes, /*is_last=*/false, text_);
  if (text_.size() >= waits_for_) run();
}

void FormatReader::finish() {
  is_last_ = true;
  decoder_.decode({}, /*is_last=*/true, text_);
  run();
  if (csv_images_) csv_images_->finish(lines_read_);
  tell_of_empty();
  note_skipped();
  if (decoder_.has_utf16()) notices_.add(NoticeCode::converted, "the source is in UTF-16");
  if (decoder_.windows_1252_bytes() > 0) {
    notices_.add(NoticeCode::converted, "bytes of Windows-1252", decoder_.windows_1252_bytes());
  }
  if (decoder_.terminal_codes() > 0) {
    notices_.add(NoticeCode::skipped, "codes of a terminal", decoder_.terminal_codes());
  }
  const bool has_listing = has_listing_ && kind_ == RecordKind::jobs;
  const bool has_found = follows_records_ || record_count_ > 0 || has_listing || has_summary_ || rejected_ > 0;
  if (is_within_text_) return;
  if (!has_found) return name_form();
  if (other_count_ > 0) notices_.add(NoticeCode::skipped, other_kind_message(), other_count_);
}

void FormatReader::run() {
  while (step() == Progress::made) {
    if (text_.size() - at_ == 0 && !is_last_) break;
    if (!open_.empty() && (at_ > largest_record || tree_.bytes() > largest_tree)) pass_over_large_record();
  }
  if (!is_last_ && text_.size() - at_ > largest_record) pass_over_large_record();
  waits_for_ = text_.size() + (text_.size() - at_) / step_waits_for;
}

void FormatReader::pass_over_large_record() {
  const std::size_t to = text_.size() - at_ > largest_record ? text_.size() : at_;
  lexer_.restart();
  if (!open_.empty()) {
    fail(to, "a record is too large", /*is_told_at_start=*/true);
  } else {
    if (mode_ == Mode::csv) reject(at_, "a row is too large");
    at_ = to;
  }
  forget_text();
}

FormatReader::Progress FormatReader::step() {
  switch (mode_) {
    case Mode::recognising: return recognise();
    case Mode::csv: read_csv(); return Progress::needs_bytes;
    case Mode::searching: return search();
    case Mode::json: return open_.empty() ? step_between() : step_within();
  }
  return Progress::needs_bytes;
}

FormatReader::Progress FormatReader::recognise() {
  if (text_.size() < head_size && !is_last_) return Progress::needs_bytes;
  head_ = text_.substr(0, head_size);
  csv_header_ = csv_header_of(head_, kind_ == RecordKind::images ? CsvImages::is_header : names_jobs);
  if (!csv_header_.empty() && kind_ == RecordKind::images) csv_images_.emplace(csv_header_);
  mode_ = csv_header_.empty() ? Mode::json : Mode::csv;
  return Progress::made;
}

void FormatReader::read_csv() {
  while (at_ < text_.size()) {
    const auto row = csv_row(std::string_view(text_).substr(at_), csv_separator(head_), is_last_);
    if (!row) return;
    const std::size_t begin = std::exchange(at_, at_ + row->size);
    if (documents_++ == 0) continue;
    if (row->cells.size() == 1 && row->cells[0].empty()) continue;
    const SourcePlace place = place_at(begin);
    if (row->cells.size() > csv_header_.size() || row->is_broken) {
      reject(begin, row->is_broken ? "a cell in quotes does not end" : "a row has more cells than the header");
      continue;
    }
    if (!is_utf8(std::string_view(text_).substr(begin, row->size))) {
      reject(begin, "invalid UTF-8");
      continue;
    }
    if (csv_images_) {
      if (csv_images_->take(row->cells, lines_read_, notices_, place))
        ++record_count_;
      else
        reject(begin, "a row names no image");
      forget_text();
      continue;
    }
    ValueTree tree;
    tree.add({.kind = ValueKind::object});
    for (std::size_t i = 0; i < row->cells.size(); ++i) {
      if (row->cells[i].empty()) continue;
      const std::uint32_t name = tree.add_text(csv_header_[i]);
      const std::uint32_t text = tree.add_text(row->cells[i]);
      tree.add({.kind = ValueKind::text,
                .name = name,
                .name_size = static_cast<std::uint32_t>(csv_header_[i].size()),
                .text = text,
                .text_size = static_cast<std::uint32_t>(row->cells[i].size())});
    }
    tree.close(0);
    const auto error =
        append_job(lines_read_, tree, 0, notices_, [place](NodeIndex /*node*/) { return place; }, /*is_csv=*/true);
    if (error)
      reject(begin, *error);
    else
      ++record_count_;
    forget_text();
  }
}

// --- Between documents ---

FormatReader::Progress FormatReader::step_between() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (is_json_space(c)) {
      ++at_;
      continue;
    }
    const std::string_view mark = std::string_view(text_).substr(at_, byte_order_mark.size());
    if (mark == byte_order_mark) {
      at_ += mark.size();
      continue;
    }
    if (!is_last_ && byte_order_mark.substr(0, mark.size()) == mark) return Progress::needs_bytes;
    if (c == '{') {
      note_skipped();
      ++documents_;
      open(/*is_object=*/true, at_++);
      return Progress::made;
    }
    if (c == '[') {
      const std::size_t next = text_.find_first_not_of(" \t\r\n", at_ + 1);
      if (next == std::string::npos && !is_last_) return Progress::needs_bytes;
      if (next != std::string::npos &&
          std::string_view("{[]\"-0123456789tfnN/#").find(text_[next]) != std::string_view::npos) {
        note_skipped();
        ++documents_;
        open(/*is_object=*/false, at_++);
        return Progress::made;
      }
    }
    if (c == '"' && begins_line(at_)) {
      const auto token = lexer_.read(text_, at_, is_last_);
      if (token.token == Token::more && !is_last_) return Progress::needs_bytes;
      lexer_.restart();
      if (token.token == Token::value && begins_json(lexer_.value())) {
        note_skipped();
        const std::string inner = lexer_.value();
        tree_.truncate(0);
        tree_.add({.line = line_at(at_), .position = text_begin_ + at_});
        const bool is_read = read_within(inner, 0);
        tree_.truncate(0);
        if (is_read) {
          at_ = token.end;
          ++documents_;
          forget_text();
          return Progress::made;
        }
      }
    }
    skip(at_, at_ + 1);
    ++at_;
  }
  forget_text();
  return Progress::needs_bytes;
}

// --- Within a document ---

FormatReader::Progress FormatReader::step_within() {
  const auto token = lexer_.read(text_, at_, is_last_);
  if (token.token == Token::more) {
    if (!is_last_) return Progress::needs_bytes;
    fail(text_.size(), "unexpected end of the source");
    return Progress::made;
  }
  if (token.token == Token::wrong) {
    const std::size_t error_at = lexer_.error_at();
    fail(error_at, std::string(lexer_.error()));
    return Progress::made;
  }
  note_lapse(token);
  Open& top = open_.back();
  const bool wants_name = top.expect == Expect::name || top.expect == Expect::name_or_end;
  const bool wants_value = top.expect == Expect::value || top.expect == Expect::value_or_end;
  const auto unexpected = [&] {
    const std::string_view wanted = wants_name                    ? "a member's name"
                                    : top.expect == Expect::colon ? "':'"
                                    : wants_value                 ? "a value"
                                    : top.is_object               ? "',' or '}'"
                                                                  : "',' or ']'";
    fail(token.begin, unexpected_text(text_[token.begin], wanted));
    return Progress::made;
  };
  switch (token.token) {
    case Token::close_object:
    case Token::close_array: {
      const bool is_trailing_comma = top.is_object ? top.expect == Expect::name : top.expect == Expect::value;
      const bool may_end = top.expect == Expect::comma_or_end || top.expect == Expect::name_or_end ||
                           top.expect == Expect::value_or_end || is_trailing_comma;
      if (top.is_object != (token.token == Token::close_object) || !may_end) return unexpected();
      if (is_trailing_comma) notices_.add(NoticeCode::converted, "commas too many", 1, place_at(token.begin), ",");
      at_ = token.end;
      close(token.end);
      return Progress::made;
    }
    case Token::comma:
      if (top.expect == Expect::comma_or_end) {
        top.expect = top.is_object ? Expect::name : Expect::value;
      } else if (top.is_object ? wants_name : wants_value) {
        notices_.add(NoticeCode::converted, "commas too many", 1, place_at(token.begin), ",");
      } else {
        return unexpected();
      }
      at_ = token.end;
      return Progress::made;
    case Token::colon:
      if (top.expect != Expect::colon) return unexpected();
      top.expect = Expect::value;
      at_ = token.end;
      return Progress::made;
    case Token::open_object:
    case Token::open_array: {
      const bool lacks_comma = !top.is_object && top.expect == Expect::comma_or_end;
      if (!wants_value && !lacks_comma) return unexpected();
      if (lacks_comma) notices_.add(NoticeCode::converted, "commas too few", 1, place_at(token.begin));
      if (open_.size() == max_nesting) {
        fail(token.begin, "nested deeper than 64 levels");
        return Progress::made;
      }
      at_ = token.end;
      open(token.token == Token::open_object, token.begin);
      return Progress::made;
    }
    case Token::value:
      if (wants_name && token.kind == ValueKind::text) {
        name_ = lexer_.value();
        if (top.members < many_members && names_member(name_)) ++top.members;
        top.has_id = top.has_id || is_id(name_);
        top.expect = Expect::colon;
        at_ = token.end;
        return Progress::made;
      }
      if (!wants_value) return unexpected();
      at_ = token.end;
      take_value(token.kind, lexer_.value(), token.begin);
      return Progress::made;
    case Token::more:
    case Token::wrong: break;
  }
  return Progress::made;
}

void FormatReader::open(bool is_object, std::size_t at) {
  const std::uint32_t name = tree_.add_text(name_);
  const NodeIndex node = tree_.add({.kind = is_object ? ValueKind::object : ValueKind::array,
                                    .name = name,
                                    .name_size = static_cast<std::uint32_t>(name_.size()),
                                    .text = name + static_cast<std::uint32_t>(name_.size()),
                                    .line = line_at(at),
                                    .position = text_begin_ + at});
  const bool is_listing = is_spelling_of(name_, "MediaAnalysisJobs");
  if (is_listing) has_listing_ = true;
  open_.push_back({.node = node,
                   .is_object = is_object,
                   .expect = is_object ? Expect::name_or_end : Expect::value_or_end,
                   .is_listing = is_listing,
                   .is_errors = kind_ == RecordKind::images && is_spelling_of(name_, "errors")});
  name_.clear();
}

void FormatReader::take_value(ValueKind kind, std::string_view value, std::size_t at) {
  const Open& top = open_.back();
  const bool is_among_jobs = !top.is_object && (top.is_listing || top.has_records || open_.size() == 1);
  const bool may_be_json = kind == ValueKind::text && (!top.has_records || begins_json(value));
  if (is_among_jobs && !may_be_json) {
    reject(at, no_object_message());
    return value_ended();
  }
  const std::uint32_t name = tree_.add_text(name_);
  const std::uint32_t text = tree_.add_text(value);
  tree_.add({.kind = kind,
             .name = name,
             .name_size = static_cast<std::uint32_t>(name_.size()),
             .text = text,
             .text_size = static_cast<std::uint32_t>(value.size()),
             .line = line_at(at),
             .position = text_begin_ + at});
  if (kind == ValueKind::null && is_spelling_of(name_, "MediaAnalysisJobs")) has_listing_ = true;
  name_.clear();
  value_ended();
}

void FormatReader::value_ended() {
  if (!open_.empty()) open_.back().expect = Expect::comma_or_end;
}

void FormatReader::close(std::size_t end) {
  const Open closed = open_.back();
  open_.pop_back();
  tree_.close(closed.node);
  const std::size_t before = tree_.size();
  if (closed.is_object) {
    close_object(closed.node, closed);
  } else {
    const bool is_of_jobs = closed.is_listing || closed.has_records || open_.empty();
    std::string joined;
    bool has_texts_alone = true;
    tree_.for_each_child(closed.node, [&](NodeIndex child) {
      const ValueKind kind = tree_[child].kind;
      if (kind == ValueKind::text && joined.size() < largest_record) joined.append(tree_.text(child));
      has_texts_alone = has_texts_alone && kind == ValueKind::text;
    });
    const bool is_read = begins_json(joined) && read_within(joined, closed.node);
    const bool may_be_ids = kind_ == RecordKind::jobs && has_texts_alone && !closed.has_records;
    if (is_of_jobs && may_be_ids && !is_read && !joined.empty()) {
      reject(place_of(closed.node), "ids alone are no jobs: save the listing without --query");
    } else if (is_of_jobs) {
      reject_remains(closed.node, closed.is_listing || closed.is_of_records, is_read);
    }
    if (is_of_jobs) tree_.truncate(closed.node);
    if (!open_.empty() && (closed.is_listing || closed.has_records || is_read)) {
      open_.back().has_records = true;
      open_.back().is_listing = true;
    }
  }
  value_ended();
  if (open_.empty()) {
    tree_.truncate(0);
    at_ = end;
    forget_text();
  } else if (tree_.size() < before) {
    record_ended(end);
  }
}

void FormatReader::reject_remains(NodeIndex array, bool is_listing, bool has_read_texts) {
  tree_.for_each_child(array, [&](NodeIndex child) {
    const ValueKind kind = tree_[child].kind;
    bool is_record = false;
    if (kind == ValueKind::object) {
      tree_.for_each_child(child, [&](NodeIndex member) { is_record = is_record || names_member(tree_.name(member)); });
      if (is_record || (is_listing && !tree_[child].has_records)) reject(place_of(child), no_id_message());
    } else if (kind != ValueKind::array && (kind != ValueKind::text || !has_read_texts)) {
      reject(place_of(child), no_object_message());
    }
  });
}

bool FormatReader::is_within_record(std::size_t members) const {
  return std::any_of(open_.begin(), open_.end(), [&](const Open& each) {
    return each.is_errors || (each.has_id && (each.members >= many_members || members < many_members));
  });
}

/// Whether an object is a record of the other kind: it has that one's id.
bool FormatReader::is_of_other_kind(NodeIndex node, const Open& closed) const {
  if (kind_ == RecordKind::images && (closed.has_records || closed.has_id)) return false;
  bool has_id = false;
  tree_.for_each_child(node, [&](NodeIndex child) {
    const std::string_view name = tree_.name(child);
    has_id = has_id || (kind_ == RecordKind::jobs ? is_source_ref(name) : is_job_id(name));
  });
  return has_id;
}

std::optional<std::string> FormatReader::append_record(NodeIndex node) {
  const auto place = [this](NodeIndex each) { return place_of(each); };
  return kind_ == RecordKind::jobs ? append_job(lines_read_, tree_, node, notices_, place)
                                   : append_image(lines_read_, tree_, node, notices_, place);
}

/// Notes a document in which no record was found, but for the lines between records that Elasticsearch's bulk API
/// wants.
void FormatReader::note_empty(NodeIndex node) {
  const bool is_alone = tree_.child_count(node) == 1 && tree_[node + 1].kind == ValueKind::object;
  if (is_alone && is_bulk_action(tree_.name(node + 1))) return;
  if (empty_count_++ < most_rejections) empty_.push_back(place_of(node));
  if (empty_count_ == 1) append_sample(empty_sample_, tree_, node);
}

/// Among records, such a document is one that lacks its id; among others, it is something else.
void FormatReader::tell_of_empty() {
  if (empty_count_ == 0 || (record_count_ == 0 && !follows_records_)) return;
  if (!has_record_documents_) {
    notices_.add(NoticeCode::skipped, "objects in which no record was found", empty_count_, empty_.front(),
                 empty_sample_);
    return;
  }
  for (const SourcePlace& place : empty_) reject(place, no_id_message());
  rejected_ += empty_count_ - empty_.size();
}

bool FormatReader::is_id(std::string_view name) const {
  return kind_ == RecordKind::jobs ? is_job_id(name) : is_source_ref(name);
}

bool FormatReader::names_member(std::string_view name) const {
  return kind_ == RecordKind::jobs ? names_job_member(name) : names_image_member(name);
}

/// How many names of members make an object without an id a record that lacks it.
std::size_t FormatReader::members_of_a_record() const { return kind_ == RecordKind::jobs ? many_members : 1; }

std::string_view FormatReader::no_id_message() const {
  return kind_ == RecordKind::jobs ? "JobId is missing" : "source-ref is missing";
}

std::string_view FormatReader::other_kind_message() const {
  return kind_ == RecordKind::jobs ? "images' results, which a listing of jobs does not have: open them as results"
                                   : "jobs, which results do not have: open them as a listing";
}

std::string_view FormatReader::no_object_message() const {
  return kind_ == RecordKind::jobs ? "a job must be an object" : "an image's result must be an object";
}

void FormatReader::record_ended(std::size_t end) {
  if (end < forget_from) return;
  at_ = end;
  forget_text();
}

void FormatReader::close_object(NodeIndex node, const Open& closed) {
  const bool is_in_listing = open_.empty() || !open_.back().is_object;
  if (is_within_record(closed.members)) return;
  std::string_view first_name;
  if (tree_.child_count(node) > 0) first_name = tree_.name(node + 1);
  if (is_of_other_kind(node, closed)) {
    ++other_count_;
    record_start_ = first_name;
    tree_.truncate(node);
    return;
  }
  if (kind_ == RecordKind::images && !closed.has_records && is_summary(tree_, node)) {
    append_summary(lines_read_, tree_, node);
    has_summary_ = true;
    tree_.truncate(node);
    return;
  }
  const bool is_record_without_id =
      is_in_listing && !closed.has_records && !closed.is_listing && !closed.has_id &&
      (closed.members >= members_of_a_record() ||
       (!open_.empty() && (open_.back().is_listing || (open_.back().has_records && closed.members > 0))));
  const bool has_id_alone = kind_ == RecordKind::jobs && closed.has_id && closed.members == 1;
  if (has_id_alone && names_events(head_)) {
    tree_.truncate(node);
    return;
  }
  if ((closed.has_id && !(has_id_alone && closed.has_records)) || is_record_without_id) {
    record_start_ = first_name;
    if (const auto error = append_record(node); error)
      reject(place_of(node), *error);
    else
      ++record_count_;
    if (closed.members >= many_members) ++answered_count_;
    has_record_documents_ = has_record_documents_ || open_.empty();
    tree_.truncate(node);
    if (!open_.empty()) {
      open_.back().has_records = true;
      open_.back().is_of_records = !open_.back().is_object;
    }
    return;
  }
  if (closed.is_listing) take_next_token(node);
  const bool has_records = read_texts_within(node) || closed.has_records || closed.is_listing;
  tree_[node].has_records = has_records;
  if (open_.empty()) {
    if (!has_records) note_empty(node);
  } else if (closed.has_records) {
    open_.back().has_records = true;
  }
}

bool FormatReader::read_texts_within(NodeIndex node) {
  std::vector<NodeIndex> texts;
  tree_.for_each_child(node, [&](NodeIndex child) {
    if (tree_[child].kind == ValueKind::text && begins_json(tree_.text(child))) texts.push_back(child);
  });
  bool is_any_read = false;
  for (const NodeIndex text : texts) {
    const bool is_read = read_within(std::string(tree_.text(text)), text);
    is_any_read = is_any_read || is_read;
    if (is_read && !open_.empty()) open_.back().has_records = true;
  }
  return is_any_read;
}

bool FormatReader::read_within(std::string_view text, NodeIndex node) {
  FormatReader inner({.kind = kind_});
  inner.is_within_text_ = true;
  inner.read(text);
  inner.finish();
  const bool has_found = inner.record_count_ > 0 || inner.other_count_ > 0 || inner.has_listing_ || inner.has_summary_;
  if (!has_found) return false;
  const SourcePlace place = place_of(node);
  notices_.add(NoticeCode::converted, "JSON within a text", 1, place, text);
  lines_read_.append(inner.lines_read_);
  record_count_ += inner.record_count_;
  answered_count_ += inner.answered_count_;
  other_count_ += inner.other_count_;
  has_listing_ = has_listing_ || inner.has_listing_;
  has_summary_ = has_summary_ || inner.has_summary_;
  if (inner.has_listing_) next_token_ = inner.next_token_;
  for (const Rejection& rejection : inner.rejections_) reject(place, rejection.message);
  for (const Notice& notice : inner.notices_.all()) {
    notices_.add(notice.code, notice.message, notice.count, place, notice.sample);
  }
  return true;
}

bool FormatReader::take_next_token(NodeIndex node) {
  next_token_.reset();
  tree_.for_each_child(node, [&](NodeIndex child) {
    if (!is_spelling_of(tree_.name(child), "NextToken")) return;
    if (tree_[child].kind == ValueKind::text && !tree_.text(child).empty()) next_token_ = tree_.text(child);
    if (tree_[child].kind != ValueKind::text && tree_[child].kind != ValueKind::null) {
      reject(place_of(child), "NextToken must be a string");
    }
  });
  return next_token_.has_value();
}

void FormatReader::note_lapse(const LenientLexer::Result& token) {
  using Lapse = LenientLexer::Lapse;
  const bool lies_before = token.lapse == Lapse::comment || token.lapse == Lapse::space;
  const auto note = [&](std::string_view message) {
    std::size_t begin = token.begin;
    if (lies_before) begin = std::min(text_.find_first_not_of(" \t\r\n", at_), token.begin);
    const std::size_t end = lies_before ? token.begin : token.end;
    notices_.add(NoticeCode::converted, message, 1, place_at(begin),
                 std::string_view(text_).substr(begin, end - begin));
  };
  switch (token.lapse) {
    case Lapse::none: break;
    case Lapse::comment: note("comments are passed over"); break;
    case Lapse::space: note("spaces and marks that JSON does not have are passed over"); break;
    case Lapse::control_character: note("tabs, line breaks or control characters within texts"); break;
    case Lapse::typographic_quotes: note("texts in typographic quotes"); break;
    case Lapse::word: note("words that JSON does not have"); break;
  }
}

// --- Errors ---

void FormatReader::fail(std::size_t at, std::string_view message, bool is_told_at_start) {
  lexer_.restart();
  name_.clear();
  std::size_t broken = open_.size();
  bool is_ours = false;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const Open& each = open_[i];
    const bool holds_records = each.has_records || each.is_listing;
    is_ours = is_ours || holds_records || each.members > 0;
    if (holds_records)
      broken = open_.size();
    else if (each.is_object && each.members > 0)
      broken = std::min(broken, i);
  }
  const bool is_cut_off = is_last_ && at >= text_.size() && (record_count_ > 0 || follows_records_);
  is_ours = is_ours || is_cut_off || tree_[open_.front().node].position < text_begin_;
  if (!is_ours) {
    if (!first_error_) first_error_ = Rejection{place_at(at), std::string(message)};
    const auto begin = static_cast<std::size_t>(tree_[open_.front().node].position - text_begin_);
    tree_.truncate(0);
    open_.clear();
    at_ = resume_after(begin, at);
    skip(begin, at_);
    return;
  }
  reject(is_told_at_start && broken < open_.size() ? place_of(open_[broken].node) : place_at(at), message);
  search_from(std::min(at, text_.size()));
  if (broken < open_.size()) {
    const NodeIndex node = open_[broken].node;
    at_ = resume_after(static_cast<std::size_t>(tree_[node].position - text_begin_), at);
    tree_.truncate(node);
    open_.resize(broken);
  }
}

/// Where reading goes on after an error at `at` in what began at `begin`: behind its first byte, or at the error when
/// so much was read again that it would not be linear.
std::size_t FormatReader::resume_after(std::size_t begin, std::size_t at) {
  reread_ += at - begin;
  const bool is_too_much = reread_ > least_rereading + most_rereadings * (text_begin_ + at);
  return is_too_much ? std::max(at, begin + 1) : begin + 1;
}

void FormatReader::search_from(std::size_t at) {
  at_ = at;
  unread_from_ = place_at(at);
  unread_at_ = text_begin_ + at;
  unread_sample_.clear();
  mode_ = Mode::searching;
}

void FormatReader::go_on_at(std::size_t brace) {
  const std::size_t before = brace == 0 ? std::string::npos : text_.find_last_not_of(" \t\r\n", brace - 1);
  const char sign = before == std::string::npos ? '\0' : text_[before];
  const bool is_in_object = !open_.empty() && open_.back().is_object;
  const bool begins_document = is_in_object && sign != '[' && sign != ',' && sign != ':';
  if (open_.size() == max_nesting || begins_document) {
    tree_.truncate(0);
    open_.clear();
  } else if (is_in_object && sign != ':') {
    open(/*is_object=*/false, brace);
    open_.back().is_listing = true;
  }
  if (!open_.empty()) open_.back().expect = Expect::value;
  at_ = brace;
}

FormatReader::Progress FormatReader::search() {
  if (unread_sample_.size() < Notices::most_sample_bytes) {
    unread_sample_.append(text_, static_cast<std::size_t>(unread_at_ + unread_sample_.size() - text_begin_),
                          Notices::most_sample_bytes - unread_sample_.size());
  }
  while (true) {
    const std::size_t brace = text_.find('{', at_);
    if (brace == std::string::npos) break;
    const std::size_t quote = text_.find_first_not_of(" \t\r\n", brace + 1);
    if (quote == std::string::npos && !is_last_) {
      at_ = brace;
      return Progress::needs_bytes;
    }
    const std::string_view rest = std::string_view(text_).substr(std::min(quote, text_.size()), longest_name);
    const std::size_t end = rest.substr(0, 1) == "\"" ? rest.find('"', 1) : std::string_view::npos;
    if (rest.substr(0, 1) == "\"" && end == std::string_view::npos && rest.size() < longest_name && !is_last_) {
      at_ = brace;
      return Progress::needs_bytes;
    }
    const std::string_view name = end == std::string_view::npos ? std::string_view() : rest.substr(1, end - 1);
    const std::size_t before = brace == 0 ? std::string::npos : text_.find_last_not_of(" \t\r", brace - 1);
    const bool begins_element =
        before == std::string::npos || std::string_view(",[}\n").find(text_[before]) != std::string_view::npos;
    const bool is_start = !name.empty() && (is_job_id(name) || is_source_ref(name) ||
                                            (begins_element && (name == record_start_ || names_member(name))));
    if (is_start) {
      go_on_at(brace);
      mode_ = Mode::json;
      forget_text();
      return Progress::made;
    }
    const bool begins_document = brace > 0 && text_[brace - 1] == '\n';
    if (begins_document && text_begin_ + brace > unread_at_) {
      if (text_.size() - brace < Notices::most_sample_bytes && !is_last_) {
        at_ = brace;
        return Progress::needs_bytes;
      }
      notices_.add(NoticeCode::skipped, "lines after an error that begin as no record does", 1, place_at(brace),
                   std::string_view(text_).substr(brace, Notices::most_sample_bytes));
    }
    at_ = brace + 1;
  }
  if (!is_last_) {
    at_ = std::max(at_, text_.size() - std::min(text_.size(), longest_token));
    forget_text();
    return Progress::needs_bytes;
  }
  find_next_token();
  const SourcePlace end = place_at(text_.size());
  if (end.offset > unread_from_->offset && unread_sample_.find_first_not_of(" \t\r\n]}") != std::string::npos) {
    notices_.add(NoticeCode::unread, "bytes after which nothing was read", end.offset - unread_from_->offset,
                 unread_from_, unread_sample_);
  }
  at_ = text_.size();
  open_.clear();
  tree_.truncate(0);
  mode_ = Mode::json;
  return Progress::needs_bytes;
}

/// Takes the NextToken of the last page out of the end of what was not read.
void FormatReader::find_next_token() {
  const auto unread = static_cast<std::size_t>(std::max(unread_at_, text_begin_) - text_begin_);
  const std::size_t begin = std::max(unread, text_.size() - std::min(text_.size(), longest_token));
  for (const std::string_view spelling : {"\"NextToken\"", "\"nextToken\"", "\"next_token\""}) {
    const std::size_t found = text_.rfind(spelling);
    if (found == std::string::npos || found < begin) continue;
    LenientLexer lexer;
    const auto colon = lexer.read(text_, found + spelling.size(), true);
    if (colon.token != Token::colon) continue;
    const auto value = lexer.read(text_, colon.end, true);
    const bool is_token = value.token == Token::value && value.kind == ValueKind::text && !lexer.value().empty();
    if (is_token) next_token_ = lexer.value();
  }
}

void FormatReader::skip(std::size_t from, std::size_t to) {
  if (!skipped_place_) skipped_place_ = place_at(from);
  if (skipped_sample_.size() < Notices::most_sample_bytes) {
    if (skipped_to_ != text_begin_ + from && !skipped_sample_.empty()) skipped_sample_ += ' ';
    skipped_sample_.append(text_, from, to - from);
  }
  skipped_to_ = text_begin_ + to;
  skipped_bytes_ += to - from;
}

void FormatReader::note_skipped() {
  if (skipped_bytes_ == 0) return;
  notices_.add(NoticeCode::skipped, "bytes between records", skipped_bytes_, skipped_place_, skipped_sample_);
  skipped_bytes_ = 0;
  skipped_place_.reset();
  skipped_sample_.clear();
}

void FormatReader::reject(std::size_t at, std::string_view message) { reject(place_at(at), message); }

void FormatReader::reject(SourcePlace place, std::string_view message) {
  ++rejected_;
  if (rejections_.size() == most_rejections) return;
  const auto after = std::upper_bound(
      rejections_.begin(), rejections_.end(), place.offset,
      [](std::uint64_t offset, const Rejection& rejection) { return offset < rejection.place.offset; });
  rejections_.insert(after, {place, std::string(message)});
}

void FormatReader::name_form() {
  if (other_count_ > 0 || (kind_ == RecordKind::images && has_listing_)) {
    const bool wants_jobs = kind_ == RecordKind::jobs;
    form_ = wants_jobs ? "results" : "listing of jobs";
    return reject(start_, wants_jobs ? "this is a results file, not a listing of jobs: open it as results"
                                     : "this is a listing of jobs, not results");
  }
  NamedForm named = named_form(head_, kind_);
  form_ = named.name.empty() ? "unknown" : std::move(named.name);
  if (named.message.empty() && first_error_) return reject(first_error_->place, first_error_->message);
  const std::string_view nothing = kind_ == RecordKind::jobs ? "no job was found: a job has a JobId"
                                                             : "no image was found: an image has a source-ref";
  reject(start_, named.message.empty() ? nothing : named.message);
}

// --- Places ---

void FormatReader::forget_text() {
  if (at_ < forget_from && at_ < text_.size()) return;
  static_cast<void>(line_at(at_));
  text_begins_line_ = begins_line(at_);
  text_.erase(0, at_);
  text_begin_ += at_;
  counted_to_ -= at_;
  at_ = 0;
  lexer_.restart();
  decoder_.forget_before(text_begin_ - std::min(text_begin_, context_size_));
}

/// Whether white space alone lies between `at` and the beginning of its line.
bool FormatReader::begins_line(std::size_t at) const {
  const std::string_view before = std::string_view(text_).substr(0, at);
  const std::size_t last = before.find_last_not_of(" \t\r\xEF\xBB\xBF");
  return last == std::string_view::npos ? text_begins_line_ : before[last] == '\n';
}

std::uint32_t FormatReader::line_at(std::size_t at) const {
  at = std::min(at, text_.size());
  const auto count = [&](std::size_t from, std::size_t to) {
    return static_cast<std::uint64_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(from),
                                                 text_.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
  };
  if (at >= counted_to_)
    lines_ += count(counted_to_, at);
  else
    lines_ -= count(at, counted_to_);
  counted_to_ = at;
  return static_cast<std::uint32_t>(lines_);
}

std::uint64_t FormatReader::bytes_to_read(std::size_t size) const {
  constexpr std::uint64_t of_a_byte = 64;  // two bytes can be a value of the tree, which doubles as it grows
  constexpr std::uint64_t copies = 6;      // of a text: as read, as a token, in the tree, as a line; and doubling
  const std::uint64_t unread = text_.size() - at_ + decoder_.bytes_pending() + size;
  return copies * (text_.size() + unread + lines_read_.size()) + 3 * std::uint64_t{tree_.bytes()} +
         std::min(of_a_byte * unread, 3 * std::uint64_t{largest_tree});
}

SourcePlace FormatReader::place_at(std::size_t at) const {
  const std::uint64_t position = text_begin_ + at;
  return {decoder_.source_offset(position - std::min(position, context_size_)), line_at(at)};
}

SourcePlace FormatReader::place_of(NodeIndex node) const {
  const std::uint64_t position = tree_[node].position;
  return {decoder_.source_offset(position - std::min(position, context_size_)), tree_[node].line};
}

std::string FormatReader::take_lines() { return std::exchange(lines_read_, {}); }

std::string_view FormatReader::images_form() const {
  if (record_count_ == 0) return has_summary_ ? "manifest summary" : results_form(head_);
  const bool has_any = answered_count_ > 0 || head_.find("\"code\"") != std::string::npos;
  if (has_any) return results_form(head_);
  return head_.find("groundtruth") == std::string::npos ? input_manifest : training_manifest;
}

std::string FormatReader::format() const {
  std::string format = form_;
  if (format.empty() && !csv_header_.empty()) format = "CSV";
  if (format.empty())
    format = kind_ == RecordKind::images ? images_form() : listing_form(head_, has_listing_, documents_);
  if (decoder_.has_utf16()) format.append(decoder_.encoding() == Encoding::utf16be ? ", UTF-16BE" : ", UTF-16LE");
  if (decoder_.windows_1252_bytes() > 0) format.append(", Windows-1252");
  return format;
}

}  // namespace rekognition_jobs::formats
