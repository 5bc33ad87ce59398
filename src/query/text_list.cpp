// Sorts the values of a query into patterns and others.
#include "text_list.h"

#include <iterator>
#include <utility>

#include "../base/ascii.h"
#include "value.h"

namespace rekognition_jobs {
namespace {

/// So many are found sooner one by one, sixteen bytes at a time.
constexpr std::size_t most_patterns = 8;

}  // namespace

TextList::TextList(const std::vector<QueryValue>& values) {
  for (const QueryValue& value : values) {
    if (values.size() <= most_patterns || has_wildcards(value)) {
      patterns_.push_back(read_pattern(value));
    } else {
      values_.push_back({.text = ascii::to_lower(value.text), .is_exact = value.is_exact});
    }
  }
}

void TextList::append(TextList& other) {
  std::move(other.patterns_.begin(), other.patterns_.end(), std::back_inserter(patterns_));
  std::move(other.values_.begin(), other.values_.end(), std::back_inserter(values_));
}

void TextList::settle() {
  if (patterns_.size() <= most_patterns && values_.empty()) return;
  std::vector<TextPattern> others;
  for (TextPattern& pattern : patterns_) {
    if (pattern.is_substring() || pattern.is_whole()) {
      values_.push_back({.text = pattern.longest_part().lower(), .is_exact = pattern.is_whole()});
    } else {
      others.push_back(std::move(pattern));
    }
  }
  patterns_ = std::move(others);
}

TextAutomaton automaton_of(const TextList& list, std::size_t longest) {
  TextAutomaton automaton;
  for (const QueryValue& value : list.values()) {
    if (value.text.size() <= longest) automaton.add(value.text, value.is_exact);
  }
  automaton.finish();
  return automaton;
}

}  // namespace rekognition_jobs
