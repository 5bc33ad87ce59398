// Reads the cells of a row in one pass.
#include "csv_rows.h"

#include <algorithm>

#include "../base/csv.h"
#include "../base/utf8.h"

namespace rekognition_jobs::formats {

std::optional<CsvRow> csv_row(std::string_view text, char separator, bool is_last) {
  CsvRow row;
  std::string cell;
  std::size_t at = text.substr(0, byte_order_mark.size()) == byte_order_mark ? byte_order_mark.size() : 0;
  const auto end_cell = [&] {
    const bool is_guarded = cell.size() > 1 && cell.front() == '\'' && may_be_formula(std::string_view(cell).substr(1));
    row.cells.push_back(is_guarded ? cell.substr(1) : cell);
    cell.clear();
  };
  bool is_quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (is_quoted) {
      if (c != '"') {
        cell += c;
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        cell += '"';
        ++at;
      } else if (at + 1 == text.size() && !is_last) {
        return std::nullopt;
      } else {
        is_quoted = false;
      }
    } else if (c == '"' && cell.empty()) {
      is_quoted = true;
    } else if (c == separator) {
      end_cell();
    } else if (c == '\n' || c == '\r') {
      if (c == '\r' && at + 1 == text.size() && !is_last) return std::nullopt;
      end_cell();
      row.size = at + 1 + (c == '\r' && text.substr(at + 1, 1) == "\n" ? 1 : 0);
      return row;
    } else {
      cell += c;
    }
  }
  if (!is_last) return std::nullopt;
  row.is_broken = is_quoted;
  end_cell();
  row.size = text.size();
  return row;
}

char csv_separator(std::string_view head) {
  const std::string_view line = head.substr(0, head.find_first_of("\r\n"));
  char best = ',';
  for (const char separator : {';', '\t'}) {
    if (std::count(line.begin(), line.end(), separator) > std::count(line.begin(), line.end(), best)) best = separator;
  }
  return best;
}

std::vector<std::string> csv_header_of(std::string_view head,
                                       bool (*is_header)(const std::vector<std::string>& cells)) {
  const std::size_t first = head.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (first == std::string_view::npos || head[first] == '{' || head[first] == '[') return {};
  const auto row = csv_row(head, csv_separator(head), /*is_last=*/true);
  return is_header(row->cells) ? row->cells : std::vector<std::string>{};
}

}  // namespace rekognition_jobs::formats
