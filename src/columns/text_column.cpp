// Growing the chunks of text columns.
#include "columns/text_column.h"

#include <algorithm>

#include "base/simd16.h"

namespace rekognition_jobs {

void TextColumn::set(Row row, std::string_view text) {
  const std::size_t index = row / rows_per_chunk;
  if (index >= chunks_.size()) {
    // The one before is full: what it did not need is given back, and tells what this one will.
    const std::size_t expected =
        chunks_.empty() ? std::size_t{1} << 12 : chunks_.back().size_ + chunks_.back().size_ / 16;
    if (!chunks_.empty()) reserve(chunks_.back(), chunks_.back().size_);
    chunks_.resize(index + 1);
    reserve(chunks_.back(), expected);
  }
  Chunk& chunk = chunks_[index];
  if (const std::size_t wanted = checked_sum(chunk.size_, text.size()); wanted > chunk.capacity_) {
    reserve(chunk, std::max(wanted, checked_product(chunk.capacity_, 2)));
  }
  const std::size_t place = row % rows_per_chunk;
  std::fill(chunk.offsets_.get() + chunk.count_ + 1, chunk.offsets_.get() + place + 1,
            static_cast<std::uint32_t>(chunk.size_));
  copy_bytes(chunk.text_.get() + chunk.size_, text.data(), text.size());
  chunk.size_ += text.size();
  while (chunk.places_.size() * Chunk::block_size < chunk.size_) {
    chunk.places_.push_back(static_cast<std::uint16_t>(place));
  }
  chunk.offsets_[place + 1] = static_cast<std::uint32_t>(chunk.size_);
  chunk.count_ = place + 1;
}

void TextColumn::reserve(Chunk& chunk, std::size_t capacity) {
  if (capacity == chunk.capacity_ || capacity == 0) return;
  void* const text = std::realloc(chunk.text_.get(), capacity);
  if (text == nullptr) std::abort();
  static_cast<void>(chunk.text_.release());
  chunk.text_.reset(static_cast<char*>(text));
  chunk.capacity_ = capacity;
}

}  // namespace rekognition_jobs
