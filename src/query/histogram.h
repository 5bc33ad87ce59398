// How many rows fall into each span of a time or duration, by status.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "query/field.h"
#include "store/job_store.h"
#include "store/row_set.h"

namespace rekognition_jobs {

struct StatusCount {
  std::string_view status;
  std::size_t count = 0;
};

/// The rows with `from` ≤ x < `to`; the last bucket of a histogram holds its `to` too. Milliseconds.
struct Bucket {
  double from = 0;
  double to = 0;
  std::size_t count = 0;
  std::vector<StatusCount> by_status;  ///< only statuses that occur; in the order of their first row in the store
};

inline constexpr std::size_t max_buckets = 100'000;

/// Spreads the values of a time or duration `field` over `bucket_count` buckets of equal width, from the least to the
/// greatest; when all are equal, a millisecond wide. Empty without a value. `bucket_count` is 1 to max_buckets.
[[nodiscard]] std::vector<Bucket> histogram(const JobStore& store, const RowSet& rows, const Field& field,
                                            std::size_t bucket_count);

}  // namespace rekognition_jobs
