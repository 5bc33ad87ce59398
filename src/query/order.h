// The order of rows: by a field, or newest first; kept from one query to the next.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "query/field.h"
#include "store/job_store.h"
#include "store/row_set.h"

namespace rekognition_jobs {

/// What to sort by; without a field, CreationTimestamp newest first, then JobId.
struct SortKey {
  const Field* field = nullptr;
  bool is_descending = false;

  bool operator==(const SortKey&) const = default;
};

/// Reads `created`, `-JobName` …: the name of a field or of a top-level member, "-" before it for descending. Empty
/// text is the default order; nothing for an unknown name.
[[nodiscard]] std::optional<SortKey> parse_sort_key(std::string_view text);

/// All rows of a store in an order.
struct SortedRows {
  std::vector<Row> rows;
  std::size_t with_value = 0;  ///< rows that have a value come first
  RowSet run_starts;           ///< places, among those, at which a value begins that the row before does not have
};

/// Sorts the rows of one store. Text sorts by its UTF-8 bytes, rows without a value come last in either direction, and
/// ties keep the default order. An order is found once and kept until the store has grown; the other direction, in
/// linear time.
class RowOrder {
 public:
  [[nodiscard]] std::shared_ptr<const SortedRows> of(const JobStore& store, SortKey key);

 private:
  struct Known {
    SortKey key;
    std::shared_ptr<const SortedRows> order;
  };

  static constexpr std::size_t most_known = 8;

  std::size_t row_count_ = 0;
  std::vector<Known> known_;  ///< the last one used is the last one
};

}  // namespace rekognition_jobs
