// Upper bounds of what the next rows of columns allocate, for can_allocate().
#include <algorithm>

#include "dictionary_column.h"
#include "number_column.h"
#include "text_column.h"

namespace rekognition_jobs {

std::uint64_t HashIndex::growth(std::size_t count) const {
  return std::uint64_t{4} * sizeof(Slot) * largest_ * std::min(parts_.size(), count);
}

std::uint64_t Dictionary::growth(std::size_t count) const {
  return StringArena::largest_block + std::uint64_t{3} * sizeof(std::string_view) * values_.size() +
         numbers_.growth(count);
}

std::uint64_t DictionaryColumn::growth(std::size_t rows) const {
  return table_.growth() + symbols_.growth(values().size(), rows);
}

std::uint64_t NumberColumn::growth(std::size_t rows) const {
  return std::uint64_t{3} * sizeof(double) * values_.size() + numbers_.growth() + symbols_.growth(values_.size(), rows);
}

std::uint64_t TextColumn::growth_to(Row row) const {
  constexpr std::uint64_t of_a_chunk =
      3 * sizeof(Chunk) + (rows_per_chunk + Chunk::ends_size) * sizeof(std::uint32_t) + 64;
  const std::size_t wanted = row / rows_per_chunk + std::size_t{1};
  return wanted > chunks_.size() ? of_a_chunk * (wanted - chunks_.size()) : 0;
}

std::uint64_t TextColumn::growth() const { return chunks_.empty() ? 0 : std::uint64_t{3} * chunks_.back().size_; }

}  // namespace rekognition_jobs
