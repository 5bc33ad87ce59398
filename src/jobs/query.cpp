// The path of a query: text, tree, predicate, rows, order, view.
#include "query.h"

#include <utility>

#include "../query/parser.h"
#include "matcher.h"
#include "predicate.h"

namespace rekognition_jobs {

Expected<JobView, QueryError> query_jobs(JobIndex& jobs, std::string_view text, SortKey key, Timestamp now) {
  const auto tree = parse_query(text, job_query_schema);
  if (const auto* error = std::get_if<QueryError>(&tree)) return *error;
  const auto predicate = bind_query(std::get<QueryNode>(tree), *jobs.store, now);
  if (const auto* error = std::get_if<QueryError>(&predicate)) return *error;
  if (passes_of(std::get<Predicate>(predicate)) > most_passes) return too_many_passes(text);
  Bitmap rows = match(std::get<Predicate>(predicate), *jobs.store, jobs.memory);
  return JobView(jobs.store, jobs.orders, std::move(rows), key);
}

}  // namespace rekognition_jobs
