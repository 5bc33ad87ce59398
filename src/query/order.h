// The order of rows: by a field, or newest first; kept from one query to the next.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
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

/// All rows of a store in ascending order.
struct SortedRows {
  std::vector<Row> rows;
  std::size_t with_value = 0;  ///< rows that have a value come first
  RowSet run_starts;           ///< places, among those, at which a value begins that the row before does not have
};

/// Goes through sorted rows in either direction. Descending, equal ones keep their order and rows without a value stay
/// last, so that runs of equal rows are taken from the last to the first.
class OrderCursor {
 public:
  OrderCursor() = default;
  OrderCursor(std::shared_ptr<const SortedRows> sorted, bool is_descending)
      : sorted_(std::move(sorted)),
        run_begin_(is_descending ? sorted_->with_value : sorted_->rows.size()),
        run_end_(run_begin_),
        place_(is_descending ? run_begin_ : 0) {}

  [[nodiscard]] explicit operator bool() const { return sorted_ != nullptr; }

  /// The next row; there must be one.
  [[nodiscard]] Row next() {
    if (place_ == run_end_) begin_run();
    return sorted_->rows[place_++];
  }

 private:
  void begin_run() {
    run_end_ = run_begin_;
    if (run_end_ == 0) {
      run_end_ = sorted_->rows.size();
      place_ = sorted_->with_value;
      return;
    }
    do --run_begin_;
    while (!sorted_->run_starts.contains(static_cast<Row>(run_begin_)));
    place_ = run_begin_;
  }

  std::shared_ptr<const SortedRows> sorted_;
  std::size_t run_begin_ = 0;
  std::size_t run_end_ = 0;
  std::size_t place_ = 0;
};

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
