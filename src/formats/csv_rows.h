// Reads rows of CSV (RFC 4180), also with semicolons or tabs as separators.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rekognition_jobs::formats {

struct CsvRow {
  std::vector<std::string> cells;
  std::size_t size = 0;    ///< bytes, with the line's end
  bool is_broken = false;  ///< a cell in quotes does not end
};

/// The row at the front of `text`; nothing when it may go on beyond the text, unless that `is_last`. An apostrophe that
/// guards a formula is taken off. Linear in the row.
[[nodiscard]] std::optional<CsvRow> csv_row(std::string_view text, char separator, bool is_last);

/// The character between the cells of the first line.
[[nodiscard]] char csv_separator(std::string_view head);

/// The cells of the first line, if it is no JSON and `is_header(cells)`; else nothing.
[[nodiscard]] std::vector<std::string> csv_header_of(std::string_view head,
                                                     bool (*is_header)(const std::vector<std::string>& cells));

}  // namespace rekognition_jobs::formats
