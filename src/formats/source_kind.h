// Recognises by its first bytes whether a source is a listing, results or a manifest summary.
#pragma once

#include <cstdint>
#include <string_view>

namespace rekognition_jobs::formats {

enum class SourceKind : std::uint8_t { listing, results, summary };

/// What the source is that begins with the bytes `head`, in any encoding: what its names are of. A listing if nothing
/// tells, since reading one says what is wrong. Linear.
[[nodiscard]] SourceKind source_kind(std::string_view head);

}  // namespace rekognition_jobs::formats
