// The order of rows: by a field, or newest first; kept from one query to the next.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "query/field.h"
#include "query/sorted_rows.h"
#include "store/job_store.h"

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
/// ties keep the default order. An order is found once and kept until the store has grown.
class RowOrder {
 public:
  /// In the order of `key`, from the first row on.
  [[nodiscard]] OrderCursor from_start(const JobStore& store, SortKey key) {
    return {ascending(store, key.field), key.is_descending};
  }

  /// By `field`; without one, in the default order.
  [[nodiscard]] std::shared_ptr<const SortedRows> ascending(const JobStore& store, const Field* field);

 private:
  struct Known {
    const Field* field;
    std::shared_ptr<const SortedRows> order;
  };

  static constexpr std::size_t most_known = 8;

  std::size_t row_count_ = 0;
  std::vector<Known> known_;  ///< the last one used is the last one
};

}  // namespace rekognition_jobs
