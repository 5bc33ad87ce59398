// Times as programs write them.
#include "formats/time_forms.h"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

namespace rekognition_jobs::formats {
namespace {

using TimeForm = WrittenTime::Form;
constexpr Timestamp time_with_milliseconds = 1'690'538'700'123;
constexpr Timestamp whole_second = 1'690'538'700'000;

TEST_CASE("forms of one time") {
  for (const std::string_view text :
       {"2023-07-28T10:05:00.123Z", "2023-07-28T12:05:00.123+02:00", "2023-07-28 10:05:00.123",
        "2023-07-28 10:05:00.123 UTC", "2023-07-28T10:05:00.123Z[UTC]", "2023-07-28T12:05:00.123+02:00[Europe/Berlin]",
        "/Date(1690538700123)/", "/Date(1690538700123+0200)/", "1690538700.123", "1690538700123", "1690538700123000",
        "1690538700123000000", "2023-07-28 10:05:00.123 +0000 UTC", " 2023-07-28T10:05:00.123Z "}) {
    CAPTURE(text);
    const WrittenTime time = read_time(text);
    CHECK((time.form == TimeForm::plain || time.form == TimeForm::converted));
    CHECK(time.time == time_with_milliseconds);
  }
  for (const std::string_view text :
       {"Fri, 28 Jul 2023 10:05:00 GMT", "Fri, 28 Jul 2023 12:05:00 +0200", "Fri, 28 Jul 2023 10:05:00",
        "28 Jul 2023 10:05:00 UTC", "Fri Jul 28 10:05:00 2023",
        "Fri Jul 28 2023 12:05:00 GMT+0200 (Central European Summer Time)", "20230728T100500Z", "20230728T100500.000Z",
        "20230728T120500+02:00", "07/28/2023 10:05:00 AM", "7/28/2023, 10:05:00 AM", "28/07/2023 10:05:00",
        "2023/07/28 10:05:00", "Friday, July 28, 2023 10:05:00 AM", "Fri, 28 Jul 2023 06:05:00 EDT",
        "Jul 28, 2023, 10:05:00 AM"}) {
    CAPTURE(text);
    const WrittenTime time = read_time(text);
    CHECK(time.form == TimeForm::converted);
    CHECK(time.time == whole_second);
  }
  CHECK(read_time("2023-07-28T24:00:00Z").time == read_time("2023-07-29T00:00:00Z").time);
  CHECK(read_time("12/31/2023 12:05:00 AM").time == read_time("2023-12-31T00:05:00Z").time);
}

TEST_CASE("what is ambiguous or no time is unreadable") {
  for (const std::string_view text :
       {"05/06/2024", "05/06/2024 10:00:00", "soon", "2023-02-30T00:00:00Z", "13/13/2023",
        "Fri, 32 Jul 2023 10:05:00 GMT", "12", "2023-07-28T24:01:00Z", "2023-07-28T25:00:00Z", "/Date(x)/", "1/2",
        "07/28/2023 13:05:00 AM", "1e999", "28 Foo 2023"}) {
    CAPTURE(text);
    CHECK(read_time(text).form == TimeForm::unreadable);
  }
  CHECK(read_time("06/06/2024").form == TimeForm::converted);
}

TEST_CASE("what may stand for no time is told from times") {
  for (const std::string_view text : {"", "  "}) CHECK(read_time(text).form == TimeForm::empty);
  for (const std::string_view text :
       {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00", "0", "1970-01-01T00:00:00Z", "/Date(0)/"}) {
    CAPTURE(text);
    CHECK(read_time(text).form == TimeForm::zero);
  }
  CHECK(read_epoch("0", 0).form == TimeForm::zero);
  CHECK(read_epoch("-62135596800", -62'135'596'800).form == TimeForm::zero);
}

TEST_CASE("a number that cannot be seconds is in a smaller unit") {
  CHECK(read_epoch("253402300799.999", 253'402'300'799.999).time == year_10000 - 1);
  CHECK(read_epoch("253402300799.999", 253'402'300'799.999).form == TimeForm::plain);
  CHECK(read_epoch("253402300800", 253'402'300'800).from == "milliseconds");
  CHECK(read_epoch("100000000000000", 1e14).from == "microseconds");
  CHECK(read_epoch("100000000000000000", 1e17).from == "nanoseconds");
  CHECK(read_epoch("1690538700122999808", 1690538700122999808.0).time == time_with_milliseconds);
  CHECK(read_epoch("1e20", 1e20).form == TimeForm::unreadable);
}

}  // namespace
}  // namespace rekognition_jobs::formats
