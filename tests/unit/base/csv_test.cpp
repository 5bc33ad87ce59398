// CSV cells: what RFC 4180 quotes, and what a spreadsheet could run.
#include "base/csv.h"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"

namespace rekognition_jobs {
namespace {

std::string cell(std::string_view text) {
  std::string out;
  append_csv_cell(out, text);
  return out;
}

std::string utf8(std::uint32_t character) {
  std::string text;
  append_utf8(text, character);
  return text;
}

/// Characters that spreadsheets may drop from the front of a cell.
std::vector<std::string> dropped_characters() {
  std::vector<std::string> all;
  for (std::uint32_t control = 0; control <= ' '; ++control) all.push_back(utf8(control));
  for (std::uint32_t control = 0x7F; control <= 0xA0; ++control) all.push_back(utf8(control));
  for (std::uint32_t space = 0x2000; space <= 0x200F; ++space) all.push_back(utf8(space));
  for (const std::uint32_t other : {0x1680, 0x180E, 0x2028, 0x2029, 0x202E, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF}) {
    all.push_back(utf8(other));
  }
  return all;
}

const std::vector<std::string> signs{"=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

/// The text of a cell as a reader of CSV has it.
std::string read_cell(std::string_view written) {
  if (written.empty() || written.front() != '"') return std::string(written);
  std::string text;
  for (std::size_t i = 1; i + 1 < written.size(); ++i) {
    text += written[i];
    if (written[i] == '"') ++i;
  }
  return text;
}

TEST_CASE("a formula gets an apostrophe, whatever a spreadsheet drops from before its sign") {
  const std::vector<std::string> dropped = dropped_characters();
  for (const std::string& sign : signs) {
    CHECK(may_be_formula(sign));
    for (const std::string& a : dropped) {
      CAPTURE(a);
      CHECK(read_cell(cell(a + sign + "1")) == "'" + a + sign + "1");
      for (const std::string& b : dropped)
        REQUIRE(read_cell(cell(a + b + sign + "x,\"")) == "'" + a + b + sign + "x,\"");
    }
  }
}

TEST_CASE("a cell that begins with NUL, a tab, a line feed or a return gets an apostrophe, whatever follows") {
  for (const char start : {'\0', '\t', '\n', '\r'}) {
    for (const std::string rest : {"", "x", "=1", "\n"}) {
      CHECK(read_cell(cell(std::string(1, start) + rest)) == "'" + std::string(1, start) + rest);
    }
  }
}

TEST_CASE("all other texts are cells as they are") {
  for (const std::string text :
       {"",       "a",        "a=1",     "1-1",      "12",      " ",      "  x",          "\u00A0",       "'=1",
        "'",      "\x1F\x7F", "\u3000x", "\u00E9=1", "\uFF1E1", "\uFF1C", "\U0001F600=1", "\U000E0001=1", "\"=1\"",
        "\u2028", "_",        "\uFE62"}) {
    CAPTURE(text);
    CHECK(read_cell(cell(text)) == text);
  }
  // Half a character, which no reader lets in, is read no further than its text.
  CHECK(!may_be_formula(std::string_view("\xEF\xBC", 2)));
  CHECK(!may_be_formula(std::string_view("\xF0", 1)));
}

TEST_CASE("cells are quoted where RFC 4180 asks for it, the apostrophe within the quotes") {
  CHECK(cell("a,b") == "\"a,b\"");
  CHECK(cell("say \"x\"") == "\"say \"\"x\"\"\"");
  CHECK(cell("two\nlines") == "\"two\nlines\"");
  CHECK(cell("\nx") == "\"'\nx\"");
  CHECK(cell("=\"a\",b") == "\"'=\"\"a\"\",b\"");
  CHECK(cell(" =1") == "' =1");
}

}  // namespace
}  // namespace rekognition_jobs
