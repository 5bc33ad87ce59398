// Finds the rows that match a query.
#pragma once

#include <cstddef>

#include "../columns/bitmap.h"
#include "../query/search_cache.h"
#include "fields.h"
#include "predicate.h"
#include "store.h"

namespace rekognition_jobs {

using JobSearchCache = SearchCache<Field>;

/// Passes over the store that match() takes.
[[nodiscard]] std::size_t passes_of(const Predicate& predicate);

/// The current rows for which `predicate` holds. A test of a member that a row lacks is false, so its negation is true.
/// `memory` is the store's, kept from one query to the next.
[[nodiscard]] Bitmap match(const Predicate& predicate, const JobStore& store, JobSearchCache& memory);

}  // namespace rekognition_jobs
