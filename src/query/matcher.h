// Finds the rows that a query is true of.
#pragma once

#include "query/predicate.h"
#include "store/job_store.h"
#include "store/row_set.h"

namespace rekognition_jobs {

/// The current rows for which `predicate` holds. A test of a member that a row lacks is false, so its negation is true.
[[nodiscard]] RowSet match(const Predicate& predicate, const JobStore& store);

}  // namespace rekognition_jobs
