// Encodes the state of a store's sync with the service, for snapshots.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "../base/byte_codec.h"
#include "coverage.h"
#include "listing_sync.h"

namespace rekognition_jobs {

struct SyncState {
  Coverage coverage;
  SingleJobs singles;
};

/// So many, at most.
[[nodiscard]] std::uint64_t size_in_bytes(const SyncState& state);

/// Appends it as bytes. Linear in them.
void append_bytes(std::string& out, const SyncState& state);

/// Takes off the front what was appended; nothing if it is not there.
[[nodiscard]] std::optional<SyncState> read_sync_state(ByteReader& bytes);

}  // namespace rekognition_jobs
