// The view of jobs, and the search for one job in it.
#include "view.h"

namespace rekognition_jobs {

template class RecordView<JobKind>;

std::optional<std::size_t> JobView::index_of(std::string_view job_id) {
  const JobIdKey key = store_->key_of(job_id);
  std::optional<Row> found;
  set_.for_each([&](Row row) {
    if (store_->job_ids().is(row, key)) found = row;
  });
  if (!found) return std::nullopt;
  for (std::size_t index = 0;; ++index) {
    if (rows(index, 1).front() == *found) return index;
  }
}

}  // namespace rekognition_jobs
