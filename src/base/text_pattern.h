// Tests a text: whether it contains or equals another, or matches a pattern with "*", without regard to ASCII case.
#pragma once

#include <string_view>
#include <vector>

#include "substring.h"

namespace rekognition_jobs {

class TextPattern {
 public:
  [[nodiscard]] static TextPattern substring(std::string_view text);
  [[nodiscard]] static TextPattern exact(std::string_view text);

  /// A pattern over the whole text, in which each "*" stands for any characters or none.
  [[nodiscard]] static TextPattern with_wildcards(std::string_view text);

  /// Linear in the text and the pattern, however many wildcards it has.
  [[nodiscard]] bool matches(std::string_view text) const;

  /// The longest text that whatever matches must contain.
  [[nodiscard]] const Substring& longest_part() const;

  /// Whether only longest_part() itself matches.
  [[nodiscard]] bool is_whole() const { return is_anchored_at_start_ && is_anchored_at_end_ && parts_.size() == 1; }

  /// Whether everything that contains longest_part() matches.
  [[nodiscard]] bool is_substring() const {
    return !is_anchored_at_start_ && !is_anchored_at_end_ && parts_.size() == 1;
  }

 private:
  std::vector<Substring> parts_;  ///< between each two, anything
  bool is_anchored_at_start_ = false;
  bool is_anchored_at_end_ = false;
};

}  // namespace rekognition_jobs
