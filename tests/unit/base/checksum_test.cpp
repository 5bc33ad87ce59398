// The checksum of what is kept: pinned, since kept bytes outlive the program, and blind to no damage of a few bytes.
#include "base/checksum.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace rekognition_jobs {
namespace {

std::string bytes_of(std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * 37);
  return bytes;
}

TEST_CASE("it stays what it is: computed by a second implementation, in Python") {
  CHECK(checksum(0, bytes_of(0)) == 0xC7F9'45CC'4B0C'4EF4);
  CHECK(checksum(1, bytes_of(1)) == 0x64A9'DEA9'08E4'6FB8);
  CHECK(checksum(33, bytes_of(33)) == 0x04D1'0D8B'0F77'F01B);
  CHECK(checksum(71, bytes_of(71)) == 0x10CB'286B'F4B0'931E);
}

TEST_CASE("a change of any bit, and of the order or size, changes it") {
  for (const std::size_t size : {1, 7, 8, 9, 31, 32, 33, 40, 71, 128}) {
    const std::string bytes = bytes_of(size);
    std::set<std::uint64_t> sums{checksum(0, bytes)};
    for (std::size_t bit = 0; bit < 8 * size; ++bit) {
      std::string changed = bytes;
      changed[bit / 8] = static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ (1U << bit % 8));
      CHECK(sums.insert(checksum(0, changed)).second);
    }
    CHECK(sums.insert(checksum(0, bytes + '\0')).second);
    CHECK(sums.insert(checksum(0, '\1' + bytes)).second);
    CHECK(sums.insert(checksum(1, bytes)).second);
  }
  CHECK(checksum(0, std::string(8, '\0')) != checksum(0, std::string(9, '\0')));
  CHECK(checksum(0, "") != checksum(1, ""));
}

}  // namespace
}  // namespace rekognition_jobs
