// The images of a results file in columns: a row a line, in the file's order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "results/image_result.h"
#include "results/label_kinds.h"
#include "store/column.h"
#include "store/interned_column.h"
#include "store/rated_column.h"
#include "store/row.h"
#include "store/row_set.h"
#include "store/text_column.h"

namespace rekognition_jobs {

/// Which members a row has.
enum class ResultPart : std::uint8_t {
  detection = 1 << 0,
  model_version = 1 << 1,
  content_types = 1 << 2,
  code = 1 << 3,
  message = 1 << 4,
};

/// In the column of highest confidences, that there is none: below every confidence.
inline constexpr double no_confidence = -std::numeric_limits<double>::infinity();

/// Holds results. Rows are only ever added. What comes out is what came in, member for member, but that a
/// detect-moderation-labels without ModerationLabels gets an empty list.
class ResultStore {
 public:
  ResultStore() = default;
  ResultStore(const ResultStore&) = delete;
  ResultStore& operator=(const ResultStore&) = delete;

  /// Adds a row. Amortised linear in the image's text and labels.
  void put(const ImageResult& image);

  [[nodiscard]] std::size_t row_count() const { return parts_.size(); }

  /// Makes `image` that of a row. Its text is valid until the next put().
  void read(Row row, ImageResult& image) const;

  [[nodiscard]] bool has(Row row, ResultPart part) const {
    return (parts_[row] & static_cast<std::uint8_t>(part)) != 0;
  }

  /// Bits of ResultPart.
  [[nodiscard]] const Column<std::uint8_t>& parts() const { return parts_; }

  [[nodiscard]] const TextColumn& source_refs() const { return source_refs_; }
  [[nodiscard]] const TextColumn& messages() const { return messages_; }
  [[nodiscard]] const InternedColumn& model_versions() const { return model_versions_; }
  [[nodiscard]] const InternedColumn& codes() const { return codes_; }

  /// By the numbers of label_kinds(), with confidences; no_number where there is none.
  [[nodiscard]] const RatedColumn& labels() const { return labels_; }
  [[nodiscard]] const LabelKinds& label_kinds() const { return label_kinds_; }

  /// Whether some image has two labels of the same name, which the service does not give.
  [[nodiscard]] bool has_repeated_labels() const { return has_repeated_labels_; }

  /// By the symbols of type_names(), with confidences; no_number where there is none.
  [[nodiscard]] const RatedColumn& content_types() const { return content_types_; }
  [[nodiscard]] const std::vector<std::string_view>& type_names() const { return type_names_.values(); }

  /// The confidence of each row's surest label, or no_confidence.
  [[nodiscard]] const Column<double>& highest_confidences() const { return highest_confidences_; }

 private:
  void note_name(Symbol name, Row row);

  Column<std::uint8_t> parts_;
  TextColumn source_refs_;
  TextColumn messages_;
  InternedColumn model_versions_;
  InternedColumn codes_;
  RatedColumn labels_;
  LabelKinds label_kinds_;
  std::vector<Row> last_row_of_name_;  ///< by Symbol
  bool has_repeated_labels_ = false;
  RatedColumn content_types_;
  SymbolTable type_names_;
  Column<double> highest_confidences_;
};

}  // namespace rekognition_jobs
