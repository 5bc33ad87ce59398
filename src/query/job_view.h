// A query's answer: some of a store's rows in an order, paged, counted and written out.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "job/job_writer.h"
#include "query/export_format.h"
#include "query/facets.h"
#include "query/histogram.h"
#include "query/order.h"
#include "store/job_store.h"
#include "store/row_set.h"

namespace rekognition_jobs {

/// A snapshot: rows never change, so what the store takes in later does not show here. The order is followed only as
/// far as rows are asked for.
class JobView {
 public:
  JobView(std::shared_ptr<const JobStore> store, std::shared_ptr<RowOrder> orders, RowSet rows, SortKey key)
      : store_(std::move(store)), orders_(std::move(orders)), set_(std::move(rows)), size_(set_.count()), key_(key) {}

  [[nodiscard]] std::size_t size() const { return size_; }

  /// At most `count` rows from `first` on; fewer at the end. Valid until the next call.
  [[nodiscard]] std::span<const Row> rows(std::size_t first, std::size_t count);

  /// Appends those rows as a JSON array of jobs, timestamps in milliseconds.
  void append_array(std::string& out, std::size_t first, std::size_t count);

  /// Appends the part of an export that holds those rows. Parts from row 0 on, in succession and without a gap, make
  /// the whole; the last one, which an empty view has too, is the one that reaches size().
  void append_export(std::string& out, ExportFormat format, std::size_t first, std::size_t count);

  /// Where in the order a job stands, if it is among the rows. Linear in the rows.
  [[nodiscard]] std::optional<std::size_t> index_of(std::string_view job_id);

  [[nodiscard]] std::vector<Facet> facets(const Field& field) const {
    return rekognition_jobs::facets(*store_, *orders_, set_, field);
  }
  [[nodiscard]] std::vector<Bucket> histogram(const Field& field, std::size_t bucket_count) const {
    return rekognition_jobs::histogram(*store_, set_, field, bucket_count);
  }

 private:
  void append_jobs(std::string& out, std::span<const Row> rows, bool follows_others, TimestampUnit unit);

  std::shared_ptr<const JobStore> store_;
  std::shared_ptr<RowOrder> orders_;  ///< the store's
  RowSet set_;
  std::size_t size_;
  SortKey key_;
  OrderCursor cursor_;     ///< once a row was asked for
  std::vector<Row> rows_;  ///< of the set, as far as the order was followed
  std::string scratch_;
};

}  // namespace rekognition_jobs
