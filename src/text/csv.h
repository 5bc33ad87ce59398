// Writes the cells of CSV (RFC 4180).
#pragma once

#include <string>
#include <string_view>

namespace rekognition_jobs {

inline constexpr std::string_view csv_line_end = "\r\n";

/// Appends a cell, in quotes where it needs them. What a spreadsheet would take for a formula gets an apostrophe in
/// front.
inline void append_csv_cell(std::string& out, std::string_view text) {
  constexpr std::string_view starts_formula = "=+-@\t\r";
  const bool is_formula = !text.empty() && starts_formula.find(text.front()) != std::string_view::npos;
  const bool needs_quotes = text.find_first_of("\",\r\n") != std::string_view::npos;
  if (needs_quotes) out += '"';
  if (is_formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (needs_quotes) out += '"';
}

}  // namespace rekognition_jobs
