// Reads the lines of a results file, or the one document that may be in their place.
#include "reader.h"

#include <algorithm>

#include "../base/checked_size.h"
#include "../base/utf8.h"

namespace rekognition_jobs {
namespace {

constexpr std::string_view white_space = " \t\r";
constexpr std::string_view is_a_listing = "this is a listing of jobs, not results";

/// The size of the JSON value at the front of `text`, by its brackets; of all of it when it does not end there.
std::size_t document_size(std::string_view text) {
  StructureSkipper skipper;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (skipper.take(text[i])) return i + 1;
  }
  return text.size();
}

}  // namespace

void ResultsReader::finish() {
  read_last();
  if (!has_found_ && !stops()) reject(0, "the source is empty");
}

void ResultsReader::read_on() {
  bool goes_on = true;
  while (goes_on && !rest().empty()) {
    switch (state_) {
      case State::start: goes_on = read_mark(); break;
      case State::first: goes_on = read_document(); break;
      case State::lines: goes_on = read_plain_line() || read_line(); break;
      case State::skipping_line: goes_on = skip_line(); break;
      case State::skipping_document: goes_on = skip_document(); break;
      case State::skipping_all: consume(rest().size()); break;
      case State::stopped: return;
    }
  }
}

bool ResultsReader::read_mark() {
  if (rest().size() < byte_order_mark.size() && !is_last()) return false;
  if (is_utf16() && !stops()) {
    reject(0, "syntax error: UTF-16 text; save the file as UTF-8");
    state_ = State::skipping_all;
  }
  if (state_ != State::start) return true;
  if (rest().substr(0, byte_order_mark.size()) == byte_order_mark) consume(byte_order_mark.size());
  state_ = State::first;
  return true;
}

/// A summary, a listing of jobs or an array may be laid out over lines. Decides as soon as the text is whole, or cannot
/// be the beginning of such a document.
bool ResultsReader::read_document() {
  const std::size_t begin = std::min(rest().find_first_not_of(" \t\r\n"), rest().size());
  count_lines(rest().substr(0, begin));
  consume(begin);
  if (rest().empty() || (rest().size() < retry_size_ && !is_last())) return false;
  const bool is_array = rest().front() == '[';
  if (is_array && stops()) return true;
  const std::size_t line_end = rest().find('\n');
  const bool is_line_known = line_end != std::string_view::npos || is_last() || rest().size() > longest_line_;
  if (!is_line_known) {
    retry_size_ = checked_product(2, rest().size());
    return false;
  }
  retry_size_ = 0;
  state_ = State::lines;
  if (!is_array && rest().front() != '{') return true;
  const std::string_view document = rest().substr(0, document_size(rest()));
  if (document.size() <= line_end) return true;
  const Line line = lines_.read(document);
  const bool is_jobs = line.kind == Line::Kind::jobs;
  const bool has_more_lines = document.find_first_not_of(" \t\r\n", line_end) != std::string_view::npos;
  const bool is_summary = line.kind == Line::Kind::summary;
  const bool may_go_on = line.kind == Line::Kind::cut_off && !is_last() && document.size() <= longest_line_;
  if (!is_summary && !may_go_on && stops()) return true;
  if (is_summary) {
    take(line);
  } else if (is_jobs || (is_array && line.kind != Line::Kind::cut_off)) {
    reject(0, is_jobs ? is_a_listing : "results must have one image per line (JSON Lines), not a JSON array");
  } else if (may_go_on) {
    state_ = State::first;
    retry_size_ = checked_product(2, rest().size());
    return false;
  } else if (line.kind == Line::Kind::cut_off && is_last() && has_more_lines) {
    reject(line.error_offset, "the document is cut off");
    state_ = State::skipping_all;
    return true;
  } else {
    return true;
  }
  skipper_ = {};
  state_ = State::skipping_document;
  return true;
}

bool ResultsReader::read_plain_line() {
  if (searched_ != 0) return false;
  const std::size_t size = lines_.read_plain(rest());
  if (size == 0) return false;
  const std::string_view behind = rest().substr(size, 2);
  const std::size_t end = behind.substr(0, 1) == "\n" ? 1 : behind == "\r\n" ? 2 : 0;
  if (end == 0 || size + end - 1 > longest_line_) return false;
  sink_.on_image(lines_.image());
  has_found_ = true;
  consume(size + end);
  ++line_;
  return true;
}

bool ResultsReader::read_line() {
  const std::size_t end = rest().find('\n', searched_);
  if (end == std::string_view::npos && !is_last()) {
    searched_ = rest().size();
    if (searched_ <= longest_line_) return false;
  }
  const bool is_too_long = std::min(end, rest().size()) > longest_line_;
  std::string_view text = rest().substr(0, std::min(end, longest_line_));
  text.remove_prefix(std::min(text.find_first_not_of(white_space), text.size()));
  text = text.substr(0, text.find_last_not_of(white_space) + 1);
  if (!text.empty() || is_too_long) {
    const auto indent = static_cast<std::size_t>(text.data() - rest().data());
    const Line line = lines_.read(text);
    const bool is_taken = !is_too_long && (line.kind == Line::Kind::image || line.kind == Line::Kind::summary);
    if (!is_taken && stops()) return true;
    if (line.kind == Line::Kind::jobs) {
      reject(0, is_a_listing);
    } else if (is_too_long) {
      reject(0, "a line is longer than " + std::to_string(longest_line_ >> 20) + " MB");
    } else if (line.kind == Line::Kind::cut_off) {
      const bool is_last_line = is_last() && end == std::string_view::npos;
      reject(indent + line.error_offset, is_last_line ? "the last line is cut off" : line.message);
    } else if (line.kind == Line::Kind::bad) {
      reject(indent + line.error_offset, line.message);
    } else {
      take(line);
    }
  }
  if (end == std::string_view::npos) {
    consume(rest().size());
    state_ = State::skipping_line;
    return false;
  }
  consume(end + 1);
  ++line_;
  return true;
}

bool ResultsReader::skip_line() {
  const std::size_t end = rest().find('\n');
  consume(end == std::string_view::npos ? rest().size() : end + 1);
  if (end == std::string_view::npos) return false;
  ++line_;
  state_ = State::lines;
  return true;
}

bool ResultsReader::skip_document() {
  const std::size_t size = rest().size();
  std::size_t end = 0;
  while (end < size && !skipper_.take(rest()[end])) ++end;
  const bool has_ended = end < size;
  const std::string_view skipped = rest().substr(0, end + (has_ended ? 1 : 0));
  count_lines(skipped);
  consume(skipped.size());
  if (has_ended) state_ = State::first;
  return has_ended;
}

void ResultsReader::take(const Line& line) {
  has_found_ = true;
  if (line.kind == Line::Kind::summary) {
    sink_.on_summary(lines_.summary());
  } else {
    sink_.on_image(lines_.image());
  }
}

void ResultsReader::count_lines(std::string_view text) {
  line_ += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

void ResultsReader::consume(std::size_t size) {
  ChunkReader::consume(size);
  searched_ = 0;
}

bool ResultsReader::stops() {
  if (stops_at_other_forms_) state_ = State::stopped;
  return stops_at_other_forms_;
}

void ResultsReader::reject(std::size_t position, std::string_view message) {
  has_found_ = true;
  sink_.on_rejected(line_, offset() + position, shortened(message));
}

}  // namespace rekognition_jobs
