// Names the form of a results file by how it begins.
#pragma once

#include <string_view>

namespace rekognition_jobs {

// Of images without answers: what a job was given, and what an adapter is trained with.
inline constexpr std::string_view input_manifest = "input manifest";
inline constexpr std::string_view training_manifest = "training manifest";

/// `head` is how the source begins. JSON Lines have a whole object in their first line.
[[nodiscard]] constexpr std::string_view results_form(std::string_view head) {
  const std::size_t first = head.find_first_of("{[");
  if (first == std::string_view::npos) return "JSON Lines";
  if (head[first] == '[') return "JSON array";
  const std::size_t line_end = head.find_first_of("\r\n", first);
  const std::size_t next = head.find_first_not_of(" \t", first + 1);
  return next != std::string_view::npos && next == line_end ? "JSON" : "JSON Lines";
}

}  // namespace rekognition_jobs
