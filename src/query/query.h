// Asks a store: query text and sort key in, a view of the matching jobs out.
#pragma once

#include <memory>
#include <string_view>

#include "query/job_view.h"
#include "query/match_memory.h"
#include "query/order.h"
#include "query/query_error.h"

namespace rekognition_jobs {

/// A store, and what is remembered of it from one query to the next.
struct Collection {
  std::shared_ptr<JobStore> store = std::make_shared<JobStore>();
  std::shared_ptr<RowOrder> orders = std::make_shared<RowOrder>();
  MatchMemory memory;
};

/// The jobs that `text` is true of, in the order of `key`. `now` is the instant that "now" and "today" mean.
[[nodiscard]] OrQueryError<JobView> query_jobs(Collection& jobs, std::string_view text, SortKey key, Timestamp now);

}  // namespace rekognition_jobs
