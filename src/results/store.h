// The images of a results file in columns: one row per line, in the file's order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "../base/can_allocate.h"
#include "../columns/bitmap.h"
#include "../columns/column.h"
#include "../columns/dictionary_column.h"
#include "../columns/list_column.h"
#include "../columns/row.h"
#include "../columns/scan.h"
#include "../columns/text_column.h"
#include "label_kinds.h"
#include "result.h"

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
  /// `seed` keys the hashes: whoever writes results must not know it.
  explicit ResultStore(std::uint64_t seed = 0) : hash_(seed) {}
  ResultStore(const ResultStore&) = delete;
  ResultStore& operator=(const ResultStore&) = delete;

  /// Adds a row; false, and nothing is added, when there are most_rows, or a chunk cannot take in the row's text or
  /// lists. Amortised linear in the image's text and labels.
  bool put(const ImageResult& image);

  /// Keyed with the store's seed.
  [[nodiscard]] const TextHash& hash() const { return hash_; }

  [[nodiscard]] std::size_t row_count() const { return parts_.size(); }

  /// Bytes that putting puts_at_once images, read from so much text in all, allocates at most.
  [[nodiscard]] std::uint64_t growth(std::size_t text_size) const;

  /// Bytes that read(), and writing it, allocate at most.
  [[nodiscard]] std::uint64_t bytes_of_a_record() const { return (1U << 14) + std::uint64_t{24} * longest_; }

  /// Bytes that writing an image to a table allocates at most: each row of a label repeats what is not the label's.
  [[nodiscard]] std::uint64_t bytes_of_a_table() const { return bytes_of_a_record() + 8 * longest_repeated_; }

  /// Distinct values of all members whose values repeat.
  [[nodiscard]] std::size_t value_count() const;

  /// Bytes that telling of all of them allocates at most.
  [[nodiscard]] std::uint64_t bytes_of_values() const {
    constexpr std::uint64_t bytes_of_a_value = 512;
    return (bytes_of_a_value + 24 * longest_) * value_count();
  }

  /// Makes `image` that of a row. Its text is valid until the next put().
  void read(Row row, ImageResult& image) const;

  [[nodiscard]] bool has(Row row, ResultPart part) const {
    return (parts_[row] & static_cast<std::uint8_t>(part)) != 0;
  }

  /// Bits of ResultPart.
  [[nodiscard]] const Column<std::uint8_t>& parts() const { return parts_; }

  [[nodiscard]] const TextColumn& source_refs() const { return source_refs_; }
  [[nodiscard]] const TextColumn& messages() const { return messages_; }
  [[nodiscard]] const DictionaryColumn& model_versions() const { return model_versions_; }
  [[nodiscard]] const DictionaryColumn& codes() const { return codes_; }

  /// By the numbers of label_kinds(), with confidences; no_number where there is none.
  [[nodiscard]] const ListColumn& labels() const { return labels_; }
  [[nodiscard]] const LabelKinds& label_kinds() const { return label_kinds_; }

  /// Whether some image has two labels of the same name, which the service does not give.
  [[nodiscard]] bool has_repeated_labels() const { return has_repeated_labels_; }

  /// By the symbols of type_names(), with confidences; no_number where there is none.
  [[nodiscard]] const ListColumn& content_types() const { return content_types_; }
  [[nodiscard]] const std::vector<std::string_view>& type_names() const { return type_names_.values(); }

  /// The confidence of each row's surest label, or no_confidence.
  [[nodiscard]] const Column<double>& highest_confidences() const { return highest_confidences_; }

 private:
  void note_name(Symbol name, Row row);

  TextHash hash_;
  Column<std::uint8_t> parts_;
  TextColumn source_refs_;
  TextColumn messages_;
  DictionaryColumn model_versions_;
  DictionaryColumn codes_;
  ListColumn labels_;
  LabelKinds label_kinds_;
  std::vector<Row> last_row_of_name_;  ///< by Symbol
  bool has_repeated_labels_ = false;
  ListColumn content_types_;
  Dictionary type_names_;
  Column<double> highest_confidences_;
  std::size_t longest_ = 0;             ///< of all images, in bytes of text and of lists
  std::uint64_t longest_repeated_ = 0;  ///< of all images, the text that a table repeats, in bytes
};

/// Those rows `among` the given that have the part.
[[nodiscard]] inline Bitmap rows_with_part(const ResultStore& store, ResultPart part, const Bitmap& among) {
  const auto bit = static_cast<std::uint8_t>(part);
  return rows_where(store.parts(), among, [bit](std::uint8_t parts) { return (parts & bit) != 0; });
}

}  // namespace rekognition_jobs
