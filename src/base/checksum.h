// A 64-bit checksum of stored bytes. It is our own, since the hash of the tables is seeded, and the checksum of a
// library adds more code.
#pragma once

#include <cstdint>
#include <string_view>

namespace rekognition_jobs {

/// The checksum of `bytes` that follow others, whose checksum is `before`; of the first, 0. Tells damage, not intent:
/// any change within eight bytes that lie in one word changes it, any other one for all but one in 2^64. Never to be
/// changed, since snapshots have it.
[[nodiscard]] std::uint64_t checksum(std::uint64_t before, std::string_view bytes);

}  // namespace rekognition_jobs
