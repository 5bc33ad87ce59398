// Saved files in other forms: any two parts that begin something and never end it, one after the other.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "formats/format_reader.h"
#include "steps.h"

namespace rekognition_jobs {
namespace {

const std::vector<std::string_view> parts{"[",
                                          "{",
                                          "{\"JobId\":",
                                          "\"",
                                          "{\"a\":[",
                                          "[1,",
                                          "{\"JobId\":\"a\",\"b\":",
                                          "x",
                                          "\\",
                                          "{\"JobId\":1}",
                                          "/*",
                                          "'",
                                          "#",
                                          "[ #",
                                          "[\"",
                                          "{\xE2\x80\x9C",
                                          "\n\"{",
                                          "\n\"[1,",
                                          "\\\"",
                                          "{\"JobId\":/*",
                                          " ",
                                          "\n"};

std::string repeated(std::string_view first, std::string_view second, std::size_t size) {
  std::string text;
  while (text.size() < size) text.append(first).append(second);
  return text;
}

double steps_to_read(const std::string& text, std::size_t chunk) {
  return static_cast<double>(test::steps_of([&] {
    formats::FormatReader reader;
    for (std::size_t at = 0; at < text.size(); at += chunk) reader.read(std::string_view(text).substr(at, chunk));
    reader.finish();
  }));
}

TEST_CASE("other forms") {
  constexpr double most_growth = 2.4;
  constexpr double most_steps_a_byte = 1'000;
  constexpr std::size_t size = 8'000;
  double worst = 0;
  std::string worst_parts;
  for (const std::string_view first : parts) {
    for (const std::string_view second : parts) {
      std::array<double, 3> counts{};
      for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] = steps_to_read(repeated(first, second, size << i), 1'000);
      CAPTURE(first);
      CAPTURE(second);
      CHECK(counts[1] <= most_growth * counts[0]);
      CHECK(counts[2] <= most_growth * counts[1]);
      CHECK(counts[2] <= most_steps_a_byte * (size << 2U));
      if (counts[2] <= worst) continue;
      worst = counts[2];
      worst_parts = std::string(first).append(second);
    }
  }
  std::printf("other forms: %zu pairs of parts, the worst one %s: %.0f steps a byte\n", parts.size() * parts.size(),
              worst_parts.c_str(), worst / (size << 2U));
}

}  // namespace
}  // namespace rekognition_jobs
