// The texts of which a query wants one: a test for each while they are few, otherwise one test for all.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "../base/text_automaton.h"
#include "../base/text_pattern.h"
#include "parser.h"

namespace rekognition_jobs {

/// What read_pattern() reads, of any number of values. Those with wildcards stay patterns; of the others no more than a
/// few do.
class TextList {
 public:
  TextList() = default;
  explicit TextList(TextPattern pattern) { patterns_.push_back(std::move(pattern)); }

  /// Linear in the values.
  explicit TextList(const std::vector<QueryValue>& values);

  /// Takes in what another has; settle() is to follow the last.
  void append(TextList& other);
  void settle();

  /// Passes over the texts that it takes to find all of them.
  [[nodiscard]] std::size_t passes() const { return patterns_.size() + (values_.empty() ? 0 : 1); }

  [[nodiscard]] const std::vector<TextPattern>& patterns() const { return patterns_; }

  /// In lower case. Of an exact one the text must be that, and not only contain it.
  [[nodiscard]] const std::vector<QueryValue>& values() const { return values_; }

 private:
  std::vector<TextPattern> patterns_;
  std::vector<QueryValue> values_;
};

/// Of those values of a list that are no longer than `longest`.
[[nodiscard]] TextAutomaton automaton_of(const TextList& list, std::size_t longest = std::string::npos);

}  // namespace rekognition_jobs
