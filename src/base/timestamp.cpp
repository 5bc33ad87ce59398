// Reads and writes instants in whole milliseconds, as ISO 8601 and as epoch seconds.
#include "timestamp.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "ascii.h"

namespace rekognition_jobs {
namespace {

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible low-level
/// date algorithms", days_from_civil).
std::int64_t days_from_civil(std::int64_t year, std::int64_t month, std::int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

struct CivilDate {
  std::int64_t year;
  std::int64_t month;
  std::int64_t day;
};

/// The inverse of days_from_civil (same source, civil_from_days).
CivilDate civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::int64_t month = shifted_month + (shifted_month < 10 ? 3 : -9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

std::int64_t days_in_month(std::int64_t year, std::int64_t month) {
  const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (month == 2) return is_leap ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// Takes fixed-width fields off the front of a text. What every timestamp of a listing goes through is inlined though
/// the rest of this file is compiled for size: an import of ISO 8601 timestamps would take a tenth longer.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  [[gnu::always_inline]] bool take(char wanted) {
    if (rest_.empty() || ascii::to_lower(rest_.front()) != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  [[gnu::always_inline]] std::optional<std::int64_t> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!ascii::is_digit(rest_[i])) return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  std::optional<std::int64_t> digits_up_to(std::size_t count, std::int64_t largest) {
    const auto value = digits(count);
    return value && *value <= largest ? value : std::nullopt;
  }

  std::string_view digit_run() {
    const auto size =
        static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), ascii::is_digit) - rest_.begin());
    const std::string_view run = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return run;
  }

 private:
  std::string_view rest_;
};

std::optional<std::int64_t> scan_year(Scanner& scanner) {
  if (scanner.take('+')) return scanner.digits(6);
  if (!scanner.take('-')) return scanner.digits(4);
  const auto year = scanner.digits(6);
  return year && *year != 0 ? std::optional(-*year) : std::nullopt;
}

/// Minutes east of UTC; 0 when the text ends here.
std::optional<std::int64_t> scan_offset(Scanner& scanner) {
  if (scanner.at_end() || scanner.take('z')) return 0;
  const bool east = scanner.take('+');
  if (!east && !scanner.take('-')) return std::nullopt;
  const auto hours = scanner.digits_up_to(2, 23);
  if (!hours) return std::nullopt;
  std::int64_t minutes = 0;
  if (!scanner.at_end()) {
    scanner.take(':');
    const auto scanned = scanner.digits_up_to(2, 59);
    if (!scanned) return std::nullopt;
    minutes = *scanned;
  }
  return (east ? 1 : -1) * (*hours * 60 + minutes);
}

struct Fraction {
  std::int64_t milliseconds = 0;
  std::int64_t width = milliseconds_per_second;
};

Fraction fraction_of_second(std::string_view digits) {
  Fraction fraction;
  for (std::size_t i = 0; i < std::min<std::size_t>(digits.size(), 3); ++i) {
    fraction.width /= 10;
    fraction.milliseconds += (digits[i] - '0') * fraction.width;
  }
  if (digits.size() > 3 && digits[3] >= '5') ++fraction.milliseconds;
  return fraction;
}

std::optional<DateInterval> within_range(Timestamp start, Timestamp end, Precision precision) {
  if (start < -max_timestamp || start > max_timestamp) return std::nullopt;
  return DateInterval{start, end, precision};
}

std::optional<DateInterval> scan_time(Scanner& scanner, Timestamp midnight) {
  const auto hour = scanner.digits_up_to(2, 23);
  if (!hour || !scanner.take(':')) return std::nullopt;
  const auto minute = scanner.digits_up_to(2, 59);
  if (!minute) return std::nullopt;
  Timestamp start = midnight + *hour * milliseconds_per_hour + *minute * milliseconds_per_minute;
  std::int64_t width = milliseconds_per_minute;
  Precision precision = Precision::minute;
  if (scanner.take(':')) {
    const auto second = scanner.digits_up_to(2, 59);
    if (!second) return std::nullopt;
    precision = Precision::second;
    Fraction fraction;
    if (scanner.take('.') || scanner.take(',')) {
      const std::string_view digits = scanner.digit_run();
      if (digits.empty()) return std::nullopt;
      fraction = fraction_of_second(digits);
    }
    start += *second * milliseconds_per_second + fraction.milliseconds;
    width = fraction.width;
  }
  const auto offset = scan_offset(scanner);
  if (!offset || !scanner.at_end()) return std::nullopt;
  start -= *offset * milliseconds_per_minute;
  return within_range(start, start + width, precision);
}

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  out.append(width - std::min(width, digits.size()), '0').append(digits);
}

/// What rounding took off the product `milliseconds` of `seconds` and 1,000, exactly: T. J. Dekker's, by halves of
/// `seconds` whose products are exact. std::fma() is a kilobyte where there is no instruction for it.
double rounding_cost(double seconds, double milliseconds) {
  constexpr double halves = (1 << 27) + 1;
  const double scaled = seconds * halves;
  const double upper = scaled - (scaled - seconds);
  return (upper * 1'000.0 - milliseconds) + (seconds - upper) * 1'000.0;
}

}  // namespace

std::optional<DateInterval> parse_date_interval(std::string_view text) {
  const auto midnight = [](std::int64_t year, std::int64_t month, std::int64_t day) {
    return days_from_civil(year, month, day) * milliseconds_per_day;
  };
  Scanner scanner(text);
  const auto year = scan_year(scanner);
  if (!year) return std::nullopt;
  if (scanner.at_end()) return within_range(midnight(*year, 1, 1), midnight(*year + 1, 1, 1), Precision::year);
  if (!scanner.take('-')) return std::nullopt;
  const auto month = scanner.digits_up_to(2, 12);
  if (!month || *month == 0) return std::nullopt;
  const std::int64_t month_days = days_in_month(*year, *month);
  const Timestamp month_start = midnight(*year, *month, 1);
  if (scanner.at_end()) {
    return within_range(month_start, month_start + month_days * milliseconds_per_day, Precision::month);
  }
  if (!scanner.take('-')) return std::nullopt;
  const auto day = scanner.digits_up_to(2, month_days);
  if (!day || *day == 0) return std::nullopt;
  const Timestamp day_start = month_start + (*day - 1) * milliseconds_per_day;
  if (scanner.at_end()) return within_range(day_start, day_start + milliseconds_per_day, Precision::day);
  if (!scanner.take('t') && !scanner.take(' ')) return std::nullopt;
  return scan_time(scanner, day_start);
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  const auto interval = parse_date_interval(text);
  if (!interval || interval->precision < Precision::day) return std::nullopt;
  return interval->start;
}

std::optional<Timestamp> parse_http_date(std::string_view text) {
  constexpr std::string_view months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec ";
  constexpr std::size_t size_of_form = std::string_view("Tue, 24 Nov 2026 09:30:00 GMT").size();
  if (text.size() != size_of_form || text.substr(3, 2) != ", " || text.substr(25) != " GMT") return std::nullopt;
  const std::size_t month = months.find(text.substr(8, 4));
  if (month == std::string_view::npos) return std::nullopt;
  std::string iso(text.substr(12, 4));
  iso += '-';
  append_padded(iso, static_cast<std::int64_t>(month / 4) + 1, 2);
  iso.append("-").append(text.substr(5, 2)).append("T").append(text.substr(17, 8)).append("Z");
  return parse_timestamp(iso);
}

std::string extended_iso8601(std::string_view basic) {
  std::string extended(basic);
  for (const std::size_t colon : {13U, 11U}) extended.insert(colon, 1, ':');
  for (const std::size_t hyphen : {6U, 4U}) extended.insert(hyphen, 1, '-');
  return extended;
}

std::optional<Timestamp> parse_basic_iso8601(std::string_view text) {
  if (text.size() != std::string_view("20261124T093000Z").size()) return std::nullopt;
  return parse_timestamp(extended_iso8601(text));
}

std::optional<Timestamp> from_epoch_seconds(double seconds) {
  const double milliseconds = seconds * static_cast<double>(milliseconds_per_second);
  if (!(std::abs(milliseconds) <= static_cast<double>(max_timestamp))) return std::nullopt;
  const double whole = std::floor(milliseconds);
  double rest = milliseconds - whole;
  // Far from the epoch the product is too coarse to tell halves: what its rounding cost counts there.
  constexpr double coarse = 1e15;
  if (std::abs(milliseconds) > coarse) rest += rounding_cost(seconds, milliseconds);
  return static_cast<Timestamp>(whole) + (rest >= 0.5 ? 1 : 0) - (rest < -0.5 ? 1 : 0);
}

void append_iso8601(std::string& out, Timestamp timestamp) {
  const std::int64_t days =
      (timestamp >= 0 ? timestamp : timestamp - (milliseconds_per_day - 1)) / milliseconds_per_day;
  const std::int64_t time_of_day = timestamp - days * milliseconds_per_day;
  const CivilDate date = civil_from_days(days);
  if (date.year >= 0 && date.year <= 9999) {
    append_padded(out, date.year, 4);
  } else {
    out += date.year < 0 ? '-' : '+';
    append_padded(out, std::abs(date.year), 6);
  }
  out += '-';
  append_padded(out, date.month, 2);
  out += '-';
  append_padded(out, date.day, 2);
  out += 'T';
  append_padded(out, time_of_day / milliseconds_per_hour, 2);
  out += ':';
  append_padded(out, time_of_day / milliseconds_per_minute % 60, 2);
  out += ':';
  append_padded(out, time_of_day / milliseconds_per_second % 60, 2);
  out += '.';
  append_padded(out, time_of_day % milliseconds_per_second, 3);
  out += 'Z';
}

void append_seconds(std::string& out, std::int64_t milliseconds) {
  if (milliseconds < 0) out += '-';
  const std::int64_t magnitude = std::abs(milliseconds);
  out += std::to_string(magnitude / milliseconds_per_second);
  std::int64_t fraction = magnitude % milliseconds_per_second;
  if (fraction == 0) return;
  out += '.';
  for (std::int64_t unit = 100; fraction != 0; unit /= 10) {
    out += static_cast<char>('0' + fraction / unit);
    fraction %= unit;
  }
}

}  // namespace rekognition_jobs
