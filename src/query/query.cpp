// The path of a query: text, tree, predicate, rows, order, view.
#include "query/query.h"

#include <utility>

#include "query/matcher.h"
#include "query/predicate.h"
#include "query/syntax.h"

namespace rekognition_jobs {

OrQueryError<JobView> query_jobs(Collection& jobs, std::string_view text, SortKey key, Timestamp now) {
  const auto tree = parse_query(text, job_vocabulary);
  if (const auto* error = std::get_if<QueryError>(&tree)) return *error;
  const auto predicate = bind_query(std::get<QueryNode>(tree), *jobs.store, now);
  if (const auto* error = std::get_if<QueryError>(&predicate)) return *error;
  RowSet rows = match(std::get<Predicate>(predicate), *jobs.store, jobs.memory);
  return JobView(jobs.store, jobs.orders, std::move(rows), key);
}

}  // namespace rekognition_jobs
