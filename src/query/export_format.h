// The forms in which views are written out.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rekognition_jobs {

enum class ExportFormat : std::uint8_t {
  json,       ///< as one value: of jobs, the API's response; of results, an array
  ndjson,     ///< a record a line
  csv,        ///< RFC 4180, with a header; no cell is a formula
  rows,       ///< for JavaScript: each part is an array, timestamps are in milliseconds
  plain_csv,  ///< as csv, each text as it is
};

/// A part of what is written ends with the record that reaches so many bytes.
inline constexpr std::size_t part_size = std::size_t{1} << 18;

}  // namespace rekognition_jobs
