// The forms in which views are written out.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rekognition_jobs {

enum class ExportFormat : std::uint8_t {
  json,    ///< as one value: of jobs, the API's response; of results, an array
  ndjson,  ///< a record a line
  csv,     ///< RFC 4180, with a header
};

[[nodiscard]] constexpr std::optional<ExportFormat> find_export_format(std::string_view name) {
  if (name == "json") return ExportFormat::json;
  if (name == "ndjson") return ExportFormat::ndjson;
  if (name == "csv") return ExportFormat::csv;
  return std::nullopt;
}

}  // namespace rekognition_jobs
