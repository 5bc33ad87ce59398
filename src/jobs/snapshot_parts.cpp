// Computes what a snapshot leaves out of a store from what it contains.
#include "snapshot_parts.h"

#include "../base/can_allocate.h"

namespace rekognition_jobs {
SnapshotError SnapshotParts::complete(JobStore& store, const TextSize& longest) {
  const std::size_t rows = store.row_count();
  const bool are_all_there = store.current_.size() == rows && store.job_ids_.packed_.size() == rows &&
                             store.creation_timestamps_.size() == rows && store.completion_timestamps_.size() == rows;
  if (!are_all_there) return SnapshotError::damaged;
  if (!can_allocate(HashIndex::bytes_to_reserve(rows))) return SnapshotError::full;
  store.size_ = store.current_.count();
  store.rows_.reserve(store.size_);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto row = static_cast<Row>(i);
    const auto key = store.job_ids_.key(row, store.hash_);
    if (!key) return SnapshotError::damaged;
    if (!store.current_.contains(row)) continue;
    if (store.rows_.find_or_insert(key->hash(), row, store.job_id_test(*key))) return SnapshotError::damaged;
  }
  store.longest_ = longest.bytes;
  store.longest_written_ = longest.written;
  StoreRoom room;
  return room.has_room(store) ? SnapshotError::none : SnapshotError::full;
}

}  // namespace rekognition_jobs
