// Finds the rows that a query is true of.
#pragma once

#include "query/match_memory.h"
#include "query/predicate.h"
#include "store/job_store.h"
#include "store/row_set.h"

namespace rekognition_jobs {

/// The current rows for which `predicate` holds. A test of a member that a row lacks is false, so its negation is true.
/// `memory` is the store's, kept from one query to the next.
[[nodiscard]] RowSet match(const Predicate& predicate, const JobStore& store, MatchMemory& memory);

}  // namespace rekognition_jobs
