// The errors of SnapshotReader.
#pragma once

#include <cstdint>

namespace rekognition_jobs {

enum class SnapshotError : std::uint8_t {
  none,
  foreign,        ///< not a snapshot
  other_version,  ///< of a build with other members or another layout
  damaged,        ///< not as it was written, or not the content of any store
  incomplete,     ///< cut off
  full,           ///< memory is full; the bytes may be good
};

}  // namespace rekognition_jobs
