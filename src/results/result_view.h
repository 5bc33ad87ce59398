// Some of a results file's images in an order: paged, counted, narrowed and written out.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/export_format.h"
#include "query/query_error.h"
#include "results/label_counts.h"
#include "results/result_fields.h"
#include "results/result_order.h"
#include "results/result_store.h"
#include "store/row_set.h"

namespace rekognition_jobs {

/// A results file read to its end, and what is remembered of its orders.
struct ResultSet {
  ResultStore store;
  ResultOrder order;
};

/// Holds its set as long as it lives. An order is followed only as far as rows are asked for.
class ResultView {
 public:
  /// Every image, in the file's order.
  explicit ResultView(const std::shared_ptr<ResultSet>& set)
      : ResultView(set, RowSet(set->store.row_count(), /*filled=*/true), {}) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const ResultStore& store() const { return set_->store; }
  [[nodiscard]] const RowSet& row_set() const { return rows_; }

  /// At most `count` rows from `first` on; fewer at the end. Valid until the next call.
  [[nodiscard]] std::span<const Row> rows(std::size_t first, std::size_t count);

  /// Appends those rows as a JSON array.
  void append_array(std::string& out, std::size_t first, std::size_t count);

  /// Appends the part of an export that holds those rows. Parts from row 0 on, in succession and without a gap, make
  /// the whole; the last one, which an empty view has too, is the one that reaches size().
  void append_export(std::string& out, ExportFormat format, std::size_t first, std::size_t count);

  /// Those with a label of at least that confidence, in this view's order.
  [[nodiscard]] ResultView flagged(double threshold) const;

  /// Those that `text` is true of.
  [[nodiscard]] OrQueryError<ResultView> query(std::string_view text, ResultSortKey key) const;

  [[nodiscard]] std::vector<ValueCount> facets(ResultField field) const { return count_values(store(), rows_, field); }
  [[nodiscard]] LabelTree labels(std::optional<double> threshold) const {
    return count_labels(store(), rows_, threshold);
  }
  [[nodiscard]] std::vector<ConfidenceBucket> histogram(std::size_t bucket_count,
                                                        std::optional<std::string_view> label) const {
    return confidence_histogram(store(), rows_, bucket_count, label);
  }

 private:
  ResultView(std::shared_ptr<ResultSet> set, RowSet rows, ResultSortKey key)
      : set_(std::move(set)), rows_(std::move(rows)), size_(rows_.count()), key_(key) {}

  void append_images(std::string& out, std::span<const Row> rows, bool follows_others);

  std::shared_ptr<ResultSet> set_;
  RowSet rows_;
  std::size_t size_;
  ResultSortKey key_;
  OrderCursor cursor_;         ///< of a sorted view, once a row was asked for
  Row next_ = 0;               ///< of one in the file's order, where to look for the next
  std::vector<Row> followed_;  ///< rows of the view, as far as the order was followed
  ImageResult image_;
};

}  // namespace rekognition_jobs
