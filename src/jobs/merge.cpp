// Compares a job with its stored form, member by member.
#include "jobs/merge.h"

#include <optional>
#include <string>
#include <string_view>

namespace rekognition_jobs {

bool keep_known(MediaAnalysisJob& job, const JobStore& store, Row row, std::string& scratch) {
  const MemberSet known = MemberSet::unpack(store.members()[row]);
  const bool lacks_members = !((known & job.members) == known);
  const bool may_be_unfinished = !is_finished(job);
  if (!lacks_members && !may_be_unfinished) return false;
  const MediaAnalysisJob stored = store.job(row, scratch);
  if (may_be_unfinished && is_finished(stored)) {
    job = stored;
    return true;
  }
  if (!lacks_members) return false;
  known.for_each([&](Member member) {
    if (job.has(member)) return;
    job.texts[index_of(member)] = stored.texts[index_of(member)];
    if (member == Member::MinConfidence) job.min_confidence = stored.min_confidence;
    if (member == Member::CreationTimestamp) job.creation_timestamp = stored.creation_timestamp;
    if (member == Member::CompletionTimestamp) job.completion_timestamp = stored.completion_timestamp;
  });
  job.members |= known;
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
