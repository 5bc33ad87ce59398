// Rows in an order, to be gone through from either end.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "store/row.h"
#include "store/row_set.h"

namespace rekognition_jobs {

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

}  // namespace rekognition_jobs
