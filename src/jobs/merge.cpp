// Compares a job with its stored form, member by member.
#include "merge.h"

#include <optional>
#include <string>
#include <string_view>

#include "../base/can_allocate.h"
#include "store.h"

namespace rekognition_jobs {

bool keep_known(MediaAnalysisJob& job, const MediaAnalysisJob& stored, StringArena& texts) {
  const bool is_behind = is_finished(stored) && !is_finished(job);
  if (!is_behind && (stored.members & job.members) == stored.members) return false;
  if (is_behind) job.members = {};
  stored.members.for_each([&](Member member) {
    if (job.has(member)) return;
    job.texts[index_of(member)] = texts.add(stored.texts[index_of(member)]);
    if (member == Member::MinConfidence) job.min_confidence = stored.min_confidence;
    if (member == Member::CreationTimestamp) job.creation_timestamp = stored.creation_timestamp;
    if (member == Member::CompletionTimestamp) job.completion_timestamp = stored.completion_timestamp;
  });
  job.members |= stored.members;
  return true;
}

Placed JobStore::place_known(const MediaAnalysisJob& job, const JobIdKey& key, Row known, Upsert upsert) {
  std::string scratch;
  const MediaAnalysisJob stored = this->job(known, scratch);
  if (stored == job) return {UpsertResult::unchanged, known};
  StringArena texts;
  MediaAnalysisJob merged = job;
  if (upsert == Upsert::keeps_known && !can_allocate(growth(longest_) + bytes_of_a_record())) {
    return {UpsertResult::full, 0};
  }
  const bool is_older = upsert == Upsert::keeps_known && keep_known(merged, stored, texts);
  if (is_older && merged == stored) return {UpsertResult::unchanged, known, is_older};
  if (!has_room_for(merged)) return {UpsertResult::full, 0};
  const auto row = static_cast<Row>(row_count());
  push(merged, key);
  rows_.replace(key.hash(), known, row);
  current_.erase(known);
  return {UpsertResult::updated, row, is_older};
}

void note_times(Notices& notices, const MediaAnalysisJob& job, Timestamp now) {
  constexpr Timestamp october_2023 = 1'696'118'400'000;
  const auto created = job.timestamp(Member::CreationTimestamp);
  const auto completed = job.timestamp(Member::CompletionTimestamp);
  const auto note = [&](std::string_view message, Timestamp time) {
    std::string sample;
    append_iso8601(sample, time);
    notices.add(NoticeCode::implausible, message, 1, std::nullopt, sample);
  };
  for (const auto& time : {created, completed}) {
    if (!time) continue;
    if (*time < october_2023) note("times before October 2023, when the service began", *time);
    if (*time > now + milliseconds_per_day) note("times after tomorrow", *time);
  }
  if (created && completed && *completed < *created)
    note("jobs that were completed before they were created", *completed);
}

}  // namespace rekognition_jobs
