// The format of a snapshot: its head, its frames and their parts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "../columns/row.h"
#include "storage.h"

namespace rekognition_jobs::snapshot {

// A head, then frames: 32 bits for the payload's size, the payload, and the checksum of all payloads so far. A payload
// is a FrameHead and what its part of the store has of these rows (or symbols). Parts come in the order of
// SnapshotParts::visit(), between the notes and the end. All numbers are written least byte first.

inline constexpr std::string_view magic = "\x89RekJobs";

/// To be raised with every change of what stands here, or of how a part is written.
inline constexpr std::uint32_t version = 1;

/// Tells members and their storage, so that a snapshot of others is not misread: FNV-1a.
inline constexpr std::uint32_t schema = [] {
  std::uint32_t hash = 2'166'136'261;
  const auto mix = [&hash](std::size_t byte) { hash = (hash ^ static_cast<std::uint32_t>(byte)) * 16'777'619; };
  for (std::size_t i = 0; i < member_count; ++i) {
    const auto& shape = shape_of(static_cast<Member>(i));
    for (const char c : shape.name) mix(static_cast<unsigned char>(c));
    mix(index_of(shape.parent));
    mix(static_cast<std::size_t>(shape.type));
    mix(static_cast<std::size_t>(column_slots[i].storage));
  }
  return hash;
}();

inline constexpr std::size_t head_size = magic.size() + sizeof version + sizeof schema;

/// Bytes of text in a frame; of a longer text, a frame has a stretch.
inline constexpr std::size_t most_text = std::size_t{1} << 18;

/// Bytes of a payload: the text, and the ends of a chunk's.
inline constexpr std::size_t most_payload = most_text + rows_per_chunk * sizeof(std::uint32_t) + 64;

/// Rows of a set in a frame.
inline constexpr std::size_t rows_of_a_set = std::size_t{1} << 17;

inline constexpr std::uint8_t notes_part = 0;
inline constexpr std::uint8_t first_part = 1;
inline constexpr std::uint8_t job_ids_part = 5;  ///< those that are not packed
inline constexpr std::uint8_t end_part = 255;

// Flags of a frame of symbols: the bytes of each. Of a frame with a stretch of one text, and without ends: whether it
// follows another, and whether another follows.
inline constexpr std::uint8_t is_stretch = 1;
inline constexpr std::uint8_t follows = 2;
inline constexpr std::uint8_t goes_on = 4;

struct FrameHead {
  std::uint8_t part = 0;
  std::uint8_t flags = 0;
  std::uint16_t unused = 0;
  std::uint32_t first = 0;  ///< row or symbol
  std::uint32_t count = 0;
};
static_assert(sizeof(FrameHead) == 12);

}  // namespace rekognition_jobs::snapshot
