// Runs a query on results: takes its text, returns the rows that match it.
#pragma once

#include <string_view>

#include "../columns/bitmap.h"
#include "../query/query_error.h"
#include "store.h"

namespace rekognition_jobs {

/// Those rows `among` the given that `text` is true of. Terms on labels (label, parent, level, confidence) side by side
/// speak of one and the same label; a negated one says that no label is so. A parenthesis speaks of a label of its own,
/// but for an OR of such terms, which is one of them. A test of what a row lacks is false, so its negation is true.
[[nodiscard]] Expected<Bitmap, QueryError> match_results(const ResultStore& store, std::string_view text,
                                                         const Bitmap& among);

/// Those rows `among` the given that have a label with at least that confidence. Linear in the rows, 64 at a time.
[[nodiscard]] Bitmap flagged_rows(const ResultStore& store, double threshold, const Bitmap& among);

}  // namespace rekognition_jobs
