// An upper bound of what the next rows of a store of jobs allocate, for can_allocate().
#include "store.h"

namespace rekognition_jobs {

std::uint64_t JobStore::growth(std::size_t text_size) const {
  constexpr std::uint64_t bytes_of_a_chunk = 1 << 20;
  const std::size_t rows = row_count();
  std::uint64_t bytes = bytes_of_a_chunk + bytes_of_a_record() + std::uint64_t{2} * text_size +
                        std::uint64_t{4} * rows + rows_.growth() + min_confidences_.growth(rows) +
                        job_ids_.others().growth();
  for (const TextColumn& column : packed_) bytes += column.growth();
  for (const DictionaryColumn& column : interned_) bytes += column.growth(rows);
  for (const ObjectKeyColumn& column : object_keys_) bytes += column.growth(rows);
  return bytes;
}

}  // namespace rekognition_jobs
