// Setting the texts of rows.
#include "text_column.h"

#include <algorithm>

#include "../base/simd16.h"

namespace rekognition_jobs {

void TextColumn::set(Row row, std::string_view text) {
  const std::size_t index = row / rows_per_chunk;
  if (index >= chunks_.size()) add_chunks(index);
  Chunk& chunk = chunks_[index];
  make_room(chunk, text.size());
  const std::size_t place = row % rows_per_chunk;
  std::fill(chunk.offsets_.get() + chunk.count_ + 1, chunk.offsets_.get() + place + 1,
            static_cast<std::uint32_t>(chunk.size_));
  copy_bytes(chunk.text_.get() + chunk.size_, text.data(), text.size());
  chunk.size_ += text.size();
  note_places(chunk, place, chunk.size_);
  chunk.offsets_[place + 1] = static_cast<std::uint32_t>(chunk.size_);
  chunk.count_ = place + 1;
}

}  // namespace rekognition_jobs
