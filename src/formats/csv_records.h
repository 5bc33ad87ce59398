// Reads the rows of a CSV as records: a job a row, or our own CSV of results, a label a row.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../base/notice.h"
#include "csv_images.h"
#include "csv_rows.h"
#include "record_kind.h"

namespace rekognition_jobs::formats {

class CsvRecords {
 public:
  /// The reader of a source by its first bytes; nothing if it is no CSV of this kind.
  [[nodiscard]] static std::optional<CsvRecords> of(std::string_view head, RecordKind kind);

  /// The row at the front of `text`, as csv_row() returns it.
  [[nodiscard]] std::optional<CsvRow> row(std::string_view text, bool is_last) const {
    return csv_row(text, separator_, is_last);
  }

  /// Appends the record of a row after the header, whose bytes are `text`, as a line of JSON to `out`; or the image
  /// before it, if it begins another one. Returns why the row is none.
  [[nodiscard]] std::optional<std::string> append(const CsvRow& row, std::string_view text, SourcePlace place,
                                                  std::string& out, Notices& notices);

  /// Appends the last image.
  void finish(std::string& out) {
    if (images_) images_->finish(out);
  }

 private:
  CsvRecords(std::vector<std::string> header, char separator, RecordKind kind);

  std::vector<std::string> header_;
  char separator_;
  std::optional<CsvImages> images_;
};

}  // namespace rekognition_jobs::formats
