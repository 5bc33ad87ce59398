// Each form is a few fields in an order; all of them end as ISO 8601, which base/timestamp.h reads.
#include "time_forms.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "../base/ascii.h"

namespace rekognition_jobs::formats {
namespace {

using Form = WrittenTime::Form;

constexpr std::string_view month_names = "janfebmaraprmayjunjulaugsepoctnovdec";
constexpr std::size_t longest_time = 96;

/// The month that a word begins with, from 1; 0 if it is none.
std::size_t month_of(std::string_view word) {
  if (word.size() < 3) return 0;
  const std::size_t at = month_names.find(ascii::to_lower(word.substr(0, 3)));
  return at == std::string_view::npos || at % 3 != 0 ? 0 : at / 3 + 1;
}

bool is_digits(std::string_view text) {
  for (const char c : text) {
    if (!ascii::is_digit(c)) return false;
  }
  return !text.empty();
}

int number_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits.substr(0, 6)) value = value * 10 + (c - '0');
  return value;
}

void append_two(std::string& out, int value) {
  if (value < 10) out += '0';
  out += std::to_string(value);
}

/// Offsets of the zones that RFC 822 names, and of UTC's other names.
std::optional<std::string_view> zone_offset(std::string_view zone) {
  struct Zone {
    std::string_view name;
    std::string_view offset;
  };
  constexpr std::array<Zone, 12> zones{{{"utc", "Z"},
                                        {"gmt", "Z"},
                                        {"z", "Z"},
                                        {"ut", "Z"},
                                        {"est", "-05:00"},
                                        {"edt", "-04:00"},
                                        {"cst", "-06:00"},
                                        {"cdt", "-05:00"},
                                        {"mst", "-07:00"},
                                        {"mdt", "-06:00"},
                                        {"pst", "-08:00"},
                                        {"pdt", "-07:00"}}};
  const std::string lower = ascii::to_lower(zone);
  for (const Zone& known : zones) {
    if (known.name == lower) return known.offset;
  }
  return std::nullopt;
}

/// `10:05`, `10:05:00`, `10:05:00.123`.
bool is_clock(std::string_view word) {
  return word.size() >= 4 && (word.substr(1, 1) == ":" || word.substr(2, 1) == ":") && ascii::is_digit(word.front());
}

bool is_offset(std::string_view word) {
  return word.size() >= 3 && (word.front() == '+' || word.front() == '-') && ascii::is_digit(word[1]);
}

struct Fields {
  int year = -1;
  std::size_t month = 0;
  int day = 0;
  std::string clock = "00:00:00";
  std::string zone;
};

/// The fields of `Fri, 28 Jul 2023 10:05:00 GMT`, `Fri Jul 28 10:05:00 2023`, `07/28/2023 10:05:00 AM` and the like.
std::optional<Fields> fields_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" ,", at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  Fields fields;
  bool has_clock = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    const std::string lower = ascii::to_lower(word);
    if (const std::size_t month = month_of(word); month != 0 && fields.month == 0 && ascii::is_letter(word.back())) {
      fields.month = month;
    } else if (is_clock(word) && !has_clock) {
      has_clock = true;
      fields.clock = word.substr(1, 1) == ":" ? std::string("0").append(word) : std::string(word);
      if (const std::size_t zone = fields.clock.find_first_of("+-Zz"); zone != std::string::npos) {
        fields.zone = fields.clock.substr(zone);
        fields.clock.resize(zone);
      }
    } else if ((lower == "am" || lower == "pm") && has_clock) {
      const int hour = number_of(std::string_view(fields.clock).substr(0, 2));
      if (hour < 1 || hour > 12) return std::nullopt;
      std::string moved;
      append_two(moved, hour % 12 + (lower == "pm" ? 12 : 0));
      fields.clock.replace(0, 2, moved);
    } else if (is_offset(word)) {
      fields.zone = word;
    } else if (lower.size() > 4 && lower.substr(0, 3) == "gmt" && is_offset(word.substr(3))) {
      fields.zone = word.substr(3);
    } else if (word.front() == '(' || lower == "at") {
      // JavaScript's name of the zone, which follows its offset.
      while (word.front() == '(' && i < words.size() && words[i].back() != ')') ++i;
    } else if (const auto offset = zone_offset(word); offset) {
      if (fields.zone.empty()) fields.zone = *offset;
    } else if (is_digits(word) && word.size() == 4) {
      fields.year = number_of(word);
    } else if (is_digits(word) && word.size() <= 2 && fields.day == 0) {
      fields.day = number_of(word);
    } else if (const std::size_t slash = word.find('/'); slash != std::string_view::npos) {
      const std::size_t second = word.find('/', slash + 1);
      if (second == std::string_view::npos) return std::nullopt;
      const std::string_view a = word.substr(0, slash);
      const std::string_view b = word.substr(slash + 1, second - slash - 1);
      const std::string_view c = word.substr(second + 1);
      if (!is_digits(a) || !is_digits(b) || !is_digits(c)) return std::nullopt;
      if (a.size() == 4) {
        fields.year = number_of(a);
        fields.month = static_cast<std::size_t>(number_of(b));
        fields.day = number_of(c);
        continue;
      }
      if (c.size() != 4) return std::nullopt;
      const int first = number_of(a);
      const int last = number_of(b);
      if (first <= 12 && last <= 12 && first != last) return std::nullopt;
      fields.year = number_of(c);
      fields.month = static_cast<std::size_t>(first > 12 ? last : first);
      fields.day = first > 12 ? first : last;
    } else if (ascii::is_letter(word.front()) && month_of(word) == 0) {
      constexpr std::string_view days = "sunmontuewedthufrisat";
      const std::size_t day = lower.size() < 3 ? std::string_view::npos : days.find(lower.substr(0, 3));
      if (day == std::string_view::npos || day % 3 != 0) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  if (fields.year < 0 || fields.month == 0 || fields.month > 12 || fields.day == 0) return std::nullopt;
  return fields;
}

WrittenTime finished(std::optional<Timestamp> time, Form form, std::string_view from) {
  if (!time) return {};
  constexpr Timestamp year_1 = -62'135'596'800'000;
  if (*time == 0 || std::abs(*time - year_1) < milliseconds_per_day) form = Form::zero;
  return {.form = form, .time = *time, .from = from};
}

/// `/Date(1690538700123)/`, with an offset or not, which says where it was written and not when.
std::optional<std::string_view> digits_of_dotnet(std::string_view text) {
  constexpr std::string_view head = "/Date(";
  if (text.substr(0, head.size()) != head || text.size() < head.size() + 3) return std::nullopt;
  text.remove_prefix(head.size());
  const std::size_t end = text.find_first_of("+-)", 1);
  const std::string_view digits = text.substr(0, end);
  const bool is_number = end != std::string_view::npos && is_digits(digits.substr(digits.substr(0, 1) == "-" ? 1 : 0));
  return is_number ? std::optional(digits) : std::nullopt;
}

/// ISO 8601's basic form with a fraction, an offset or no zone: `20260727T140551.958Z`.
std::optional<Timestamp> at_basic(std::string_view text) {
  constexpr std::string_view shortest = "20260727T140551";
  if (text.size() < shortest.size() || text[8] != 'T') return std::nullopt;
  if (!is_digits(text.substr(0, 8)) || !is_digits(text.substr(9, 6))) return std::nullopt;
  return parse_timestamp(extended_iso8601(text));
}

/// A day of 24 hours ends where the next one begins (ISO 8601:2004, 4.2.3).
std::optional<Timestamp> at_24_hours(std::string_view text) {
  const std::size_t at = text.find("24:00");
  if (at == std::string_view::npos || at < 11) return std::nullopt;
  std::string midnight(text);
  midnight.replace(at, 2, "00");
  const auto time = midnight.find_first_of("123456789", at) < midnight.find_first_of("Zz+-", at)
                        ? std::nullopt
                        : parse_timestamp(midnight);
  return time ? std::optional(*time + milliseconds_per_day) : std::nullopt;
}

}  // namespace

WrittenTime read_time(std::string_view text) {
  while (!text.empty() && ascii::is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && ascii::is_space(text.back())) text.remove_suffix(1);
  if (text.empty()) return {.form = Form::empty};
  if (text.size() > longest_time) return {};
  if (const auto plain = parse_timestamp(text); plain) return finished(plain, Form::plain, "");
  if (const auto digits = digits_of_dotnet(text); digits) {
    return finished(static_cast<Timestamp>(std::strtoll(std::string(*digits).c_str(), nullptr, 10)), Form::converted,
                    "/Date(…)/");
  }
  char* end = nullptr;
  const std::string copy(text);
  if (ascii::is_digit(text.back()) && text.find_first_not_of("0123456789.-") == std::string_view::npos) {
    const double number = std::strtod(copy.c_str(), &end);
    constexpr std::size_t shortest_epoch = 9;
    if (end == copy.c_str() + copy.size() && (text.size() >= shortest_epoch || text == "0")) {
      WrittenTime time = read_epoch(text, number);
      if (time.form == Form::plain) time = {Form::converted, time.time, "an epoch in text"};
      return time;
    }
  }
  if (const auto basic = at_basic(text); basic) return finished(basic, Form::converted, "basic ISO 8601");
  if (const auto midnight = at_24_hours(text); midnight) return finished(midnight, Form::converted, "24:00");
  // `2023-07-28T10:05:00Z[UTC]`, `2023-07-28 10:05:00.123 UTC`, `2023-07-28 10:05:00 +0000 UTC`.
  std::string iso(text.substr(0, text.find('[')));
  const std::size_t zone = iso.size() > 10 ? iso.find_first_of(" ", 11) : std::string::npos;
  if (zone != std::string::npos && ascii::is_digit(iso.front()) && iso[4] == '-') {
    const std::string_view rest = std::string_view(iso).substr(zone + 1);
    const std::string_view first = rest.substr(0, rest.find(' '));
    const auto offset = is_offset(first) ? std::optional(first) : zone_offset(first);
    if (offset) iso = iso.substr(0, zone).append(*offset);
  }
  if (const auto time = parse_timestamp(iso); time)
    return finished(time, Form::converted, "a time with its zone's name");
  const auto fields = fields_of(text);
  if (!fields) return {};
  std::string written(4 - std::min<std::size_t>(4, std::to_string(fields->year).size()), '0');
  written.append(std::to_string(fields->year)).append("-");
  append_two(written, static_cast<int>(fields->month));
  written += '-';
  append_two(written, fields->day);
  written.append("T").append(fields->clock).append(fields->zone);
  return finished(parse_timestamp(written), Form::converted, "a time in words");
}

WrittenTime read_epoch(std::string_view text, double number) {
  constexpr double too_many_seconds = year_10000 / 1e3;
  struct Unit {
    double most;
    std::int64_t per_millisecond;
    std::string_view name;
  };
  constexpr std::array<Unit, 3> units{
      {{1e14, 1, "milliseconds"}, {1e17, 1'000, "microseconds"}, {1e20, 1'000'000, "nanoseconds"}}};
  const double size = std::abs(number);
  if (size < too_many_seconds) return finished(from_epoch_seconds(number), Form::plain, "");
  for (const Unit& unit : units) {
    if (size >= unit.most) continue;
    const bool is_whole = text.find_first_not_of("-0123456789") == std::string_view::npos &&
                          text.size() <= 18 + (text.front() == '-' ? 1 : 0);
    const std::int64_t whole =
        is_whole || (size < 9e18 && text.find_first_not_of("-0123456789") == std::string_view::npos)
            ? std::strtoll(std::string(text).c_str(), nullptr, 10)
            : static_cast<std::int64_t>(std::llround(number));
    const std::int64_t half = unit.per_millisecond / 2;
    const std::int64_t moved = whole + (whole < 0 ? -half : half);
    return finished(moved / unit.per_millisecond, Form::converted, unit.name);
  }
  return {};
}

}  // namespace rekognition_jobs::formats
