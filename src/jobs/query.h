// Runs a query on a store: takes its text and a sort key, returns a view of the matching jobs.
#pragma once

#include <memory>
#include <string_view>

#include "../query/query_error.h"
#include "kind.h"
#include "matcher.h"
#include "view.h"

namespace rekognition_jobs {

/// A store, and what is remembered of it from one query to the next.
struct JobIndex {
  std::shared_ptr<JobStore> store = std::make_shared<JobStore>();
  std::shared_ptr<JobSortIndexes> orders = std::make_shared<JobSortIndexes>();
  JobSearchCache memory;
};

/// The jobs that `text` is true of, in the order of `key`. `now` is the instant that "now" and "today" mean.
[[nodiscard]] Expected<JobView, QueryError> query_jobs(JobIndex& jobs, std::string_view text, SortKey key,
                                                       Timestamp now);

}  // namespace rekognition_jobs
