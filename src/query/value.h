// Reads the values of qualifiers: texts, flags, numbers, dates and durations, alone, compared, or as ranges.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "../base/text_pattern.h"
#include "../base/timestamp.h"
#include "parser.h"
#include "query_error.h"
#include "schema.h"

namespace rekognition_jobs {

/// Numbers from `low` to `high`, each with or without the end itself.
struct NumberRange {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool excludes_low = false;
  bool excludes_high = false;

  [[nodiscard]] bool contains(double number) const {
    return (excludes_low ? number > low : number >= low) && (excludes_high ? number < high : number <= high);
  }
};

/// Instants t with `begin` ≤ t < `end`.
struct TimeRange {
  Timestamp begin = std::numeric_limits<Timestamp>::min();
  Timestamp end = std::numeric_limits<Timestamp>::max();

  [[nodiscard]] bool contains(Timestamp t) const { return begin <= t && t < end; }
};

template <class Ranges, class Value>
[[nodiscard]] bool any_contains(const Ranges& ranges, Value value) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) { return range.contains(value); });
}

/// How values are compared: in lower case, "-" as "_".
[[nodiscard]] std::string fold_value(std::string_view text);

/// Whether some "*" in a text stands for other characters.
[[nodiscard]] inline bool has_wildcards(const QueryValue& value) {
  return !value.is_exact && !value.is_quoted && value.text.find('*') != std::string::npos;
}

/// `promo` is a substring, `promo-*` a pattern over the whole, `=promo` exact; quoted, "*" is itself.
[[nodiscard]] TextPattern read_pattern(const QueryValue& value);

/// The place among the schema's flags of what `has:` and `no:` ask for.
[[nodiscard]] Expected<std::size_t, QueryError> read_flag(const QueryValue& value, const QuerySchema& schema);

/// `75`, `>=50`, `50..80`, `50..`, `..80`.
[[nodiscard]] Expected<NumberRange, QueryError> read_number(const QueryValue& value);

/// `90s`, `>90s`, `1h..2h`, `1h30m`: in whole milliseconds. Units are s, m, h, d and w.
[[nodiscard]] Expected<NumberRange, QueryError> read_duration(const QueryValue& value);

/// `2026-11`, `>=2026-11-24T09:30Z`, `2026-10..2026-11`, `now-7d`, `today`, all in UTC unless an offset is written. A
/// date stands for its whole interval. `now` is the instant that "now" means.
[[nodiscard]] Expected<TimeRange, QueryError> read_time(const QueryValue& value, Timestamp now);

}  // namespace rekognition_jobs
