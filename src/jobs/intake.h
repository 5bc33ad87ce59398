// What one call puts into a store that other calls fill, clear and compact at the same time.
#pragma once

#include <array>
#include <cstddef>
#include <memory>

#include "../columns/bitmap.h"
#include "job.h"
#include "store.h"

namespace rekognition_jobs {

/// How many jobs put() has added, updated, left unchanged and left out.
class UpsertCounts {
 public:
  [[nodiscard]] std::size_t operator[](UpsertResult stored) const { return counts_[static_cast<std::size_t>(stored)]; }
  [[nodiscard]] std::size_t& operator[](UpsertResult stored) { return counts_[static_cast<std::size_t>(stored)]; }

 private:
  std::array<std::size_t, 4> counts_{};
};

class JobIntake;

/// The intakes that fill a store at the moment.
struct RunningIntakes {
  JobIntake* first = nullptr;
};

/// Puts the jobs of a source that cannot be read again into a store. It counts what became of them, and remembers their
/// rows, so that they outlive what other calls do to the store meanwhile.
class JobIntake {
 public:
  /// Is one of `running`, which outlives it.
  explicit JobIntake(RunningIntakes& running);
  JobIntake(const JobIntake&) = delete;
  JobIntake& operator=(const JobIntake&) = delete;
  ~JobIntake();

  [[nodiscard]] const UpsertCounts& counts() const { return counts_; }

  /// Puts the job into the store that `running` fills.
  Placed put(JobStore& store, const MediaAnalysisJob& job, Upsert upsert = Upsert::replaces);

  /// The store as it would be had it been emptied before the running intakes began: it has their jobs alone, each as
  /// the last of them gave it, and their counts are of that store; nothing, and all is as it was, when memory is full.
  /// Linear in the rows, times the intakes.
  [[nodiscard]] static std::shared_ptr<JobStore> clear(RunningIntakes running, const JobStore& store) {
    return running.first == nullptr ? store.emptied() : rebuild(running, store, /*keeps_current=*/false);
  }

  /// The store without the replaced rows that no running intake has put; nothing unless these are more than what stays,
  /// or when memory is full. Linear in the rows, times the intakes.
  [[nodiscard]] static std::shared_ptr<JobStore> compact(RunningIntakes running, const JobStore& store) {
    return store.row_count() <= 2 * store.size() ? nullptr : rebuild(running, store, /*keeps_current=*/true);
  }

 private:
  /// A store of the intakes' rows, and of the current ones or not, put in their order.
  static std::shared_ptr<JobStore> rebuild(RunningIntakes running, const JobStore& store, bool keeps_current);

  RunningIntakes& running_;
  JobIntake* next_;
  UpsertCounts counts_;
  Bitmap rows_;
};

}  // namespace rekognition_jobs
