// The export formats of views: what each writes before, between and after the records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "../base/csv.h"
#include "../base/markdown.h"

namespace rekognition_jobs {

/// In the order of wasm/js/views/rows_view.js, which passes a format by its number.
enum class ExportFormat : std::uint8_t {
  rows,       ///< for JavaScript: each part is an array, timestamps are in milliseconds
  plain_csv,  ///< as csv, each text as it is
  json,       ///< as one value: of jobs, the API's response; of results, an array
  ndjson,     ///< a record a line
  csv,        ///< RFC 4180, with a header; no cell is a formula
  markdown,   ///< a table of the columns that csv has
};

[[nodiscard]] constexpr bool is_table(ExportFormat format) {
  return format == ExportFormat::csv || format == ExportFormat::plain_csv || format == ExportFormat::markdown;
}

/// A record takes at most so many times the memory that it takes in JSON (bytes_of_a_record() of a store), in any
/// format.
inline constexpr std::uint64_t most_times_json = 2;

/// A part of what is written ends with the record that reaches so many bytes.
inline constexpr std::size_t part_size = std::size_t{1} << 18;

/// Appends what stands before the records of a part. `first` is the index of its first record in the view.
template <class Kind>
void begin_part(std::string& out, ExportFormat format, std::size_t first) {
  switch (format) {
    case ExportFormat::rows: out += '['; break;
    case ExportFormat::json:
      if (first == 0) out += Kind::json_start;
      break;
    case ExportFormat::ndjson: break;
    case ExportFormat::plain_csv:
    case ExportFormat::csv:
      if (first == 0) Kind::append_csv_header(out);
      break;
    case ExportFormat::markdown: {
      if (first > 0) break;
      const std::size_t begin = out.size();
      Kind::append_csv_header(out);
      make_markdown_header(out, begin);
      break;
    }
  }
}

/// Appends the view's record of that index, in the part that begins with the record `first`.
template <class Kind, class Record>
void append_record(std::string& out, ExportFormat format, const Record& record, std::size_t index, std::size_t first) {
  switch (format) {
    case ExportFormat::rows:
      if (index > first) out += ',';
      Kind::append_json(out, record, format);
      break;
    case ExportFormat::json:
      if (index > 0) out += ',';
      Kind::append_json(out, record, format);
      break;
    case ExportFormat::ndjson:
      Kind::append_json(out, record, format);
      out += '\n';
      break;
    case ExportFormat::plain_csv: Kind::append_csv(out, record, FormulaGuard::off); break;
    case ExportFormat::csv: Kind::append_csv(out, record, FormulaGuard::on); break;
    case ExportFormat::markdown: {
      const std::size_t begin = out.size();
      Kind::append_csv(out, record, FormulaGuard::off);
      make_markdown_rows(out, begin);
      break;
    }
  }
}

/// Appends what stands after the records of a part.
template <class Kind>
void end_part(std::string& out, ExportFormat format, bool is_last) {
  switch (format) {
    case ExportFormat::rows: out += ']'; break;
    case ExportFormat::json:
      if (is_last) out += Kind::json_end;
      break;
    case ExportFormat::ndjson:
    case ExportFormat::plain_csv:
    case ExportFormat::csv:
    case ExportFormat::markdown: break;
  }
}

}  // namespace rekognition_jobs
