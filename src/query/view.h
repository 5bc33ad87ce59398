// Some rows of a store in an order: it pages and exports them in parts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "../columns/bitmap.h"
#include "../columns/sort_index_cache.h"
#include "export_format.h"

namespace rekognition_jobs {

/// A snapshot: rows never change, so what the store takes in later does not show here. The order is followed only as
/// far as rows are asked for. Beside what SortIndexCache needs, the `Kind` of record has a `Scratch` for one of them,
/// read(), and how it is written: json_start and json_end around all of them, append_csv_header(), append_csv() and
/// append_json().
template <class Kind>
class RecordView {
 public:
  using Store = typename Kind::Store;
  using Key = SortKeyOf<typename Kind::SortField>;

  RecordView(std::shared_ptr<const Store> store, std::shared_ptr<SortIndexCache<Kind>> orders, Bitmap rows, Key key)
      : store_(std::move(store)), orders_(std::move(orders)), set_(std::move(rows)), size_(set_.count()), key_(key) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const Store& store() const { return *store_; }
  [[nodiscard]] const Bitmap& row_set() const { return set_; }

  /// At most `count` rows from `first` on; fewer at the end. Valid until the next call.
  [[nodiscard]] std::span<const Row> rows(std::size_t first, std::size_t count);

  /// Appends the part of an export that begins with the row `first`: `count` rows, fewer at the end, or when these are
  /// part_size. How many it holds. Parts from row 0 on, in succession and without a gap, make the whole; the last one,
  /// which an empty view has too, is the one that reaches size().
  std::size_t append_part(std::string& out, ExportFormat format, std::size_t first, std::size_t count);

  /// Bytes that rows() up to that row allocate at most, with one of them.
  [[nodiscard]] std::uint64_t bytes_up_to(std::size_t end) const;

  /// Bytes that append_part() up to that row allocates at most.
  [[nodiscard]] std::uint64_t bytes_of_part(ExportFormat format, std::size_t end) const {
    return bytes_up_to(end) + (is_table(format) ? most_times_json * store_->bytes_of_a_table() : 0);
  }

 protected:
  std::shared_ptr<const Store> store_;
  std::shared_ptr<SortIndexCache<Kind>> orders_;  ///< the store's
  Bitmap set_;
  std::size_t size_;
  Key key_;

 private:
  SortCursor cursor_;      ///< once a row was asked for
  std::vector<Row> rows_;  ///< of the set, as far as the order was followed
  typename Kind::Scratch scratch_;
};

template <class Kind>
std::span<const Row> RecordView<Kind>::rows(std::size_t first, std::size_t count) {
  const std::size_t begin = std::min(first, size_);
  const std::size_t end = begin + std::min(count, size_ - begin);
  if (end > rows_.size() && !cursor_) cursor_ = orders_->from_start(*store_, key_);
  while (rows_.size() < end) {
    const Row row = cursor_.next();
    if (row < set_.size() && set_.contains(row)) rows_.push_back(row);
  }
  return std::span(rows_).subspan(begin, end - begin);
}

template <class Kind>
std::size_t RecordView<Kind>::append_part(std::string& out, ExportFormat format, std::size_t first, std::size_t count) {
  const std::span<const Row> part = rows(first, count);
  const std::size_t begin = out.size();
  begin_part<Kind>(out, format, first);
  std::size_t written = 0;
  for (; written < part.size() && out.size() - begin < part_size; ++written) {
    append_record<Kind>(out, format, Kind::read(*store_, part[written], scratch_), first + written, first);
  }
  end_part<Kind>(out, format, first + written == size_);
  return written;
}

template <class Kind>
std::uint64_t RecordView<Kind>::bytes_up_to(std::size_t end) const {
  constexpr std::uint64_t bytes_of_a_row = 12;
  return 3 * part_size + most_times_json * store_->bytes_of_a_record() + bytes_of_a_row * std::min(end, size_) +
         orders_->growth(*store_, key_.field);
}

}  // namespace rekognition_jobs
