// Matches text against substrings and wildcard patterns without regard to ASCII case.
#include "text_pattern.h"

#include <algorithm>
#include <utility>

#include "ascii.h"

namespace rekognition_jobs {

TextPattern TextPattern::substring(std::string_view text) {
  TextPattern pattern;
  pattern.parts_.emplace_back(text);
  return pattern;
}

TextPattern TextPattern::exact(std::string_view text) {
  TextPattern pattern = substring(text);
  pattern.is_anchored_at_start_ = pattern.is_anchored_at_end_ = true;
  return pattern;
}

TextPattern TextPattern::with_wildcards(std::string_view text) {
  TextPattern pattern;
  pattern.is_anchored_at_start_ = text.empty() || text.front() != '*';
  pattern.is_anchored_at_end_ = text.empty() || text.back() != '*';
  while (true) {
    const std::size_t end = std::min(text.find('*'), text.size());
    if (end != 0) pattern.parts_.emplace_back(text.substr(0, end));
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  if (pattern.parts_.empty()) pattern.parts_.emplace_back(std::string_view());
  return pattern;
}

bool TextPattern::matches(std::string_view text) const {
  if (is_whole()) return ascii::equal_ignoring_case(text, parts_.front().lower());
  std::size_t first = 0;
  std::size_t last = parts_.size();
  if (is_anchored_at_start_) {
    const std::string& part = parts_[first++].lower();
    if (!ascii::equal_ignoring_case(text.substr(0, part.size()), part)) return false;
    text.remove_prefix(part.size());
  }
  if (is_anchored_at_end_) {
    const std::string& part = parts_[--last].lower();
    if (text.size() < part.size()) return false;
    if (!ascii::equal_ignoring_case(text.substr(text.size() - part.size()), part)) return false;
    text.remove_suffix(part.size());
  }
  for (; first < last; ++first) {
    const std::size_t found = parts_[first].find(text);
    if (found > text.size()) return false;
    text.remove_prefix(found + parts_[first].size());
  }
  return true;
}

const Substring& TextPattern::longest_part() const {
  return *std::max_element(parts_.begin(), parts_.end(),
                           [](const Substring& a, const Substring& b) { return a.size() < b.size(); });
}

}  // namespace rekognition_jobs
