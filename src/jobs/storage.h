// Says in which kind of column the store keeps each member of a job, and how many columns of each kind there are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "schema.h"

namespace rekognition_jobs {

enum class Storage : std::uint8_t { none, job_id, packed, interned, object_key, timestamp, number };

/// The kind of column that holds a member. To change how a member is kept, change this function: all else is derived
/// from it, and what cannot be is refused by the compiler.
[[nodiscard]] constexpr Storage storage_of(Member member) {
  switch (member) {
    case Member::JobId: return Storage::job_id;
    case Member::JobName:
    case Member::InputName:
    case Member::InputVersion:
    case Member::ResultsVersion:
    case Member::SummaryVersion: return Storage::packed;
    case Member::ResultsName:
    case Member::SummaryName: return Storage::object_key;
    default: break;
  }
  switch (shape_of(member).type) {
    case MemberType::list:
    case MemberType::object: return Storage::none;
    case MemberType::text: return Storage::interned;
    case MemberType::timestamp: return Storage::timestamp;
    case MemberType::number: return Storage::number;
  }
  return Storage::none;
}

/// Which column holds a member: its kind, and its index among the columns of that kind.
struct ColumnSlot {
  Storage storage = Storage::none;
  std::size_t index = 0;
};

inline constexpr auto column_slots = [] {
  std::array<ColumnSlot, member_count> slots;
  std::array<std::size_t, static_cast<std::size_t>(Storage::number) + 1> counts{};
  for (std::size_t i = 0; i < member_count; ++i) {
    const Storage storage = storage_of(static_cast<Member>(i));
    slots[i] = {storage, counts[static_cast<std::size_t>(storage)]++};
  }
  return slots;
}();

[[nodiscard]] constexpr ColumnSlot slot_of(Member member) { return column_slots[index_of(member)]; }

/// The number of columns of a kind.
[[nodiscard]] constexpr std::size_t count_of(Storage storage) {
  std::size_t count = 0;
  for (const ColumnSlot& slot : column_slots) count += slot.storage == storage ? 1U : 0U;
  return count;
}

/// The members whose text is put together when it is read, the last one first.
inline constexpr auto assembled_members = [] {
  std::array<Member, count_of(Storage::job_id) + count_of(Storage::object_key)> members{};
  std::size_t rest = members.size();
  for (std::size_t i = 0; i < member_count; ++i) {
    const Storage storage = column_slots[i].storage;
    if (storage == Storage::job_id || storage == Storage::object_key) members[--rest] = static_cast<Member>(i);
  }
  return members;
}();

static_assert(slot_of(Member::JobId).storage == Storage::job_id && count_of(Storage::job_id) == 1,
              "rows are found by JobIdColumn, which is made for the JobId");
static_assert(slot_of(Member::CreationTimestamp).storage == Storage::timestamp &&
                  slot_of(Member::CompletionTimestamp).storage == Storage::timestamp &&
                  count_of(Storage::timestamp) == 2,
              "MediaAnalysisJob and JobStore name each timestamp: add the new one there");
static_assert(slot_of(Member::MinConfidence).storage == Storage::number && count_of(Storage::number) == 1,
              "MediaAnalysisJob and JobStore name each number: add the new one there");

}  // namespace rekognition_jobs
