// A query prepared for a store: the tree, with its values read and checked.
#pragma once

#include <variant>
#include <vector>

#include "../query/field_tests.h"
#include "../query/parser.h"
#include "../query/predicate_tree.h"
#include "../query/query_error.h"
#include "../query/value.h"
#include "fields.h"
#include "store.h"

namespace rekognition_jobs {

using ValueTest = ValueTestOf<const Field*>;

/// Without a field, a bare word: of JobName, JobId, the input or output S3 URI, or the failure message.
using TextTest = TextTestOf<const Field*>;

using NumberTest = NumberTestOf<const Field*>;

struct TimeTest {
  const Field* field = nullptr;
  std::vector<TimeRange> any_of;
};

/// Whether one of the members is there (`has`), or one of them is not.
struct PresenceTest {
  MemberSet any_of;
  bool has = true;
};

using JobTest = std::variant<PresenceTest, ValueTest, TextTest, NumberTest, TimeTest>;
using Predicate = PredicateTree<JobTest>;

/// Reads the values of a query's terms by the types of their fields. Status and code must be documented values or occur
/// in the store. `now` is the instant that "now" and "today" mean. What one of many texts may be or hold is one test,
/// written as a list, as alternatives, or as negations side by side.
[[nodiscard]] Expected<Predicate, QueryError> bind_query(const QueryNode& query, const JobStore& store, Timestamp now);

}  // namespace rekognition_jobs
