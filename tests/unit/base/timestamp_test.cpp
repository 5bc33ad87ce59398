// Timestamps: ISO 8601 and epoch seconds, read and written.
#include "base/timestamp.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

namespace rekognition_jobs {
namespace {

std::string iso(Timestamp timestamp) {
  std::string text;
  append_iso8601(text, timestamp);
  return text;
}

std::string seconds(std::int64_t milliseconds) {
  std::string text;
  append_seconds(text, milliseconds);
  return text;
}

TEST_CASE("timestamps are read in every form that AWS and people write") {
  const Timestamp half_past_nine = 1'795'512'600'000;
  CHECK(parse_timestamp("2026-11-24T09:30:00Z") == half_past_nine);
  CHECK(parse_timestamp("2026-11-24T09:30Z") == half_past_nine);
  CHECK(parse_timestamp("2026-11-24t09:30:00.000z") == half_past_nine);
  CHECK(parse_timestamp("2026-11-24 09:30:00") == half_past_nine);
  CHECK(parse_timestamp("2026-11-24T01:30:00-08:00") == half_past_nine);
  CHECK(parse_timestamp("2026-11-24T15:00:00+0530") == half_past_nine);
  CHECK(parse_timestamp("2026-11-24T10:30:00+01") == half_past_nine);
  CHECK(parse_timestamp("2023-07-28T08:05:51.958000-07:00") == 1'690'556'751'958);
  CHECK(parse_timestamp("2026-11-24") == 1'795'478'400'000);
  CHECK(parse_timestamp("+002026-11-24T09:30:00Z") == half_past_nine);
  CHECK(parse_timestamp("-000001-01-01T00:00:00Z") == -62'198'755'200'000);
}

TEST_CASE("fractions are rounded to the nearest millisecond, halves up") {
  CHECK(parse_timestamp("1970-01-01T00:00:00.0004999Z") == 0);
  CHECK(parse_timestamp("1970-01-01T00:00:00.0005Z") == 1);
  CHECK(parse_timestamp("1970-01-01T00:00:59.9999Z") == 60'000);
  CHECK(parse_timestamp("1969-12-31T23:59:59.9995Z") == 0);
  CHECK(from_epoch_seconds(1690556751.958) == 1'690'556'751'958);
  CHECK(from_epoch_seconds(0.0005) == 1);
  CHECK(from_epoch_seconds(-0.0005) == 0);
  CHECK(from_epoch_seconds(-0.0006) == -1);
  CHECK(from_epoch_seconds(1e12) == 1'000'000'000'000'000);
  CHECK(from_epoch_seconds(1690556751.9585) == 1'690'556'751'959);
  for (Timestamp timestamp = max_timestamp - 500; timestamp <= max_timestamp; ++timestamp) {
    for (const Timestamp either : {timestamp, -timestamp, timestamp / 2, timestamp / 7, -timestamp / 13}) {
      CHECK(from_epoch_seconds(std::stod(seconds(either))) == either);
    }
  }
}

TEST_CASE("what no calendar has is no timestamp") {
  for (const char* text : {"",
                           "yesterday",
                           "2026",
                           "2026-11",
                           "2026-02-29",
                           "2026-13-01",
                           "2026-00-01",
                           "2026-11-00",
                           "2026-11-31",
                           "2026-11-24T24:00Z",
                           "2026-11-24T09:60Z",
                           "2026-11-24T09:30:60Z",
                           "2026-11-24T09",
                           "2026-11-24T09:30:00.Z",
                           "2026-11-24T09:30:00+24:00",
                           "2026-11-24T09:30:00+01:60",
                           "2026-11-24T09:30:00ZZ",
                           "2026-11-24T09:30:00Z ",
                           "26-11-24",
                           "2026-1-4",
                           "-000000-01-01",
                           "+275760-09-13T00:00:00.001Z",
                           "1690556751",
                           "2026-11-24T09:30:00+1"}) {
    CAPTURE(text);
    CHECK(!parse_timestamp(text));
  }
  CHECK(parse_timestamp("2024-02-29"));
  CHECK(parse_timestamp("+275760-09-13T00:00:00Z") == max_timestamp);
  CHECK(!from_epoch_seconds(8.64e12 + 1));
  CHECK(!from_epoch_seconds(std::numeric_limits<double>::quiet_NaN()));
  CHECK(!from_epoch_seconds(std::numeric_limits<double>::infinity()));
}

TEST_CASE("a written date names its whole interval") {
  const auto width = [](const char* text) {
    const auto interval = parse_date_interval(text);
    REQUIRE(interval);
    return interval->end - interval->start;
  };
  CHECK(width("2026") == 365 * milliseconds_per_day);
  CHECK(width("2024") == 366 * milliseconds_per_day);
  CHECK(width("2026-11") == 30 * milliseconds_per_day);
  CHECK(width("2024-02") == 29 * milliseconds_per_day);
  CHECK(width("2026-12") == 31 * milliseconds_per_day);
  CHECK(width("2026-11-24") == milliseconds_per_day);
  CHECK(width("2026-11-24T09:30") == milliseconds_per_minute);
  CHECK(width("2026-11-24T09:30:10") == milliseconds_per_second);
  CHECK(width("2026-11-24T09:30:10.5") == 100);
  CHECK(width("2026-11-24T09:30:10.25") == 10);
  CHECK(width("2026-11-24T09:30:10.125") == 1);
  CHECK(width("2026-11-24T09:30:10.123456") == 1);
}

TEST_CASE("HTTP's dates and AWS's basic form are read") {
  CHECK(parse_http_date("Tue, 24 Nov 2026 09:30:00 GMT") == 1'795'512'600'000);
  CHECK(parse_basic_iso8601("20261124T093000Z") == 1'795'512'600'000);
  for (const char* text :
       {"", "Tue, 24 Nov 2026 09:30:00 CET", "Tue, 24 Foo 2026 09:30:00 GMT", "Tue, 31 Nov 2026 09:30:00 GMT",
        "Tuesday, 24-Nov-26 09:30:00 GMT", "2026-11-24T09:30:00Z"}) {
    CAPTURE(text);
    CHECK(!parse_http_date(text));
    CHECK(!parse_basic_iso8601(text));
  }
}

TEST_CASE("writing is the inverse of reading") {
  for (const Timestamp timestamp :
       {Timestamp{0}, Timestamp{-1}, Timestamp{1'690'556'751'958}, Timestamp{951'827'696'001}, max_timestamp,
        -max_timestamp, Timestamp{-62'198'755'200'000}}) {
    CAPTURE(timestamp);
    CHECK(parse_timestamp(iso(timestamp)) == timestamp);
  }
  CHECK(iso(1'795'512'600'007) == "2026-11-24T09:30:00.007Z");
  CHECK(iso(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(iso(max_timestamp) == "+275760-09-13T00:00:00.000Z");
  CHECK(iso(-max_timestamp) == "-271821-04-20T00:00:00.000Z");
}

TEST_CASE("seconds are written without trailing zeros") {
  CHECK(seconds(0) == "0");
  CHECK(seconds(90'500) == "90.5");
  CHECK(seconds(1) == "0.001");
  CHECK(seconds(1'010) == "1.01");
  CHECK(seconds(-500) == "-0.5");
  CHECK(seconds(3'600'000) == "3600");
}

}  // namespace
}  // namespace rekognition_jobs
