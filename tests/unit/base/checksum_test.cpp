// The checksum of what is kept: pinned, since kept bytes outlive the program, and blind to no damage of a few bytes.
#include "base/checksum.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace rekognition_jobs {
namespace {

TEST_CASE("a change of any bit, and of the order or size, changes it") {
  for (const std::size_t size : {1, 7, 8, 9, 31, 32, 33, 40, 71, 128}) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * 37);
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
