// Counts a set of jobs: the values of a field, and histograms of times and durations.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "../columns/bitmap.h"
#include "../columns/buckets.h"
#include "../columns/value_counts.h"
#include "fields.h"
#include "kind.h"
#include "store.h"

namespace rekognition_jobs {

/// By Status, in the order of their first rows in the store.
using StatusBucket = Bucket<std::string_view>;

/// How often each value of `field` occurs in `rows`; rows without one are not counted. One pass over dictionary
/// columns; any other field is counted along its sort index. Nothing when memory is full.
[[nodiscard]] std::optional<std::vector<ValueCount>> facets(const JobStore& store, JobSortIndexes& order,
                                                            const Bitmap& rows, const Field& field);

/// Spreads the values of a time or duration `field`, in milliseconds, over buckets from the least to the greatest; when
/// all are equal, a millisecond wide. Empty without a value, nothing when memory is full. `bucket_count` is 1 to
/// max_buckets.
[[nodiscard]] std::optional<std::vector<StatusBucket>> histogram(const JobStore& store, const Bitmap& rows,
                                                                 const Field& field, std::size_t bucket_count);

}  // namespace rekognition_jobs
