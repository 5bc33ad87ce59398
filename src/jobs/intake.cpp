// Keeps the rows of running intakes when a store is cleared or compacted.
#include "intake.h"

#include <string>
#include <utility>
#include <vector>

#include "../base/can_allocate.h"

namespace rekognition_jobs {

JobIntake::JobIntake(RunningIntakes& running) : running_(running), next_(std::exchange(running.first, this)) {}

JobIntake::~JobIntake() {
  JobIntake** place = &running_.first;
  while (*place != this) place = &(*place)->next_;
  *place = next_;
}

Placed JobIntake::put(JobStore& store, const MediaAnalysisJob& job, Upsert upsert) {
  const Placed placed = store.place(job, upsert);
  ++counts_[placed.stored];
  if (placed.stored == UpsertResult::full) return placed;
  while (placed.row >= rows_.size()) rows_.push(false);
  rows_.insert(placed.row);
  return placed;
}

std::shared_ptr<JobStore> JobIntake::rebuild(RunningIntakes running, const JobStore& store, bool keeps_current) {
  constexpr std::uint64_t bytes_of_a_row = 9;
  if (!can_allocate((1U << 16) + bytes_of_a_row * store.row_count())) return nullptr;
  Bitmap rows = keeps_current ? store.current_rows() : Bitmap(store.row_count());
  for (JobIntake* intake = running.first; intake != nullptr; intake = intake->next_) {
    intake->rows_.for_each([&](Row row) { rows.insert(row); });
  }
  if (keeps_current && store.row_count() <= 2 * rows.count()) return nullptr;
  auto rebuilt = store.emptied();
  std::vector<Placed> all_placed;
  all_placed.reserve(rows.count());
  std::string scratch;
  StoreRoom room;
  room.begin(puts_at_once * store.longest());
  bool is_full = false;
  rows.for_each([&](Row row) {
    is_full = is_full || !room.has_room(*rebuilt);
    if (!is_full) all_placed.push_back(rebuilt->place(store.job(row, scratch)));
  });
  if (is_full) return nullptr;

  for (JobIntake* intake = running.first; intake != nullptr && !keeps_current; intake = intake->next_) {
    UpsertCounts& counts = intake->counts_;
    counts[UpsertResult::unchanged] +=
        std::exchange(counts[UpsertResult::added], 0) + std::exchange(counts[UpsertResult::updated], 0);
  }
  auto next_placed = all_placed.begin();
  rows.for_each([&](Row row) {
    Placed placed = *next_placed++;
    for (JobIntake* intake = running.first; intake != nullptr; intake = intake->next_) {
      if (row >= intake->rows_.size() || !intake->rows_.contains(row)) continue;
      // The new row is not after the old one, so that it is none of those that are still to come.
      intake->rows_.erase(row);
      intake->rows_.insert(placed.row);
      if (keeps_current) continue;
      --intake->counts_[UpsertResult::unchanged];
      ++intake->counts_[std::exchange(placed.stored, UpsertResult::unchanged)];
    }
  });
  return rebuilt;
}

}  // namespace rekognition_jobs
