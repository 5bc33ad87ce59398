// Mixes four words at a time, independently of each other, by invertible steps: so no step hides a change.
#include "checksum.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace rekognition_jobs {
namespace {

// The primes and the round of xxHash64 (Y. Collet).
constexpr std::uint64_t prime_1 = 0x9E37'79B1'85EB'CA87;
constexpr std::uint64_t prime_2 = 0xC2B2'AE3D'27D4'EB4F;

constexpr std::size_t word_size = sizeof(std::uint64_t);

constexpr std::uint64_t mix(std::uint64_t sum, std::uint64_t word) {
  return std::rotl(sum + word * prime_2, 31) * prime_1;
}

std::uint64_t word_at(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, word_size);
  return word;
}

}  // namespace

std::uint64_t checksum(std::uint64_t before, std::string_view bytes) {
  std::array<std::uint64_t, 4> lanes{prime_1, prime_2, 1, 2};
  std::uint64_t sum = mix(before, bytes.size());
  for (; bytes.size() >= lanes.size() * word_size; bytes.remove_prefix(lanes.size() * word_size)) {
    for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] = mix(lanes[i], word_at(bytes.data() + i * word_size));
  }
  for (const std::uint64_t lane : lanes) sum = mix(sum, lane);
  for (; bytes.size() >= word_size; bytes.remove_prefix(word_size)) sum = mix(sum, word_at(bytes.data()));
  std::uint64_t last = 0;
  for (const char c : bytes) last = (last << 8) | static_cast<unsigned char>(c);
  sum = mix(sum, last);
  sum ^= sum >> 32;
  return sum * prime_2;
}

}  // namespace rekognition_jobs
