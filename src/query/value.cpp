// Reads comparisons and ranges once for all types of value, and the values themselves by type.
#include "value.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "../base/ascii.h"

namespace rekognition_jobs {
namespace {

enum class Comparison : std::uint8_t { within, greater, greater_or_equal, less, less_or_equal };

Comparison take_comparison(std::string_view& text) {
  struct Operator {
    std::string_view text;
    Comparison comparison;
  };
  constexpr Operator operators[] = {{">=", Comparison::greater_or_equal},
                                    {"<=", Comparison::less_or_equal},
                                    {">", Comparison::greater},
                                    {"<", Comparison::less}};
  for (const Operator& candidate : operators) {
    if (text.substr(0, candidate.text.size()) != candidate.text) continue;
    text.remove_prefix(candidate.text.size());
    return candidate.comparison;
  }
  return Comparison::within;
}

/// The smallest and largest of what a single value stands for; equal unless it names an interval.
template <class T>
struct Extent {
  T begin;
  T end;
};

/// Reads `a`, `>a` … or `a..b`. `read_one` reads an `a` to an optional Extent; `compare(extent, comparison)` makes a
/// Range of it, and `span(optional begin, optional end)` one of two.
template <class ReadOne, class Compare, class Span>
auto read_range(std::string_view text, const ReadOne& read_one, const Compare& compare, const Span& span)
    -> std::optional<decltype(compare(*read_one(text), Comparison::within))> {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    const Comparison comparison = take_comparison(text);
    const auto extent = read_one(text);
    if (!extent) return std::nullopt;
    return compare(*extent, comparison);
  }
  const std::string_view from = text.substr(0, dots);
  const std::string_view to = text.substr(dots + 2);
  if (from.empty() && to.empty()) return std::nullopt;
  const auto low = from.empty() ? decltype(read_one(from)){} : read_one(from);
  const auto high = to.empty() ? decltype(read_one(to)){} : read_one(to);
  if ((!from.empty() && !low) || (!to.empty() && !high)) return std::nullopt;
  return span(low, high);
}

NumberRange compare_number(double number, Comparison comparison) {
  NumberRange range;
  if (comparison != Comparison::less && comparison != Comparison::less_or_equal) range.low = number;
  if (comparison != Comparison::greater && comparison != Comparison::greater_or_equal) range.high = number;
  range.excludes_low = comparison == Comparison::greater;
  range.excludes_high = comparison == Comparison::less;
  return range;
}

NumberRange span_numbers(std::optional<double> low, std::optional<double> high) {
  NumberRange range;
  range.low = low.value_or(range.low);
  range.high = high.value_or(range.high);
  return range;
}

/// Takes an unsigned decimal off the front.
std::optional<double> take_decimal(std::string_view& text) {
  std::size_t size = 0;
  const auto digits = [&] {
    const std::size_t begin = size;
    while (size < text.size() && ascii::is_digit(text[size])) ++size;
    return size - begin;
  };
  const std::size_t whole = digits();
  std::size_t fraction = 0;
  if (size < text.size() && text[size] == '.') {
    ++size;
    fraction = digits();
    if (fraction == 0) return std::nullopt;
  }
  if (whole + fraction == 0) return std::nullopt;
  const double number = std::strtod(std::string(text.substr(0, size)).c_str(), nullptr);
  text.remove_prefix(size);
  return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<double> number_from(std::string_view text) {
  const bool is_negative = !text.empty() && text.front() == '-';
  if (is_negative) text.remove_prefix(1);
  const auto number = take_decimal(text);
  if (!number || !text.empty()) return std::nullopt;
  return is_negative ? -*number : *number;
}

std::optional<double> milliseconds_of(char unit) {
  switch (ascii::to_lower(unit)) {
    case 's': return milliseconds_per_second;
    case 'm': return milliseconds_per_minute;
    case 'h': return milliseconds_per_hour;
    case 'd': return milliseconds_per_day;
    case 'w': return 7 * milliseconds_per_day;
    default: return std::nullopt;
  }
}

std::optional<double> duration_from(std::string_view text) {
  const bool is_negative = !text.empty() && text.front() == '-';
  if (is_negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  double milliseconds = 0;
  while (!text.empty()) {
    const auto number = take_decimal(text);
    if (!number || text.empty()) return std::nullopt;
    const auto unit = milliseconds_of(text.front());
    if (!unit) return std::nullopt;
    milliseconds += *number * *unit;
    text.remove_prefix(1);
  }
  return std::round(is_negative ? -milliseconds : milliseconds);
}

std::optional<Extent<Timestamp>> relative_time_from(std::string_view text, Timestamp now) {
  constexpr std::string_view now_word = "now";
  if (ascii::equal_ignoring_case(text, "today")) {
    const Timestamp time_of_day = (now % milliseconds_per_day + milliseconds_per_day) % milliseconds_per_day;
    return Extent<Timestamp>{now - time_of_day, now - time_of_day + milliseconds_per_day};
  }
  if (!ascii::equal_ignoring_case(text.substr(0, now_word.size()), now_word)) return std::nullopt;
  text.remove_prefix(now_word.size());
  double instant = static_cast<double>(now);
  if (!text.empty()) {
    const char sign = text.front();
    if (sign != '-' && sign != '+') return std::nullopt;
    text.remove_prefix(1);
    if (!text.empty() && text.front() == '-') return std::nullopt;
    const auto duration = duration_from(text);
    if (!duration) return std::nullopt;
    instant += sign == '-' ? -*duration : *duration;
  }
  if (std::abs(instant) > static_cast<double>(max_timestamp)) return std::nullopt;
  const auto rounded = static_cast<Timestamp>(std::llround(instant));
  return Extent<Timestamp>{rounded, rounded + 1};
}

TimeRange compare_time(Extent<Timestamp> named, Comparison comparison) {
  TimeRange range;
  switch (comparison) {
    case Comparison::within: return {named.begin, named.end};
    case Comparison::greater: range.begin = named.end; break;
    case Comparison::greater_or_equal: range.begin = named.begin; break;
    case Comparison::less: range.end = named.begin; break;
    case Comparison::less_or_equal: range.end = named.end; break;
  }
  return range;
}

template <class Range>
Expected<Range, QueryError> or_error(std::optional<Range> range, const QueryValue& value, std::string_view what,
                                     std::vector<std::string> expected) {
  if (range) return *range;
  return QueryError{value.range, "\"" + value.text + "\" is not " + std::string(what), std::move(expected)};
}

}  // namespace

std::string fold_value(std::string_view text) {
  std::string folded = ascii::to_lower(text);
  std::replace(folded.begin(), folded.end(), '-', '_');
  return folded;
}

TextPattern read_pattern(const QueryValue& value) {
  if (value.is_exact) return TextPattern::exact(value.text);
  return has_wildcards(value) ? TextPattern::with_wildcards(value.text) : TextPattern::substring(value.text);
}

Expected<std::size_t, QueryError> read_flag(const QueryValue& value, const QuerySchema& schema) {
  const std::size_t index = schema.flag_index(value.text);
  if (index < schema.flags.size()) return index;
  return QueryError{value.range, "\"" + value.text + "\" is not a member that has: and no: know",
                    as_strings(schema.flags)};
}

Expected<NumberRange, QueryError> read_number(const QueryValue& value) {
  return or_error(read_range(value.text, number_from, compare_number, span_numbers), value,
                  "a number or a range of them", {"75", ">=50", "50..80"});
}

Expected<NumberRange, QueryError> read_duration(const QueryValue& value) {
  return or_error(read_range(value.text, duration_from, compare_number, span_numbers), value,
                  "a duration or a range of them", {">90s", "<=15m", "1h..2h"});
}

Expected<TimeRange, QueryError> read_time(const QueryValue& value, Timestamp now) {
  const auto extent_from = [now](std::string_view text) -> std::optional<Extent<Timestamp>> {
    if (const auto interval = parse_date_interval(text)) return Extent<Timestamp>{interval->start, interval->end};
    return relative_time_from(text, now);
  };
  const auto span = [](std::optional<Extent<Timestamp>> from, std::optional<Extent<Timestamp>> to) {
    TimeRange range;
    if (from) range.begin = from->begin;
    if (to) range.end = to->end;
    return range;
  };
  return or_error(read_range(value.text, extent_from, compare_time, span), value, "a date or a range of them",
                  {"2026-11", "2026-11-24", ">=2026-11-24T09:30Z", "2026-10..2026-11", "now-7d", "today"});
}

}  // namespace rekognition_jobs
