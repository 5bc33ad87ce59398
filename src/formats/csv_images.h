// Converts our own CSV of results, one row per label, to JSON lines, one line per image.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "../base/notice.h"

namespace rekognition_jobs::formats {

/// Takes rows in their order. Rows of one image follow each other; what an image lacks is an empty cell in each.
class CsvImages {
 public:
  /// The columns by the names that append_result_csv_header() writes, in any order.
  explicit CsvImages(const std::vector<std::string>& header);

  /// Whether a header is of results: it names images and labels.
  [[nodiscard]] static bool is_header(const std::vector<std::string>& header);

  /// Takes the row at `place`, and appends the image before it to `out` if it is another one. A number that cannot be
  /// read is dropped with a notice. False if the row names no image.
  [[nodiscard]] bool take(const std::vector<std::string>& row, std::string& out, Notices& notices, SourcePlace place);

  /// Appends the last image.
  void finish(std::string& out);

 private:
  enum Column { image, label, parent, level, confidence, types, model, code, message };
  static constexpr std::array<std::string_view, 9> names{"Image",
                                                         "Label",
                                                         "ParentLabel",
                                                         "TaxonomyLevel",
                                                         "Confidence",
                                                         "ContentTypes",
                                                         "ModerationModelVersion",
                                                         "ErrorCode",
                                                         "ErrorMessage"};
  using Cells = std::array<std::string_view, names.size()>;

  void begin(const Cells& cells);
  [[nodiscard]] bool continues(const Cells& cells) const;

  std::array<std::size_t, names.size()> places_{};
  std::array<std::string, names.size()> held_;  ///< cells of the image at hand
  bool has_image_ = false;
  std::string labels_;  ///< of it, as JSON
};

}  // namespace rekognition_jobs::formats
