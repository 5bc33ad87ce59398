// Plain writers of numbers, times, JSON strings and CSV cells: what the engine's must agree with.
#pragma once

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace rekognition_jobs::fuzz {

[[noreturn]] inline void fail(std::string_view what, std::string_view expected = {}, std::string_view found = {}) {
  std::fprintf(stderr, "%.*s\n--- expected:\n%.*s\n--- found:\n%.*s\n", static_cast<int>(what.size()), what.data(),
               static_cast<int>(expected.size()), expected.data(), static_cast<int>(found.size()), found.data());
  std::abort();
}

inline void require(bool holds, std::string_view what) {
  if (!holds) fail(what);
}

inline void require_equal(std::string_view expected, std::string_view found, std::string_view what) {
  if (expected == found) return;
  std::size_t at = 0;
  while (at < expected.size() && at < found.size() && expected[at] == found[at]) ++at;
  const std::size_t begin = at < 200 ? 0 : at - 200;
  fail(what, expected.substr(begin, 1000), found.substr(begin, 1000));
}

/// A number and how JSON writes it.
struct WrittenNumber {
  double value;
  std::string_view text;
};

inline constexpr std::array<WrittenNumber, 18> written_numbers{{{50, "50"},
                                                                {0, "0"},
                                                                {-0.0, "-0"},
                                                                {62.5, "62.5"},
                                                                {100, "100"},
                                                                {1e308, "1e+308"},
                                                                {-1e308, "-1e+308"},
                                                                {1.7976931348623157e308, "1.7976931348623157e+308"},
                                                                {-1.7976931348623157e308, "-1.7976931348623157e+308"},
                                                                {5e-324, "5e-324"},
                                                                {33.29999923706055, "33.29999923706055"},
                                                                {-12, "-12"},
                                                                {-1.5, "-1.5"},
                                                                {99.99, "99.99"},
                                                                {9007199254740992, "9.007199254740992e+15"},
                                                                {0.1, "0.1"},
                                                                {1, "1"},
                                                                {75, "75"}}};

/// As JSON writes a number of the table, or a quarter up to a million.
inline std::string number_text(double number) {
  for (const WrittenNumber& written : written_numbers) {
    if (written.value == number && std::signbit(written.value) == std::signbit(number))
      return std::string(written.text);
  }
  const auto quarters = static_cast<std::int64_t>(number * 4);
  require(number >= 0 && number <= 1e6 && static_cast<double>(quarters) / 4 == number,
          "a number that the model can write");
  constexpr std::array<std::string_view, 4> fractions{"", ".25", ".5", ".75"};
  return std::to_string(quarters / 4).append(fractions[static_cast<std::size_t>(quarters % 4)]);
}

inline std::string seconds_text(std::int64_t milliseconds) {
  const std::int64_t magnitude = milliseconds < 0 ? -milliseconds : milliseconds;
  std::string text = (milliseconds < 0 ? "-" : "") + std::to_string(magnitude / 1000);
  std::string fraction = std::to_string(1000 + magnitude % 1000).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return fraction.empty() ? text : text + "." + fraction;
}

inline constexpr std::int64_t last_instant = 8'640'000'000'000'000;

/// As Date.prototype.toISOString, for the years 0 to 9999 and the ends of what a Date holds.
inline std::string iso_text(std::int64_t milliseconds) {
  if (milliseconds == last_instant) return "+275760-09-13T00:00:00.000Z";
  if (milliseconds == last_instant - 1) return "+275760-09-12T23:59:59.999Z";
  if (milliseconds == -last_instant) return "-271821-04-20T00:00:00.000Z";
  if (milliseconds == -last_instant + 1) return "-271821-04-20T00:00:00.001Z";
  using namespace std::chrono;
  const sys_time<std::chrono::milliseconds> instant{std::chrono::milliseconds(milliseconds)};
  const auto day = floor<days>(instant);
  const year_month_day date(day);
  const std::int64_t rest = (instant - day).count();
  std::array<char, 64> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(rest / 3'600'000),
      static_cast<int>(rest / 60'000 % 60), static_cast<int>(rest / 1000 % 60), static_cast<int>(rest % 1000));
  return {text.data(), static_cast<std::size_t>(size)};
}

inline std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    constexpr std::string_view special = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    if (const std::size_t at = special.find(c); at != std::string_view::npos) {
      out.append("\\").append(1, letters[at]);
    } else if (static_cast<unsigned char>(c) < ' ') {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
      out += escape.data();
    } else {
      out += c;
    }
  }
  return out += '"';
}

inline bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> starts) {
  for (const std::string_view start : starts) {
    if (text.substr(0, start.size()) == start) return true;
  }
  return false;
}

/// Whether a spreadsheet may take a cell for a formula.
inline bool is_formula(std::string_view text) {
  if (text.empty()) return false;
  if (text.front() == '\0' || text.front() == '\t' || text.front() == '\n' || text.front() == '\r') return true;
  if (begins_with_any(text, {"=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"})) return true;
  for (const std::string_view space : {" ", "\u00A0", "\u3000", "\x7F"}) {
    if (begins_with_any(text, {space})) return is_formula(text.substr(space.size()));
  }
  return false;
}

inline std::string csv_text(std::string_view text) {
  std::string cell = is_formula(text) ? "'" : "";
  cell += text;
  if (text.find_first_of("\",\r\n") == std::string_view::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += c;
    quoted += c;
  }
  return quoted += '"';
}

inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace rekognition_jobs::fuzz
