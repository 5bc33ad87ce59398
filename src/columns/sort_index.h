// All rows in an order, read from either end.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "bitmap.h"
#include "row.h"

namespace rekognition_jobs {

/// All rows of a store in ascending order.
struct SortIndex {
  SortIndex() = default;

  /// Rows in the order of their numbers, without a list of them.
  explicit SortIndex(std::size_t row_count) : with_value(row_count) {}

  std::vector<Row> rows;
  std::size_t with_value = 0;  ///< rows that have a value come first
  Bitmap group_starts;         ///< positions below with_value that start a new group of equal values

  [[nodiscard]] std::size_t size() const { return rows.empty() ? with_value : rows.size(); }
  [[nodiscard]] Row row(std::size_t position) const {
    return rows.empty() ? static_cast<Row>(position) : rows[position];
  }
};

/// Goes through sorted rows in either direction. Descending, equal ones keep their order and rows without a value stay
/// last, so that runs of equal rows are taken from the last to the first.
class SortCursor {
 public:
  SortCursor() = default;
  SortCursor(std::shared_ptr<const SortIndex> sorted, bool is_descending)
      : sorted_(std::move(sorted)),
        run_begin_(is_descending ? sorted_->with_value : sorted_->size()),
        run_end_(run_begin_),
        place_(is_descending ? run_begin_ : 0) {}

  [[nodiscard]] explicit operator bool() const { return sorted_ != nullptr; }

  /// The next row; there must be one.
  [[nodiscard]] Row next() {
    if (place_ == run_end_) begin_run();
    return sorted_->row(place_++);
  }

 private:
  void begin_run() {
    run_end_ = run_begin_;
    if (run_end_ == 0) {
      run_end_ = sorted_->size();
      place_ = sorted_->with_value;
      return;
    }
    do --run_begin_;
    while (!sorted_->group_starts.contains(static_cast<Row>(run_begin_)));
    place_ = run_begin_;
  }

  std::shared_ptr<const SortIndex> sorted_;
  std::size_t run_begin_ = 0;
  std::size_t run_end_ = 0;
  std::size_t place_ = 0;
};

}  // namespace rekognition_jobs
