// Writes the cells of CSV (RFC 4180).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rekognition_jobs {

inline constexpr std::string_view csv_line_end = "\r\n";

/// Whether a spreadsheet may run a cell with this text, which must be UTF-8, as a formula (OWASP, "CSV Injection").
/// Such a text begins with "=", "+", "-" or "@", in ASCII or in full width, also behind white space, control characters
/// and characters without width, which some spreadsheets drop; or with NUL, a tab, a line feed or a return.
[[nodiscard]] bool may_be_formula(std::string_view text);

/// Whether what may be a formula gets an apostrophe in front: it is to be left off only for what is no spreadsheet.
enum class FormulaGuard : std::uint8_t { off, on };

/// Appends a text as a cell, in quotes where it needs them. A number is a cell as it is, also a negative one: it needs
/// neither quotes nor a guard.
void append_csv_cell(std::string& out, std::string_view text, FormulaGuard guard = FormulaGuard::on);

}  // namespace rekognition_jobs
