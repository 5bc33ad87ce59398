// Putting jobs into columns and taking them out again.
#include "store/job_store.h"

#include <bit>

namespace rekognition_jobs {
namespace {

enum class Storage : std::uint8_t { none, job_id, packed, interned, object_key, timestamp, number };

/// In what kind of column a member is held, and which of its kind.
struct Place {
  Storage storage = Storage::none;
  std::size_t index = 0;
};

constexpr Storage storage_of(Member member) {
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
    case MemberType::structure: return Storage::none;
    case MemberType::text: return Storage::interned;
    case MemberType::timestamp: return Storage::timestamp;
    case MemberType::number: return Storage::number;
  }
  return Storage::none;
}

constexpr std::array<Place, member_count> make_places() {
  std::array<Place, member_count> places;
  std::array<std::size_t, 7> counts{};
  for (std::size_t i = 0; i < member_count; ++i) {
    const Storage storage = storage_of(static_cast<Member>(i));
    places[i] = {storage, counts[static_cast<std::size_t>(storage)]++};
  }
  return places;
}

constexpr std::array<Place, member_count> places = make_places();

constexpr Place place_of(Member member) { return places[index_of(member)]; }

constexpr MemberSet make_valued_members() {
  MemberSet members;
  for (std::size_t i = 0; i < member_count; ++i) {
    if (places[i].storage != Storage::none) members.insert(static_cast<Member>(i));
  }
  return members;
}

constexpr MemberSet valued_members = make_valued_members();

constexpr MemberSet make_text_members() {
  MemberSet members = valued_members;
  for (const Member member :
       {Member::JobId, Member::MinConfidence, Member::CreationTimestamp, Member::CompletionTimestamp}) {
    members.erase(member);
  }
  return members;
}

/// Text but for the JobId.
constexpr MemberSet text_members = make_text_members();

}  // namespace

Stored JobStore::put(const MediaAnalysisJob& job) {
  const JobIdKey key(job.texts[index_of(Member::JobId)]);
  const auto row = static_cast<Row>(row_count());
  const auto known = rows_.find_or_insert(key.hash(), row, job_id_test(key));
  if (!known) {
    push(job, key);
    ++size_;
    return Stored::added;
  }
  std::string scratch;
  if (this->job(*known, scratch) == job) return Stored::unchanged;
  push(job, key);
  rows_.replace(key.hash(), *known, row);
  current_.erase(*known);
  return Stored::updated;
}

std::shared_ptr<JobStore> JobStore::compacted() const {
  auto store = std::make_shared<JobStore>();
  std::string scratch;
  current_.for_each([&](Row row) { store->put(job(row, scratch)); });
  return store;
}

std::vector<std::string> JobStore::unfinished_job_ids() const {
  std::vector<std::string> job_ids;
  std::string scratch;
  current_.for_each([&](Row row) {
    if (!is_finished(job(row, scratch))) job_ids.emplace_back(text(row, Member::JobId, scratch));
  });
  return job_ids;
}

MediaAnalysisJob JobStore::job(Row row, std::string& scratch) const {
  MediaAnalysisJob job;
  job.members = MemberSet::unpack(members_[row]);
  std::string part;
  std::array<std::size_t, member_count> begins{};
  scratch.clear();
  // What is put together in `scratch`, which may move while it grows, is pointed at last.
  (job.members & valued_members).for_each([&](Member member) {
    switch (place_of(member).storage) {
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
  for (const Member member : {Member::SummaryName, Member::ResultsName, Member::JobId}) {
    if (!job.has(member)) continue;
    const std::size_t begin = begins[index_of(member)];
    job.texts[index_of(member)] = std::string_view(scratch).substr(begin, end - begin);
    end = begin;
  }
  return job;
}

std::string_view JobStore::text(Row row, Member member, std::string& scratch) const {
  const Place place = place_of(member);
  switch (place.storage) {
    case Storage::job_id: return job_ids_.text(row, scratch);
    case Storage::packed: return packed_[place.index][row];
    case Storage::interned: return interned_[place.index][row];
    case Storage::object_key: {
      std::string job_id;
      const std::string_view id = job_ids_.text(row, job_id);
      scratch.clear();
      object_keys_[place.index].append_to(scratch, row, id);
      return scratch;
    }
    default: return {};
  }
}

const InternedColumn* JobStore::interned(Member member) const {
  const Place place = place_of(member);
  return place.storage == Storage::interned ? &interned_[place.index] : nullptr;
}

const TextColumn* JobStore::packed(Member member) const {
  const Place place = place_of(member);
  return place.storage == Storage::packed ? &packed_[place.index] : nullptr;
}

void JobStore::push(const MediaAnalysisJob& job, const JobIdKey& key) {
  const auto row = static_cast<Row>(row_count());
  members_.push(job.members.pack());
  job_ids_.push(key);
  creation_timestamps_.push(job.has(Member::CreationTimestamp) ? job.creation_timestamp : no_timestamp);
  completion_timestamps_.push(job.has(Member::CompletionTimestamp) ? job.completion_timestamp : no_timestamp);
  if (job.has(Member::MinConfidence)) min_confidences_.set(row, job.min_confidence);
  (job.members & text_members).for_each([&](Member member) {
    const Place place = place_of(member);
    const std::string_view value = job.texts[index_of(member)];
    switch (place.storage) {
      case Storage::packed: packed_[place.index].set(row, value); break;
      case Storage::interned: interned_[place.index].set(row, value); break;
      case Storage::object_key: object_keys_[place.index].set(row, value, job.texts[index_of(Member::JobId)]); break;
      default: break;
    }
  });
  current_.push(true);
}

}  // namespace rekognition_jobs
