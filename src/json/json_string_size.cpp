// Measures texts as JSON strings. Only long texts are measured, so this is compiled for size, not for speed.
#include "json_writer.h"

namespace rekognition_jobs {

std::size_t json_string_size(std::string_view text) {
  std::size_t size = 2;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    size += byte < 0x20 ? std::size_t{longest_escape} : byte == '"' || byte == '\\' ? 2 : 1;
  }
  return size;
}

}  // namespace rekognition_jobs
