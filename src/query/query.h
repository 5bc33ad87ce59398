// Asks a store: query text and sort key in, a view of the matching jobs out.
#pragma once

#include <memory>
#include <string_view>

#include "query/job_view.h"
#include "query/order.h"
#include "query/query_error.h"

namespace rekognition_jobs {

/// The jobs that `text` is true of, in the order of `key`. `order` is the store's, kept from one query to the next.
/// `now` is the instant that "now" and "today" mean.
[[nodiscard]] OrQueryError<JobView> query_jobs(const std::shared_ptr<const JobStore>& store, RowOrder& order,
                                               std::string_view text, SortKey key, Timestamp now);

}  // namespace rekognition_jobs
