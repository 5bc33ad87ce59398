// A query made ready for a store: the tree with its values read and checked.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "query/field.h"
#include "query/predicate_tree.h"
#include "query/query_error.h"
#include "query/syntax.h"
#include "query/value.h"
#include "store/job_store.h"
#include "text/text_pattern.h"

namespace rekognition_jobs {

/// A substring of JobName, JobId, the input or output S3 URI, or the failure message.
struct WordTest {
  Substring word;
};

/// One of a few values, compared whole, without regard to case and with "-" for "_".
struct ValueTest {
  const Field* field = nullptr;
  std::vector<std::string> any_of;
};

struct TextTest {
  const Field* field = nullptr;
  std::vector<TextPattern> any_of;
};

struct NumberTest {
  const Field* field = nullptr;
  std::vector<NumberRange> any_of;
};

struct TimeTest {
  const Field* field = nullptr;
  std::vector<TimeRange> any_of;
};

/// Whether one of the members is there (`has`), or one of them is not.
struct PresenceTest {
  std::vector<Member> any_of;
  bool has = true;
};

using JobTest = std::variant<PresenceTest, WordTest, ValueTest, TextTest, NumberTest, TimeTest>;
using Predicate = PredicateTree<JobTest>;

/// Reads the values of a query's terms by the types of their fields. Status and code must be documented values or occur
/// in the store. `now` is the instant that "now" and "today" mean.
[[nodiscard]] OrQueryError<Predicate> bind_query(const QueryNode& query, const JobStore& store, Timestamp now);

}  // namespace rekognition_jobs
