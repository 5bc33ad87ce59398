// Names the forms of files that hold no jobs that could be read, and says what to do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rekognition_jobs::formats {

/// A message that names the form that the file, of `size` bytes, has by its `head`; empty if it is not known.
[[nodiscard]] std::string form_name(std::string_view head, std::uint64_t size);

}  // namespace rekognition_jobs::formats
