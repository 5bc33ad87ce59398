// memcpy, memmove and memset: natively the C library's, in WebAssembly those of wasm/memory_functions.cpp.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstring>
#include <string>

namespace rekognition_jobs {
namespace {

constexpr std::size_t most_bytes = 70;

std::string letters() {
  std::string text;
  for (std::size_t i = 0; i < 3 * most_bytes; ++i) text += static_cast<char>('!' + i % 90);
  return text;
}

TEST_CASE("bytes are moved over themselves at every size and distance, and nothing around them") {
  const std::string before = letters();
  for (std::size_t size = 0; size < most_bytes; ++size) {
    for (std::size_t from = 0; from < most_bytes; ++from) {
      for (std::size_t to = 0; to < most_bytes; ++to) {
        std::string moved = before;
        void* const end = std::memmove(moved.data() + to, moved.data() + from, size);
        std::string expected = before;
        for (std::size_t i = 0; i < size; ++i) expected[to + i] = before[from + i];
        REQUIRE(moved == expected);
        REQUIRE(end == moved.data() + to);
      }
    }
  }
}

TEST_CASE("bytes are copied and set at every size, wherever they lie, and nothing around them") {
  const std::string before = letters();
  for (std::size_t size = 0; size < most_bytes; ++size) {
    for (std::size_t place = 0; place < most_bytes; ++place) {
      std::string copy(before.size(), '\xFF');
      std::memcpy(copy.data() + place, before.data() + size, size);
      std::string expected(before.size(), '\xFF');
      for (std::size_t i = 0; i < size; ++i) expected[place + i] = before[size + i];
      REQUIRE(copy == expected);

      std::memset(copy.data() + place, 0x180, size);
      for (std::size_t i = 0; i < size; ++i) expected[place + i] = '\x80';
      REQUIRE(copy == expected);
    }
  }
}

}  // namespace
}  // namespace rekognition_jobs
