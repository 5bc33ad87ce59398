// Turns the lines of CSV that a view writes into the rows of a Markdown table.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace rekognition_jobs {

/// Makes rows of a table (GitHub Flavored Markdown, 4.10) of what follows `begin` in `out`: whole lines by
/// append_csv_cell(), with the guard off. No cell is markup: a backslash stands before each sign that begins some, and
/// control characters, line ends among them, become spaces. Linear; each text takes at most twice its bytes.
inline void make_markdown_rows(std::string& out, std::size_t begin) {
  constexpr std::string_view markup = "\\`*_[]<>&|~$";
  const std::string lines = out.substr(begin);
  out.resize(begin);
  bool is_quoted = false;
  bool begins_row = true;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const char c = lines[i];
    if (begins_row) out += "| ";
    begins_row = false;
    if (c == '"') {
      if (is_quoted && i + 1 < lines.size() && lines[i + 1] == '"') {
        out += '"';
        ++i;
      } else {
        is_quoted = !is_quoted;
      }
    } else if (c == ',' && !is_quoted) {
      out += " | ";
    } else if (c == '\n' && !is_quoted) {
      out += " |\n";
      begins_row = true;
    } else if (c >= '\0' && c < ' ') {
      if (is_quoted || c != '\r') out += ' ';
    } else {
      if (markup.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
}

/// The same for a header, a single line, with the delimiter row below it.
inline void make_markdown_header(std::string& out, std::size_t begin) {
  make_markdown_rows(out, begin);
  for (auto columns = std::count(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), '|') - 1; columns > 0;
       --columns) {
    out += "| --- ";
  }
  out += "|\n";
}

}  // namespace rekognition_jobs
