// Moves what is kept to the front of a buffer that grows as chunks need it.
#include "chunk_reader.h"

#include <algorithm>
#include <cstring>

#include "../base/checked_size.h"

namespace rekognition_jobs {

std::span<char> ChunkReader::prepare(std::size_t size) {
  const std::size_t kept = rest_.size();
  if (kept > 0 && rest_.data() != buffer_.data()) std::memmove(buffer_.data(), rest_.data(), kept);
  const std::size_t wanted = checked_sum(kept, size);
  if (buffer_.size() < wanted) buffer_.resize(std::max(wanted, checked_sum(kept, kept / 2)));
  rest_ = {buffer_.data(), kept};
  return std::span(buffer_).subspan(kept, size);
}

void ChunkReader::commit(std::size_t size) {
  rest_ = {buffer_.data(), std::min(rest_.size() + size, buffer_.size())};
  read_on();
}

void ChunkReader::read(std::string_view chunk) {
  if (chunk.empty()) return;
  std::memcpy(prepare(chunk.size()).data(), chunk.data(), chunk.size());
  commit(chunk.size());
}

bool ChunkReader::is_utf16() const {
  return offset_ == 0 && (rest_.substr(0, 2) == "\xFF\xFE" || rest_.substr(0, 2) == "\xFE\xFF");
}

}  // namespace rekognition_jobs
