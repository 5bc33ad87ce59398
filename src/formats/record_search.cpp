// Looks at each brace: at the name after it, and at the sign before it.
#include "record_search.h"

#include <algorithm>
#include <string_view>

#include "lenient_lexer.h"

namespace rekognition_jobs::formats {
namespace {

constexpr std::size_t longest_name = 256;
constexpr std::size_t longest_token = 4096;  // with its name

}  // namespace

bool RecordSearch::find(const SourceText& source, std::size_t& at, bool is_last, Notices& notices) {
  const std::string& text = source.text();
  if (sample_.size() < Notices::most_sample_bytes) {
    sample_.append(text, source.at(from_ + sample_.size()), Notices::most_sample_bytes - sample_.size());
  }
  for (std::size_t brace = text.find('{', at); brace != std::string::npos; brace = text.find('{', at)) {
    at = brace;
    const std::size_t quote = text.find_first_not_of(" \t\r\n", brace + 1);
    if (quote == std::string::npos && !is_last) return false;
    const std::string_view rest = std::string_view(text).substr(std::min(quote, text.size()), longest_name);
    const bool has_quote = rest.substr(0, 1) == "\"";
    const std::size_t end = has_quote ? rest.find('"', 1) : std::string_view::npos;
    if (has_quote && end == std::string_view::npos && rest.size() < longest_name && !is_last) return false;
    if (end != std::string_view::npos && begins_record(text, brace, rest.substr(1, end - 1))) return true;
    if (brace > 0 && text[brace - 1] == '\n' && source.begin() + brace > from_) {
      if (text.size() - brace < Notices::most_sample_bytes && !is_last) return false;
      notices.add(NoticeCode::skipped, "lines after an error that begin as no record does", 1, source.place_at(brace),
                  std::string_view(text).substr(brace, Notices::most_sample_bytes));
    }
    at = brace + 1;
  }
  at = is_last ? text.size() : std::max(at, text.size() - std::min(text.size(), longest_token));
  return false;
}

bool RecordSearch::begins_record(const std::string& text, std::size_t brace, std::string_view name) const {
  if (name.empty()) return false;
  if (is_job_id(name) || is_source_ref(name)) return true;
  if (name != first_member_ && !rules_->names_member(name)) return false;
  const std::size_t before = brace == 0 ? std::string::npos : text.find_last_not_of(" \t\r", brace - 1);
  return before == std::string::npos || std::string_view(",[}\n").find(text[before]) != std::string_view::npos;
}

void RecordSearch::tell_unread(const SourceText& source, Notices& notices) const {
  const std::uint64_t end = source.place_at(source.size()).offset;
  if (end <= place_.offset || sample_.find_first_not_of(" \t\r\n]}") == std::string::npos) return;
  notices.add(NoticeCode::unread, "bytes after which nothing was read", end - place_.offset, place_, sample_);
}

std::optional<std::string> RecordSearch::next_token(const SourceText& source) const {
  const std::string& text = source.text();
  const std::size_t unread = source.at(std::max(from_, source.begin()));
  const std::size_t begin = std::max(unread, text.size() - std::min(text.size(), longest_token));
  std::optional<std::string> next_token;
  for (const std::string_view spelling : {"\"NextToken\"", "\"nextToken\"", "\"next_token\""}) {
    const std::size_t found = text.rfind(spelling);
    if (found == std::string::npos || found < begin) continue;
    LenientLexer lexer;
    const auto colon = lexer.read(text, found + spelling.size(), /*is_last=*/true);
    if (colon.token != Token::colon) continue;
    const auto value = lexer.read(text, colon.end, /*is_last=*/true);
    const bool is_token = value.token == Token::value && value.kind == ValueKind::text && !lexer.value().empty();
    if (is_token) next_token = lexer.value();
  }
  return next_token;
}

}  // namespace rekognition_jobs::formats
