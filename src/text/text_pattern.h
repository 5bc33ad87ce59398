// What a text must look like: contain something, be something, or fit a pattern with "*", without regard to ASCII case.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rekognition_jobs {

/// Whether `text` contains `lower_needle`, which has no upper-case letters.
[[nodiscard]] bool contains_ignoring_case(std::string_view text, std::string_view lower_needle);

class TextPattern {
 public:
  [[nodiscard]] static TextPattern substring(std::string_view text);
  [[nodiscard]] static TextPattern exact(std::string_view text);

  /// A pattern over the whole text, in which each "*" stands for any characters or none.
  [[nodiscard]] static TextPattern with_wildcards(std::string_view pattern);

  /// Linear in the text for a given pattern, however many wildcards it has, but for repeated partial matches.
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  std::vector<std::string> parts_;  ///< lower case; between each two, anything
  bool is_anchored_at_start_ = true;
  bool is_anchored_at_end_ = true;
};

}  // namespace rekognition_jobs
