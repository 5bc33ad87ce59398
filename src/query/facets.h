// How often each value of a field occurs among some rows.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "query/field.h"
#include "query/order.h"
#include "store/job_store.h"
#include "store/row_set.h"

namespace rekognition_jobs {

struct Facet {
  std::string value;
  std::size_t count = 0;
};

/// How often each value of `field` occurs in `rows`: most first, ties by the value's bytes; rows without one are not
/// counted. One pass over the rows; over the rows in their order, where that must be known to tell values apart.
[[nodiscard]] std::vector<Facet> facets(const JobStore& store, RowOrder& order, const RowSet& rows, const Field& field);

}  // namespace rekognition_jobs
