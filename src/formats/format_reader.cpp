// Reads token by token, with a stack of what is open. An object that is a record is taken as soon as it ends.
#include "format_reader.h"

#include <algorithm>
#include <utility>

#include "../base/spelling.h"
#include "../base/utf8.h"
#include "../jobs/listing_form.h"
#include "../json/sax.h"
#include "../results/results_form.h"
#include "form_names.h"
#include "image_record.h"
#include "job_record.h"
#include "tree_values.h"

namespace rekognition_jobs::formats {
namespace {

constexpr std::size_t largest_record = std::size_t{16} << 20;
constexpr std::size_t largest_tree = std::size_t{64} << 20;
constexpr std::size_t head_size = 1024;
constexpr std::size_t forget_from = std::size_t{1} << 16;
constexpr std::uint64_t most_rereadings = 8;
constexpr std::uint64_t least_rereading = 4096;
constexpr std::size_t step_waits_for = 8;  // for an eighth of the text that is pending

bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool begins_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

bool is_bulk_action(std::string_view name) { return name == "index" || name == "create" || name == "update"; }

}  // namespace

FormatReader::FormatReader(const Start& start)
    : kind_(start.kind),
      rules_(rules_of(start.kind)),
      source_(start.place, start.context),
      start_(start.place),
      follows_records_(start.follows_records) {
  if (start.context.empty()) {
    has_record_documents_ = follows_records_;
    if (follows_records_) mode_ = Mode::json;
    return;
  }
  mode_ = Mode::json;
  run();
  const bool follows_element = !open_.empty() && tree_.size() > open_.back().node + 1U;
  if (follows_element && follows_records_) open_.back().has_records = open_.back().is_of_records = true;
}

void FormatReader::read(std::string_view bytes) {
  source_.decode(bytes, /*is_last=*/false);
  if (source_.size() >= waits_for_) run();
}

void FormatReader::finish() {
  is_last_ = true;
  source_.decode({}, /*is_last=*/true);
  run();
  if (csv_) csv_->finish(lines_read_);
  tell_of_empty();
  skipped_.tell(notices_);
  if (source_.decoder().has_utf16()) notices_.add(NoticeCode::converted, "the source is in UTF-16");
  if (source_.decoder().windows_1252_bytes() > 0) {
    notices_.add(NoticeCode::converted, "bytes of Windows-1252", source_.decoder().windows_1252_bytes());
  }
  if (source_.decoder().terminal_codes() > 0) {
    notices_.add(NoticeCode::skipped, "codes of a terminal", source_.decoder().terminal_codes());
  }
  const bool has_listing = has_listing_ && kind_ == RecordKind::jobs;
  const bool has_found =
      follows_records_ || record_count_ > 0 || has_listing || has_summary_ || rejections_.count() > 0;
  if (is_within_text_) return;
  if (!has_found) return name_form();
  if (other_count_ > 0) notices_.add(NoticeCode::skipped, rules_.others_beside, other_count_);
}

void FormatReader::run() {
  while (step() == Progress::made) {
    if (source_.size() - at_ == 0 && !is_last_) break;
    if (!open_.empty() && (at_ > largest_record || tree_.bytes() > largest_tree)) pass_over_large_record();
  }
  if (!is_last_ && source_.size() - at_ > largest_record) pass_over_large_record();
  waits_for_ = source_.size() + (source_.size() - at_) / step_waits_for;
}

void FormatReader::pass_over_large_record() {
  const std::size_t to = source_.size() - at_ > largest_record ? source_.size() : at_;
  lexer_.restart();
  if (!open_.empty()) {
    fail(to, "a record is too large", /*is_told_at_start=*/true);
  } else {
    if (mode_ == Mode::csv) rejections_.add(source_.place_at(at_), "a row is too large");
    at_ = to;
  }
  forget_text();
}

FormatReader::Progress FormatReader::step() {
  if (search_) return search();
  switch (mode_) {
    case Mode::recognising: return recognise();
    case Mode::csv: read_csv(); return Progress::needs_bytes;
    case Mode::json: return open_.empty() ? step_between() : step_within();
  }
  return Progress::needs_bytes;
}

FormatReader::Progress FormatReader::recognise() {
  if (source_.size() < head_size && !is_last_) return Progress::needs_bytes;
  head_ = text().substr(0, head_size);
  csv_ = CsvRecords::of(head_, kind_);
  mode_ = csv_ ? Mode::csv : Mode::json;
  return Progress::made;
}

void FormatReader::read_csv() {
  while (at_ < source_.size()) {
    const std::string_view rest = std::string_view(text()).substr(at_);
    const auto row = csv_->row(rest, is_last_);
    if (!row) return;
    const std::size_t begin = std::exchange(at_, at_ + row->size);
    const bool is_empty = row->cells.size() == 1 && row->cells[0].empty();
    if (documents_++ == 0 || is_empty) continue;
    const SourcePlace place = source_.place_at(begin);
    if (const auto error = csv_->append(*row, rest.substr(0, row->size), place, lines_read_, notices_); error)
      rejections_.add(place, *error);
    else
      ++record_count_;
    forget_text();
  }
}

// --- Between documents ---

FormatReader::Progress FormatReader::step_between() {
  while (at_ < source_.size()) {
    const char c = text()[at_];
    if (is_json_space(c)) {
      ++at_;
      continue;
    }
    const std::string_view mark = std::string_view(text()).substr(at_, byte_order_mark.size());
    if (mark == byte_order_mark) {
      at_ += mark.size();
      continue;
    }
    if (!is_last_ && byte_order_mark.substr(0, mark.size()) == mark) return Progress::needs_bytes;
    if (c == '{') {
      skipped_.tell(notices_);
      ++documents_;
      open(/*is_object=*/true, at_++);
      return Progress::made;
    }
    if (c == '[') {
      const std::size_t next = text().find_first_not_of(" \t\r\n", at_ + 1);
      if (next == std::string::npos && !is_last_) return Progress::needs_bytes;
      if (next != std::string::npos &&
          std::string_view("{[]\"-0123456789tfnN/#").find(text()[next]) != std::string_view::npos) {
        skipped_.tell(notices_);
        ++documents_;
        open(/*is_object=*/false, at_++);
        return Progress::made;
      }
    }
    if (c == '"' && source_.begins_line(at_)) {
      const auto token = lexer_.read(text(), at_, is_last_);
      if (token.token == Token::more && !is_last_) return Progress::needs_bytes;
      lexer_.restart();
      if (token.token == Token::value && begins_json(lexer_.value())) {
        skipped_.tell(notices_);
        const std::string inner = lexer_.value();
        tree_.truncate(0);
        tree_.add({.line = source_.line_at(at_), .position = source_.begin() + at_});
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
    skipped_.add(source_, at_, at_ + 1);
    ++at_;
  }
  forget_text();
  return Progress::needs_bytes;
}

// --- Within a document ---

FormatReader::Progress FormatReader::step_within() {
  const auto token = lexer_.read(text(), at_, is_last_);
  if (token.token == Token::more) {
    if (!is_last_) return Progress::needs_bytes;
    fail(source_.size(), "unexpected end of the source");
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
    fail(token.begin, unexpected_text(text()[token.begin], wanted));
    return Progress::made;
  };
  switch (token.token) {
    case Token::close_object:
    case Token::close_array: {
      const bool is_trailing_comma = top.is_object ? top.expect == Expect::name : top.expect == Expect::value;
      const bool may_end = top.expect == Expect::comma_or_end || top.expect == Expect::name_or_end ||
                           top.expect == Expect::value_or_end || is_trailing_comma;
      if (top.is_object != (token.token == Token::close_object) || !may_end) return unexpected();
      if (is_trailing_comma)
        notices_.add(NoticeCode::converted, "commas too many", 1, source_.place_at(token.begin), ",");
      at_ = token.end;
      close(token.end);
      return Progress::made;
    }
    case Token::comma:
      if (top.expect == Expect::comma_or_end) {
        top.expect = top.is_object ? Expect::name : Expect::value;
      } else if (top.is_object ? wants_name : wants_value) {
        notices_.add(NoticeCode::converted, "commas too many", 1, source_.place_at(token.begin), ",");
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
      if (lacks_comma) notices_.add(NoticeCode::converted, "commas too few", 1, source_.place_at(token.begin));
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
        if (top.members < many_members && rules_.names_member(name_)) ++top.members;
        top.has_id = top.has_id || rules_.is_id(name_);
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
                                    .line = source_.line_at(at),
                                    .position = source_.begin() + at});
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
    rejections_.add(source_.place_at(at), rules_.no_object);
    return value_ended();
  }
  const std::uint32_t name = tree_.add_text(name_);
  const std::uint32_t text = tree_.add_text(value);
  tree_.add({.kind = kind,
             .name = name,
             .name_size = static_cast<std::uint32_t>(name_.size()),
             .text = text,
             .text_size = static_cast<std::uint32_t>(value.size()),
             .line = source_.line_at(at),
             .position = source_.begin() + at});
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
      rejections_.add(source_.place_of(tree_[closed.node]), "ids alone are no jobs: save the listing without --query");
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
      tree_.for_each_child(child,
                           [&](NodeIndex member) { is_record = is_record || rules_.names_member(tree_.name(member)); });
      if (is_record || (is_listing && !tree_[child].has_records))
        rejections_.add(source_.place_of(tree_[child]), rules_.no_id);
    } else if (kind != ValueKind::array && (kind != ValueKind::text || !has_read_texts)) {
      rejections_.add(source_.place_of(tree_[child]), rules_.no_object);
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
  const KindRules& others = rules_of_others(kind_);
  bool has_id = false;
  tree_.for_each_child(node, [&](NodeIndex child) { has_id = has_id || others.is_id(tree_.name(child)); });
  return has_id;
}

std::optional<std::string> FormatReader::append_record(NodeIndex node) {
  const auto place = [this](NodeIndex each) { return source_.place_of(tree_[each]); };
  return kind_ == RecordKind::jobs ? append_job(lines_read_, tree_, node, notices_, place)
                                   : append_image(lines_read_, tree_, node, notices_, place);
}

/// Notes a document in which no record was found, but for the lines between records that Elasticsearch's bulk API
/// wants.
void FormatReader::note_empty(NodeIndex node) {
  const bool is_alone = tree_.child_count(node) == 1 && tree_[node + 1].kind == ValueKind::object;
  if (is_alone && is_bulk_action(tree_.name(node + 1))) return;
  if (empty_count_++ < Rejections::most) empty_.push_back(source_.place_of(tree_[node]));
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
  for (const SourcePlace& place : empty_) rejections_.add(place, rules_.no_id);
  rejections_.add_uncounted_places(empty_count_ - empty_.size());
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
      (closed.members >= rules_.members_of_a_record ||
       (!open_.empty() && (open_.back().is_listing || (open_.back().has_records && closed.members > 0))));
  const bool has_id_alone = kind_ == RecordKind::jobs && closed.has_id && closed.members == 1;
  if (has_id_alone && names_events(head_)) {
    tree_.truncate(node);
    return;
  }
  if ((closed.has_id && !(has_id_alone && closed.has_records)) || is_record_without_id) {
    record_start_ = first_name;
    if (const auto error = append_record(node); error)
      rejections_.add(source_.place_of(tree_[node]), *error);
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
  const SourcePlace place = source_.place_of(tree_[node]);
  notices_.add(NoticeCode::converted, "JSON within a text", 1, place, text);
  lines_read_.append(inner.lines_read_);
  record_count_ += inner.record_count_;
  answered_count_ += inner.answered_count_;
  other_count_ += inner.other_count_;
  has_listing_ = has_listing_ || inner.has_listing_;
  has_summary_ = has_summary_ || inner.has_summary_;
  if (inner.has_listing_) next_token_ = inner.next_token_;
  for (const Rejection& rejection : inner.rejections_.kept()) rejections_.add(place, rejection.message);
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
      rejections_.add(source_.place_of(tree_[child]), "NextToken must be a string");
    }
  });
  return next_token_.has_value();
}

void FormatReader::note_lapse(const LenientLexer::Result& token) {
  using Lapse = LenientLexer::Lapse;
  const bool lies_before = token.lapse == Lapse::comment || token.lapse == Lapse::space;
  const auto note = [&](std::string_view message) {
    std::size_t begin = token.begin;
    if (lies_before) begin = std::min(text().find_first_not_of(" \t\r\n", at_), token.begin);
    const std::size_t end = lies_before ? token.begin : token.end;
    notices_.add(NoticeCode::converted, message, 1, source_.place_at(begin),
                 std::string_view(text()).substr(begin, end - begin));
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
  const bool is_cut_off = is_last_ && at >= source_.size() && (record_count_ > 0 || follows_records_);
  is_ours = is_ours || is_cut_off || tree_[open_.front().node].position < source_.begin();
  if (!is_ours) {
    if (!first_error_) first_error_ = Rejection{source_.place_at(at), std::string(message)};
    const auto begin = source_.at(tree_[open_.front().node].position);
    tree_.truncate(0);
    open_.clear();
    at_ = resume_after(begin, at);
    skipped_.add(source_, begin, at_);
    return;
  }
  rejections_.add(
      is_told_at_start && broken < open_.size() ? source_.place_of(tree_[open_[broken].node]) : source_.place_at(at),
      message);
  at_ = std::min(at, source_.size());
  search_.emplace(source_, at_, rules_, record_start_);
  if (broken < open_.size()) {
    const NodeIndex node = open_[broken].node;
    at_ = resume_after(source_.at(tree_[node].position), at);
    tree_.truncate(node);
    open_.resize(broken);
  }
}

/// Where reading goes on after an error at `at` in what began at `begin`: behind its first byte, or at the error when
/// so much was read again that it would not be linear.
std::size_t FormatReader::resume_after(std::size_t begin, std::size_t at) {
  reread_ += at - begin;
  const bool is_too_much = reread_ > least_rereading + most_rereadings * (source_.begin() + at);
  return is_too_much ? std::max(at, begin + 1) : begin + 1;
}

void FormatReader::go_on_at(std::size_t brace) {
  const std::size_t before = brace == 0 ? std::string::npos : text().find_last_not_of(" \t\r\n", brace - 1);
  const char sign = before == std::string::npos ? '\0' : text()[before];
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
  if (search_->find(source_, at_, is_last_, notices_)) {
    go_on_at(at_);
    search_.reset();
    forget_text();
    return Progress::made;
  }
  if (is_last_) {
    if (auto token = search_->next_token(source_)) next_token_ = std::move(token);
    search_->tell_unread(source_, notices_);
    search_.reset();
    open_.clear();
    tree_.truncate(0);
  } else if (at_ == source_.size() || text()[at_] != '{') {  // what lies before a brace tells what it begins
    forget_text();
  }
  return Progress::needs_bytes;
}

void FormatReader::name_form() {
  if (other_count_ > 0 || (kind_ == RecordKind::images && has_listing_)) {
    form_ = rules_.form_of_others;
    return rejections_.add(start_, rules_.others_alone);
  }
  NamedForm named = named_form(head_, kind_);
  form_ = named.name.empty() ? "unknown" : std::move(named.name);
  if (named.message.empty() && first_error_) return rejections_.add(first_error_->place, first_error_->message);
  rejections_.add(start_, named.message.empty() ? rules_.none_found : named.message);
}

void FormatReader::forget_text() {
  if (at_ < forget_from && at_ < source_.size()) return;
  source_.forget_before(at_);
  at_ = 0;
  lexer_.restart();
}

std::uint64_t FormatReader::bytes_to_read(std::size_t size) const {
  constexpr std::uint64_t of_a_byte = 64;  // two bytes can be a value of the tree, which doubles as it grows
  constexpr std::uint64_t copies = 6;      // of a text: as read, as a token, in the tree, as a line; and doubling
  const std::uint64_t unread = source_.size() - at_ + source_.decoder().bytes_pending() + size;
  return copies * (source_.size() + unread + lines_read_.size()) + 3 * std::uint64_t{tree_.bytes()} +
         std::min(of_a_byte * unread, 3 * std::uint64_t{largest_tree});
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
  if (format.empty() && csv_) format = "CSV";
  if (format.empty())
    format = kind_ == RecordKind::images ? images_form() : listing_form(head_, has_listing_, documents_);
  if (source_.decoder().has_utf16())
    format.append(source_.decoder().encoding() == Encoding::utf16be ? ", UTF-16BE" : ", UTF-16LE");
  if (source_.decoder().windows_1252_bytes() > 0) format.append(", Windows-1252");
  return format;
}

}  // namespace rekognition_jobs::formats
