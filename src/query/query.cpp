// The path of a query: text, tree, predicate, rows, order, view.
#include "query/query.h"

#include "query/matcher.h"
#include "query/predicate.h"
#include "query/syntax.h"

namespace rekognition_jobs {

OrQueryError<JobView> query_jobs(const std::shared_ptr<const JobStore>& store, RowOrder& order, std::string_view text,
                                 SortKey key, Timestamp now) {
  const auto tree = parse_query(text);
  if (const auto* error = std::get_if<QueryError>(&tree)) return *error;
  const auto predicate = bind_query(std::get<QueryNode>(tree), *store, now);
  if (const auto* error = std::get_if<QueryError>(&predicate)) return *error;
  const RowSet rows = match(std::get<Predicate>(predicate), *store);
  return JobView(store, order.sorted(*store, rows, key));
}

}  // namespace rekognition_jobs
