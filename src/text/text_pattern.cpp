// Matches text against substrings and wildcard patterns without regard to ASCII case.
#include "text/text_pattern.h"

#include "text/ascii.h"

namespace rekognition_jobs {
namespace {

std::size_t find_ignoring_case(std::string_view text, std::string_view lower_needle) {
  if (lower_needle.empty()) return 0;
  if (lower_needle.size() > text.size()) return std::string_view::npos;
  const std::size_t last = text.size() - lower_needle.size();
  for (std::size_t i = 0; i <= last; ++i) {
    if (ascii::to_lower(text[i]) != lower_needle.front()) continue;
    std::size_t matched = 1;
    while (matched < lower_needle.size() && ascii::to_lower(text[i + matched]) == lower_needle[matched]) ++matched;
    if (matched == lower_needle.size()) return i;
  }
  return std::string_view::npos;
}

}  // namespace

bool contains_ignoring_case(std::string_view text, std::string_view lower_needle) {
  return find_ignoring_case(text, lower_needle) != std::string_view::npos;
}

TextPattern TextPattern::substring(std::string_view text) {
  TextPattern pattern;
  pattern.parts_.push_back(ascii::to_lower(text));
  pattern.is_anchored_at_start_ = pattern.is_anchored_at_end_ = false;
  return pattern;
}

TextPattern TextPattern::exact(std::string_view text) {
  TextPattern pattern;
  pattern.parts_.push_back(ascii::to_lower(text));
  return pattern;
}

TextPattern TextPattern::with_wildcards(std::string_view text) {
  TextPattern pattern;
  pattern.is_anchored_at_start_ = text.empty() || text.front() != '*';
  pattern.is_anchored_at_end_ = text.empty() || text.back() != '*';
  std::string part;
  for (const char c : text) {
    if (c != '*') {
      part += ascii::to_lower(c);
    } else if (!part.empty()) {
      pattern.parts_.push_back(std::move(part));
      part.clear();
    }
  }
  if (!part.empty() || pattern.parts_.empty()) pattern.parts_.push_back(std::move(part));
  return pattern;
}

bool TextPattern::matches(std::string_view text) const {
  const bool is_whole = is_anchored_at_start_ && is_anchored_at_end_ && parts_.size() == 1;
  if (is_whole) return ascii::equal_ignoring_case(text, parts_.front());
  std::size_t first = 0;
  std::size_t last = parts_.size();
  if (is_anchored_at_start_) {
    const std::string& part = parts_[first++];
    if (!ascii::equal_ignoring_case(text.substr(0, part.size()), part)) return false;
    text.remove_prefix(part.size());
  }
  if (is_anchored_at_end_) {
    const std::string& part = parts_[--last];
    if (text.size() < part.size()) return false;
    if (!ascii::equal_ignoring_case(text.substr(text.size() - part.size()), part)) return false;
    text.remove_suffix(part.size());
  }
  for (; first < last; ++first) {
    const std::size_t found = find_ignoring_case(text, parts_[first]);
    if (found == std::string_view::npos) return false;
    text.remove_prefix(found + parts_[first].size());
  }
  return true;
}

}  // namespace rekognition_jobs
