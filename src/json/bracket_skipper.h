// Finds the end of a JSON value by its brackets and quotes alone, in text that arrives in chunks.
#pragma once

#include <cstddef>
#include <string_view>

namespace rekognition_jobs {

/// Follows one object or array from its opening bracket without looking at what is inside.
class StructureSkipper {
 public:
  /// Takes the next byte; true when it closes the value.
  bool take(char c) {
    if (in_string_) {
      if (is_escaped_) {
        is_escaped_ = false;
      } else if (c == '\\') {
        is_escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
      }
      return false;
    }
    switch (c) {
      case '"': in_string_ = true; return false;
      case '{':
      case '[': ++depth_; return false;
      case '}':
      case ']': return --depth_ == 0;
      default: return false;
    }
  }

 private:
  std::size_t depth_ = 0;
  bool in_string_ = false;
  bool is_escaped_ = false;
};

}  // namespace rekognition_jobs
