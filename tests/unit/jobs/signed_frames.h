// Snapshots as whoever means harm would make them: any bytes, with the checksums that the reader wants.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/byte_codec.h"
#include "base/checksum.h"
#include "jobs/snapshot_format.h"

namespace rekognition_jobs::test {

/// The snapshot with its head made good, and the right checksum behind each of its frames, as far as they are whole.
inline std::string with_checksums(std::string_view bytes) {
  std::string snapshot(snapshot::magic);
  append_value(snapshot, snapshot::version);
  append_value(snapshot, snapshot::schema);
  ByteReader reader(bytes.substr(std::min(bytes.size(), snapshot::head_size)));
  std::uint64_t sum = 0;
  while (const auto size = reader.value<std::uint32_t>()) {
    const auto payload = reader.bytes(*size);
    if (!payload) break;
    append_value(snapshot, *size);
    snapshot.append(*payload);
    sum = checksum(sum, *payload);
    append_value(snapshot, sum);
    static_cast<void>(reader.value<std::uint64_t>());
  }
  return snapshot;
}

}  // namespace rekognition_jobs::test
