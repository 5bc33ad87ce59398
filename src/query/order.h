// The order of rows: by a field, or newest first; kept from one query to the next.
#pragma once

#include <cstddef>
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

/// Sorts the rows of one store. Text sorts by its UTF-8 bytes, rows without a value come last in either direction, and
/// ties keep the default order. An order is found once, O(n log n), and kept until the store has grown.
class RowOrder {
 public:
  /// The rows of `rows` in the order of `key`. Linear in the store's rows once that order is known.
  [[nodiscard]] std::vector<Row> sorted(const JobStore& store, const RowSet& rows, SortKey key);

 private:
  struct Known {
    SortKey key;
    std::vector<Row> rows;
  };

  const std::vector<Row>& order(const JobStore& store, SortKey key);

  std::size_t row_count_ = 0;
  std::vector<Known> known_;
};

}  // namespace rekognition_jobs
