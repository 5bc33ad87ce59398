// The kinds of records that a source is read for.
#pragma once

#include <cstdint>

namespace rekognition_jobs::formats {

enum class RecordKind : std::uint8_t { jobs, images };

}  // namespace rekognition_jobs::formats
