// What text columns do once per chunk: create, enlarge or fill one. Compiled for size, not for speed.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "text_column.h"

namespace rekognition_jobs {

void TextColumn::append(Row first, std::size_t count, const char* ends, std::string_view text) {
  const std::size_t index = first / rows_per_chunk;
  if (index >= chunks_.size()) add_chunks(index);
  Chunk& chunk = chunks_[index];
  make_room(chunk, text.size());
  const std::size_t place = first % rows_per_chunk;
  const auto begin = static_cast<std::uint32_t>(chunk.size_);
  std::uint32_t* const offsets = chunk.offsets_.get() + place + 1;
  std::fill(chunk.offsets_.get() + chunk.count_ + 1, offsets, begin);
  if (!text.empty()) std::memcpy(chunk.text_.get() + chunk.size_, text.data(), text.size());
  std::memcpy(offsets, ends, count * sizeof(std::uint32_t));
  chunk.places_.reserve((chunk.size_ + text.size()) / Chunk::block_size + 1);
  for (std::size_t i = 0; i < count; ++i) {
    offsets[i] += begin;
    note_places(chunk, place + i, offsets[i]);
  }
  chunk.size_ += text.size();
  chunk.count_ = place + count;
}

void TextColumn::lengthen(std::string_view text) {
  Chunk& chunk = chunks_.back();
  make_room(chunk, text.size());
  std::memcpy(chunk.text_.get() + chunk.size_, text.data(), text.size());
  chunk.size_ += text.size();
  note_places(chunk, chunk.count_ - 1, chunk.size_);
  chunk.offsets_[chunk.count_] = static_cast<std::uint32_t>(chunk.size_);
}

void TextColumn::add_chunks(std::size_t index) {
  // The one before is full: what it did not need is given back, and tells what this one will.
  const std::size_t expected =
      chunks_.empty() ? std::size_t{1} << 12 : chunks_.back().size_ + chunks_.back().size_ / 16;
  if (!chunks_.empty()) reserve(chunks_.back(), chunks_.back().size_);
  chunks_.resize(index + 1);
  reserve(chunks_.back(), expected);
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
