// Counts by the callbacks of Clang's -fsanitize-coverage=trace-pc-guard, and around the C library's memory functions.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "steps.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstring>

#include "base/substring.h"

namespace {

std::uint64_t steps = 0;

/// Up to the first difference.
std::size_t same_bytes(const void* a, const void* b, std::size_t size) {
  const auto* const left = static_cast<const unsigned char*>(a);
  const auto* const right = static_cast<const unsigned char*>(b);
  std::size_t same = 0;
  while (same < size && left[same] == right[same]) ++same;
  return same;
}

}  // namespace

extern "C" {

void __sanitizer_cov_trace_pc_guard_init(std::uint32_t* start, const std::uint32_t* stop) {
  for (std::uint32_t* guard = start; guard != stop; ++guard) *guard = 1;
}
void __sanitizer_cov_trace_pc_guard(std::uint32_t* /*guard*/) { ++steps; }

void* __real_memcpy(void* to, const void* from, std::size_t size);
void* __real_memmove(void* to, const void* from, std::size_t size);
void* __real_memset(void* to, int byte, std::size_t size);
int __real_memcmp(const void* a, const void* b, std::size_t size);
int __real_bcmp(const void* a, const void* b, std::size_t size);
const void* __real_memchr(const void* text, int byte, std::size_t size);

void* __wrap_memcpy(void* to, const void* from, std::size_t size) {
  steps += size / 16;
  return __real_memcpy(to, from, size);
}
void* __wrap_memmove(void* to, const void* from, std::size_t size) {
  steps += size / 16;
  return __real_memmove(to, from, size);
}
void* __wrap_memset(void* to, int byte, std::size_t size) {
  steps += size / 16;
  return __real_memset(to, byte, size);
}
int __wrap_memcmp(const void* a, const void* b, std::size_t size) {
  steps += same_bytes(a, b, size) / 16;
  return __real_memcmp(a, b, size);
}
/// What Clang makes of a memcmp() whose sign is not looked at.
int __wrap_bcmp(const void* a, const void* b, std::size_t size) {
  steps += same_bytes(a, b, size) / 16;
  return __real_bcmp(a, b, size);
}
const void* __wrap_memchr(const void* text, int byte, std::size_t size) {
  const void* const found = __real_memchr(text, byte, size);
  steps +=
      (found == nullptr ? size
                        : static_cast<std::size_t>(static_cast<const char*>(found) - static_cast<const char*>(text))) /
      16;
  return found;
}
}

namespace rekognition_jobs::test {

std::uint64_t steps_of(const std::function<void()>& call) {
  const std::uint64_t before = steps;
  call();
  return steps - before;
}

void check_cost(const std::string& name, std::size_t size, const Prepare& prepare) {
  constexpr double most_growth = 2.4;
  std::array<double, 3> counts{};
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = static_cast<double>(steps_of(prepare(size << i)));
  std::printf("%-64s %9zu %12.0f %6.2f %6.2f\n", name.c_str(), size, counts[0], counts[1] / counts[0],
              counts[2] / counts[1]);
  CHECK_MESSAGE(counts[1] <= most_growth * counts[0], name);
  CHECK_MESSAGE(counts[2] <= most_growth * counts[1], name);
}

TEST_CASE("steps are counted in loops of ours and of the C library, so that a square shows") {
  const auto square = [](std::size_t size) {
    const std::string text(4 * size, 'a');
    const std::string wanted = std::string(size, 'a') + "b";
    std::size_t found = 0;
    const std::uint64_t taken = steps_of([&] {
      for (std::size_t at = 0; at + wanted.size() <= text.size(); ++at) {
        found += std::memcmp(text.data() + at, wanted.data(), wanted.size()) == 0 ? 1 : 0;
      }
    });
    CHECK(found == 0);
    return static_cast<double>(taken);
  };
  CHECK(square(4'000) > 3 * square(2'000));
  CHECK(steps_of([] { CHECK(Substring("b").find(std::string(16'000, 'a')) > 16'000); }) >= 1'000);
}

}  // namespace rekognition_jobs::test
