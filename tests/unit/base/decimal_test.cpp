// Decimals without the C library: the nearest double, always.
#include "base/decimal.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdio>
#include <random>
#include <string>

namespace rekognition_jobs {
namespace {

Decimal decimal_of(const std::string& text) {
  Decimal decimal{.text = text};
  bool is_fraction = false;
  for (const char c : text) {
    if (c == '.') {
      is_fraction = true;
      continue;
    }
    decimal.digits = decimal.digits * 10 + static_cast<std::uint64_t>(c - '0');
    if (is_fraction) ++decimal.fraction;
  }
  return decimal;
}

/// Of numbers that have no more digits than may be asked for.
void check(const std::string& text) {
  if (text.size() > Decimal::most_digits + 1 || text.find('e') != std::string::npos) return;
  const double expected = std::strtod(text.c_str(), nullptr);
  const double found = decimal_of(text).value();
  if (expected != found) FAIL(text);
}

TEST_CASE("a decimal is the double that the C library reads") {
  for (const char* text : {"0",
                           "1",
                           "0.1",
                           "98.12345886230469",
                           "99.99999999999999",
                           "72.72570037841797",
                           "0.3",
                           "9007199254740993",
                           "9007199254740993.0",
                           "9007199254740992.5",
                           "9007199254740993.5",
                           "4503599627370496.5",
                           "4503599627370497.5",
                           "1.000000000000000001",
                           "0.100000000000000005",
                           "9999999999999999999",
                           "0.000000000000000001",
                           "64.00000000000000711",
                           "63.99999999999999644",
                           "128.0000000000000142",
                           "1844674407370955161.5"}) {
    check(text);
  }
}

TEST_CASE("of any number of digits, anywhere in the range of percents, and half-way between two doubles") {
  std::mt19937_64 random(20261124);
  char text[64];
  for (int round = 0; round < 100'000; ++round) {
    const double percent = static_cast<double>(random() >> 11) / static_cast<double>(std::uint64_t{1} << 53) * 100;
    for (const int digits : {15, 16, 17}) {
      std::snprintf(text, sizeof text, "%.*g", digits, percent);
      check(text);
    }
    std::snprintf(text, sizeof text, "%.*g", 17, static_cast<double>(static_cast<float>(percent)));
    check(text);
    const std::uint64_t digits = random() % 10'000'000'000'000'000'000ULL;
    std::string whole = std::to_string(digits);
    const auto point = static_cast<std::size_t>(1 + random() % whole.size());
    if (point < whole.size()) whole.insert(point, ".");
    check(whole);
  }
  // 2^53 + 1/2 and the like: ties go to the even double.
  for (std::uint64_t number = (std::uint64_t{1} << 52) + 3; number < (std::uint64_t{1} << 52) + 2'000; number += 7) {
    check(std::to_string(number) + ".5");
    check(std::to_string(number) + ".49");
    check(std::to_string(number) + ".51");
  }
}

}  // namespace
}  // namespace rekognition_jobs
