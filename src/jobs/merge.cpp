// Compares a job with its stored form, member by member.
#include "jobs/merge.h"

#include <optional>
#include <string>
#include <string_view>

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
