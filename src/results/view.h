// Some images of a results file in an order: it pages, counts, narrows and exports them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "../columns/bitmap.h"
#include "../query/query_error.h"
#include "../query/view.h"
#include "kind.h"
#include "label_counts.h"
#include "store.h"

namespace rekognition_jobs {

/// A results file read to its end, and what is remembered of its orders.
struct ResultSet {
  /// `seed` is the store's.
  explicit ResultSet(std::uint64_t seed = 0) : store(seed) {}

  ResultStore store;
  SortIndexCache<ResultKind> order;
};

extern template class RecordView<ResultKind>;

/// Holds its set as long as it lives.
class ResultView : public RecordView<ResultKind> {
 public:
  /// Every image, in the file's order.
  explicit ResultView(const std::shared_ptr<ResultSet>& set)
      : RecordView({set, &set->store}, {set, &set->order}, Bitmap(set->store.row_count(), /*filled=*/true), {}) {}

  /// Those with a label of at least that confidence, in this view's order.
  [[nodiscard]] ResultView flagged(double threshold) const;

  /// Those that `text` is true of.
  [[nodiscard]] Expected<ResultView, QueryError> query(std::string_view text, ResultSortKey key) const;

  /// Where in the order the first image of that source-ref stands, if one does. Linear in the rows.
  [[nodiscard]] std::optional<std::size_t> index_of(std::string_view source_ref);

  /// Nothing when memory is full.
  [[nodiscard]] std::optional<std::vector<ValueCount>> facets(ResultField field) const {
    return rekognition_jobs::facets(*store_, set_, field);
  }
  [[nodiscard]] LabelTree labels(std::optional<double> threshold) const {
    return count_labels(*store_, set_, threshold);
  }
  [[nodiscard]] std::vector<ConfidenceBucket> histogram(std::size_t bucket_count,
                                                        std::optional<std::string_view> label) const {
    return confidence_histogram(*store_, set_, bucket_count, label);
  }

 private:
  using RecordView::RecordView;
};

}  // namespace rekognition_jobs
