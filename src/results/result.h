// The result of one image, a line of a job's results file, as a value that borrows its text.
#pragma once

#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace rekognition_jobs {

/// In place of a number that is not there. JSON cannot write it, and every comparison with it is false.
inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

[[nodiscard]] inline bool is_number(double number) { return !std::isnan(number); }

/// API: ModerationLabel. A label on the first level has an empty ParentName in the service's files.
struct ModerationLabel {
  std::string_view name;
  std::optional<std::string_view> parent_name;
  double confidence = no_number;  ///< percent
  double taxonomy_level = no_number;
};

/// API: ContentType.
struct ContentType {
  std::string_view name;
  double confidence = no_number;  ///< percent
};

/// A line's members. Text lives as long as whoever handed the line out says.
struct ImageResult {
  std::string_view source_ref;
  bool has_detection = false;  ///< detect-moderation-labels is there; only then are the next three
  std::vector<ModerationLabel> labels;
  std::optional<std::string_view> model_version;
  bool has_content_types = false;
  std::vector<ContentType> content_types;
  std::optional<std::string_view> code;     ///< of the error that the line carries
  std::optional<std::string_view> message;  ///< the same

  /// Makes it empty, and keeps the room of its lists.
  void clear() {
    source_ref = {};
    has_detection = false;
    labels.clear();
    model_version.reset();
    has_content_types = false;
    content_types.clear();
    code.reset();
    message.reset();
  }
};

}  // namespace rekognition_jobs
