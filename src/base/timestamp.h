// Instants in whole milliseconds, and their written forms: ISO 8601, epoch seconds, HTTP's dates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rekognition_jobs {

/// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
using Timestamp = std::int64_t;

/// The instants a JavaScript Date can hold lie within this many milliseconds of the epoch (ECMA-262, 21.4.1.1).
inline constexpr Timestamp max_timestamp = 8'640'000'000'000'000;

inline constexpr std::int64_t milliseconds_per_second = 1'000;
inline constexpr std::int64_t milliseconds_per_minute = 60 * milliseconds_per_second;
inline constexpr std::int64_t milliseconds_per_hour = 60 * milliseconds_per_minute;
inline constexpr std::int64_t milliseconds_per_day = 24 * milliseconds_per_hour;

/// How much of a date and time was written down.
enum class Precision : std::uint8_t { year, month, day, minute, second };

/// The stretch of time that a written date names: `start` ≤ t < `end`. "2026-11" is that whole month.
struct DateInterval {
  Timestamp start = 0;
  Timestamp end = 0;
  Precision precision = Precision::second;
};

/// Reads an ISO 8601 date or date and time: `2026`, `2026-11`, `2026-11-24`, `2026-11-24T09:30`, with seconds, a
/// fraction of them, and `Z`, `±hh:mm`, `±hhmm` or `±hh`; UTC without an offset. Years outside 0000 to 9999 are written
/// with a sign and six digits. Fractions are rounded to the nearest millisecond, halves up. Nothing for text of another
/// form, a date that no calendar has, or an instant beyond `max_timestamp`.
[[nodiscard]] std::optional<DateInterval> parse_date_interval(std::string_view text);

/// Reads an ISO 8601 timestamp: what parse_date_interval() reads, from a whole date on.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text);

/// Reads a date of HTTP in its preferred form: `Tue, 24 Nov 2026 09:30:00 GMT` (RFC 9110, 5.6.7: IMF-fixdate).
[[nodiscard]] std::optional<Timestamp> parse_http_date(std::string_view text);

/// Reads ISO 8601's basic form of a UTC time, as AWS signatures write it: `20261124T093000Z`.
[[nodiscard]] std::optional<Timestamp> parse_basic_iso8601(std::string_view text);

/// `20261124T093000` and what follows it, with the signs of ISO 8601's extended form: `2026-11-24T09:30:00`. `basic`
/// has at least the 15 characters.
[[nodiscard]] std::string extended_iso8601(std::string_view basic);

/// Epoch seconds to whole milliseconds, to the nearest, halves up. Nothing beyond `max_timestamp`.
[[nodiscard]] std::optional<Timestamp> from_epoch_seconds(double seconds);

/// The year 10000, which four digits cannot write (RFC 3339, 1). So many seconds are taken for milliseconds.
inline constexpr Timestamp year_10000 = 253'402'300'800'000;

/// Whether a time can be one of a job: after the epoch itself, which may stand for none, and before the year 10000.
[[nodiscard]] constexpr bool is_plain_time(Timestamp time) { return time > 0 && time < year_10000; }

/// Appends `2026-11-24T09:30:00.000Z`, the form of ECMA-262's Date.prototype.toISOString.
void append_iso8601(std::string& out, Timestamp timestamp);

/// Appends milliseconds as decimal seconds without trailing zeros: 90500 is `90.5`.
void append_seconds(std::string& out, std::int64_t milliseconds);

}  // namespace rekognition_jobs
