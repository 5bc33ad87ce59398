// Putting jobs into columns and taking them out again.
#include "store/job_store.h"

namespace rekognition_jobs {

Stored JobStore::put(const MediaAnalysisJob& job) {
  const std::string_view job_id = job.texts[index_of(Member::JobId)];
  const auto row = static_cast<Row>(row_count());
  const auto known = find(job_id);
  if (!known) {
    push(job);
    table_.insert(job_id, row, [this](Row filed) { return text(filed, Member::JobId); });
    ++size_;
    return Stored::added;
  }
  if (this->job(*known) == job) return Stored::unchanged;
  push(job);
  table_.replace(job_id, *known, row);
  current_.erase(*known);
  return Stored::updated;
}

std::optional<Row> JobStore::find(std::string_view job_id) const {
  return table_.find(job_id, [&](Row row) { return text(row, Member::JobId) == job_id; });
}

std::shared_ptr<JobStore> JobStore::compacted() const {
  auto store = std::make_shared<JobStore>();
  for (std::size_t i = 0; i < row_count(); ++i) {
    const auto row = static_cast<Row>(i);
    if (current_.contains(row)) store->put(job(row));
  }
  return store;
}

std::vector<std::string> JobStore::unfinished_job_ids() const {
  std::vector<std::string> job_ids;
  for (std::size_t i = 0; i < row_count(); ++i) {
    const auto row = static_cast<Row>(i);
    if (current_.contains(row) && !is_finished(job(row))) job_ids.emplace_back(text(row, Member::JobId));
  }
  return job_ids;
}

MediaAnalysisJob JobStore::job(Row row) const {
  MediaAnalysisJob job;
  job.members = MemberSet::unpack(members_[row]);
  for (std::size_t i = 0; i < member_count; ++i) {
    const auto member = static_cast<Member>(i);
    if (shape_of(member).type == MemberType::text && job.has(member)) job.texts[i] = text(row, member);
  }
  job.min_confidence = min_confidences_[row];
  job.creation_timestamp = creation_timestamps_[row];
  job.completion_timestamp = completion_timestamps_[row];
  return job;
}

void JobStore::push(const MediaAnalysisJob& job) {
  members_.push_back(job.members.pack());
  for (std::size_t i = 0; i < member_count; ++i) {
    const auto member = static_cast<Member>(i);
    if (shape_of(member).type != MemberType::text) continue;
    const std::string_view value = job.has(member) ? job.texts[i] : std::string_view();
    if (is_interned(member)) {
      interned_[i].push(value);
    } else {
      packed_[i].push(value);
    }
  }
  min_confidences_.push_back(job.has(Member::MinConfidence) ? job.min_confidence : 0);
  creation_timestamps_.push_back(job.has(Member::CreationTimestamp) ? job.creation_timestamp : 0);
  completion_timestamps_.push_back(job.has(Member::CompletionTimestamp) ? job.completion_timestamp : 0);
  current_.push(true);
}

}  // namespace rekognition_jobs
