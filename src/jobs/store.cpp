// Puts jobs into columns and reads them back.
#include "store.h"

#include <algorithm>
#include <array>
#include <utility>

#include "../json/json_writer.h"

namespace rekognition_jobs {
namespace {

constexpr MemberSet make_valued_members() {
  MemberSet members;
  for (std::size_t i = 0; i < member_count; ++i) {
    if (column_slots[i].storage != Storage::none) members.insert(static_cast<Member>(i));
  }
  return members;
}

constexpr MemberSet valued_members = make_valued_members();

constexpr MemberSet make_text_members() {
  MemberSet members;
  for (std::size_t i = 0; i < member_count; ++i) {
    const auto member = static_cast<Member>(i);
    if (shape_of(member).type == MemberType::text && member != Member::JobId) members.insert(member);
  }
  return members;
}

/// Text but for the JobId.
constexpr MemberSet text_members = make_text_members();

constexpr std::array bucket_members{Member::InputBucket, Member::OutputBucket, Member::ResultsBucket,
                                    Member::SummaryBucket};
static_assert(std::all_of(bucket_members.begin(), bucket_members.end(),
                          [](Member member) { return storage_of(member) == Storage::interned; }),
              "names_bucket() goes through distinct values");

/// Bytes that the text of a job, `size` bytes, is at most in JSON. They are counted where it is long.
std::uint64_t written_size(const MediaAnalysisJob& job, std::size_t size) {
  constexpr std::size_t short_size = 1U << 12;
  if (size <= short_size) return longest_escape * size;
  std::uint64_t written = 0;
  (job.members & valued_members).for_each([&](Member member) {
    written += json_string_size(job.texts[index_of(member)]);
  });
  return written;
}

}  // namespace

Placed JobStore::place(const MediaAnalysisJob& job, Upsert upsert) {
  if (!has_room_for(job)) return {UpsertResult::full, 0};
  const JobIdKey key = key_of(job.texts[index_of(Member::JobId)]);
  const auto row = static_cast<Row>(row_count());
  const auto known = rows_.find_or_insert(key.hash(), row, job_id_test(key));
  if (!known) {
    push(job, key);
    ++size_;
    return {UpsertResult::added, row};
  }
  return place_known(job, key, *known, upsert);
}

bool JobStore::names_bucket(std::string_view bucket) const {
  if (bucket.empty()) return false;
  for (const Member member : bucket_members) {
    for (const std::string_view value : interned(member)->values()) {
      if (value == bucket) return true;
    }
  }
  return false;
}

std::optional<std::vector<std::string>> JobStore::unfinished_job_ids() const {
  std::vector<std::string> job_ids;
  std::string scratch;
  bool is_full = !can_allocate(bytes_of_a_record());
  current_.for_each([&](Row row) {
    constexpr std::uint64_t bytes_of_an_id = 256;
    if (is_full || is_finished(job(row, scratch))) return;
    is_full = !can_allocate(bytes_of_a_record() + bytes_of_an_id * job_ids.size());
    if (!is_full) job_ids.emplace_back(text(row, Member::JobId, scratch));
  });
  return is_full ? std::nullopt : std::optional(std::move(job_ids));
}

MediaAnalysisJob JobStore::job(Row row, std::string& scratch) const {
  MediaAnalysisJob job;
  job.members = MemberSet::unpack(members_[row]);
  std::string part;
  std::array<std::size_t, member_count> begins{};
  scratch.clear();
  // What is put together in `scratch`, which may move while it grows, is pointed at last.
  (job.members & valued_members).for_each([&](Member member) {
    switch (slot_of(member).storage) {
      case Storage::timestamp:
        (member == Member::CreationTimestamp ? job.creation_timestamp : job.completion_timestamp) =
            timestamps(member)[row];
        break;
      case Storage::number: job.min_confidence = min_confidences_[row]; break;
      case Storage::job_id:
      case Storage::object_key:
        begins[index_of(member)] = scratch.size();
        scratch.append(text(row, member, part));
        break;
      default: job.texts[index_of(member)] = text(row, member, part); break;
    }
  });
  std::size_t end = scratch.size();
  for (const Member member : assembled_members) {
    if (!job.has(member)) continue;
    const std::size_t begin = begins[index_of(member)];
    job.texts[index_of(member)] = std::string_view(scratch).substr(begin, end - begin);
    end = begin;
  }
  return job;
}

std::string_view JobStore::text(Row row, Member member, std::string& scratch) const {
  const ColumnSlot slot = slot_of(member);
  switch (slot.storage) {
    case Storage::job_id: return job_ids_.text(row, scratch);
    case Storage::packed: return packed_[slot.index][row];
    case Storage::interned: return interned_[slot.index][row];
    case Storage::object_key: {
      std::string job_id;
      const std::string_view id = job_ids_.text(row, job_id);
      scratch.clear();
      object_keys_[slot.index].append_to(scratch, row, id);
      return scratch;
    }
    default: return {};
  }
}

void JobStore::add_text(Row row, Member member, TextSlice& slice) const {
  std::string scratch;
  const ColumnSlot slot = slot_of(member);
  if (slot.storage != Storage::object_key) return slice.add(text(row, member, scratch));
  for (const std::string_view part : object_keys_[slot.index].parts(row, job_ids_.text(row, scratch))) slice.add(part);
}

const DictionaryColumn* JobStore::interned(Member member) const {
  const ColumnSlot slot = slot_of(member);
  return slot.storage == Storage::interned ? &interned_[slot.index] : nullptr;
}

const TextColumn* JobStore::packed(Member member) const {
  const ColumnSlot slot = slot_of(member);
  return slot.storage == Storage::packed ? &packed_[slot.index] : nullptr;
}

bool JobStore::has_room_for(const MediaAnalysisJob& job) const {
  if (row_count() >= most_rows) return false;
  if constexpr (sizeof(std::size_t) == sizeof(std::uint32_t)) return true;
  const auto row = static_cast<Row>(row_count());
  bool has_room = job_ids_.others().has_room_for(row, job.texts[index_of(Member::JobId)].size());
  (job.members & text_members).for_each([&](Member member) {
    const TextColumn* const column = packed(member);
    has_room &= column == nullptr || column->has_room_for(row, job.texts[index_of(member)].size());
  });
  return has_room;
}

void JobStore::push(const MediaAnalysisJob& job, const JobIdKey& key) {
  const auto row = static_cast<Row>(row_count());
  members_.push(job.members.pack());
  job_ids_.push(key);
  creation_timestamps_.push(job.has(Member::CreationTimestamp) ? job.creation_timestamp : no_timestamp);
  completion_timestamps_.push(job.has(Member::CompletionTimestamp) ? job.completion_timestamp : no_timestamp);
  if (job.has(Member::MinConfidence)) min_confidences_.set(row, job.min_confidence, hash_);
  std::size_t size = job.texts[index_of(Member::JobId)].size();
  (job.members & text_members).for_each([&](Member member) {
    const ColumnSlot slot = slot_of(member);
    const std::string_view value = job.texts[index_of(member)];
    size += value.size();
    switch (slot.storage) {
      case Storage::packed: packed_[slot.index].set(row, value); break;
      case Storage::interned: interned_[slot.index].set(row, value, hash_); break;
      case Storage::object_key:
        object_keys_[slot.index].set(row, value, job.texts[index_of(Member::JobId)], hash_);
        break;
      default: break;
    }
  });
  longest_ = std::max(longest_, size);
  if (longest_escape * size > longest_written_) longest_written_ = std::max(longest_written_, written_size(job, size));
  current_.push(true);
}

}  // namespace rekognition_jobs
