// Writes CSV cells, and recognises texts that a spreadsheet could run as formulas.
#include "csv.h"

#include <algorithm>
#include <cstddef>

namespace rekognition_jobs {
namespace {

/// White space and control characters by Unicode, and what has no width.
bool is_skipped(unsigned character) {
  return character <= ' ' || (character >= 0x7F && character <= 0xA0) || character == 0x1680 || character == 0x180E ||
         (character >= 0x2000 && character <= 0x200F) || (character >= 0x2028 && character <= 0x202F) ||
         (character >= 0x205F && character <= 0x206F) || character == 0x3000 || character == 0xFEFF;
}

/// Takes the character off the front of UTF-8 text, which must not be empty.
unsigned take_character(std::string_view& text) {
  const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const std::size_t size = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
  unsigned character = size == 1 ? byte(0) : byte(0) & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) character = character << 6 | (byte(i) & 0x3FU);
  text.remove_prefix(std::min(size, text.size()));
  return character;
}

}  // namespace

bool may_be_formula(std::string_view text) {
  constexpr std::string_view starts("\0\t\n\r", 4);
  constexpr std::string_view signs = "=+-@";
  constexpr unsigned to_full_width = 0xFEE0;
  if (!text.empty() && starts.find(text.front()) != std::string_view::npos) return true;
  while (!text.empty()) {
    const unsigned character = take_character(text);
    if (is_skipped(character)) continue;
    const unsigned ascii = character > to_full_width ? character - to_full_width : character;
    return ascii < 0x80 && signs.find(static_cast<char>(ascii)) != std::string_view::npos;
  }
  return false;
}

void append_csv_cell(std::string& out, std::string_view text, FormulaGuard guard) {
  const bool needs_quotes = text.find_first_of("\",\r\n") != std::string_view::npos;
  if (needs_quotes) out += '"';
  if (guard == FormulaGuard::on && may_be_formula(text)) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (needs_quotes) out += '"';
}

}  // namespace rekognition_jobs
