// The parts of a store that a snapshot holds, in the order of the format.
#pragma once

#include <cstddef>
#include <cstdint>

#include "snapshot_error.h"
#include "storage.h"
#include "store.h"

namespace rekognition_jobs {

/// What texts take: as they are, and in JSON at most.
struct TextSize {
  std::size_t bytes = 0;
  std::uint64_t written = 0;
};

/// A job's text has its JobId in the keys, too.
inline constexpr std::size_t times_of_job_id = 1 + count_of(Storage::object_key);

/// Gives a visitor what the columns of a store are made of. What others are checked by comes before them.
struct SnapshotParts {
  /// `Store` is JobStore, const or not. The visitor has a function for each kind of part.
  template <class Store, class Visitor>
  static void visit(Store& store, Visitor& visitor) {
    visitor.members(store.members_);
    visitor.set(store.current_);
    visitor.set(store.job_ids_.packed_);
    visitor.values(store.job_ids_.words_);
    visitor.texts(store.job_ids_.others_, Member::JobId);
    for (std::size_t i = 0; i < member_count; ++i) {
      const auto member = static_cast<Member>(i);
      const std::size_t index = column_slots[i].index;
      switch (column_slots[i].storage) {
        case Storage::none:
        case Storage::job_id: break;
        case Storage::packed: visitor.texts(store.packed_[index], member); break;
        case Storage::interned: visitor.dictionary(store.interned_[index], member); break;
        case Storage::object_key:
          visitor.dictionary(store.object_keys_[index].heads_, member);
          visitor.dictionary(store.object_keys_[index].tails_, member);
          break;
        case Storage::timestamp:
          visitor.timestamps(
              member == Member::CreationTimestamp ? store.creation_timestamps_ : store.completion_timestamps_, member);
          break;
        case Storage::number: visitor.numbers(store.min_confidences_, member); break;
      }
    }
  }

  [[nodiscard]] static const TextHash& hash_of(const JobStore& store) { return store.hash_; }

  /// Works out all else of a store whose parts were restored, of which no job's text is larger than `longest`: the
  /// index of its current rows. It is damaged when a part is not whole, or two current rows have one JobId.
  [[nodiscard]] static SnapshotError complete(JobStore& store, const TextSize& longest);
};

}  // namespace rekognition_jobs
