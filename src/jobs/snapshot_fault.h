// Why no store can be made of bytes.
#pragma once

#include <cstdint>

namespace rekognition_jobs {

enum class SnapshotFault : std::uint8_t {
  none,
  foreign,        ///< the bytes are no snapshot
  other_version,  ///< of a writer that kept other members, or kept them otherwise
  damaged,        ///< they are not as they were written, or no store has what they tell
  incomplete,     ///< they end too early
  full,           ///< memory is; the bytes may be good
};

}  // namespace rekognition_jobs
