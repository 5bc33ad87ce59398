// Some jobs in an order: it pages, counts and exports them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "../query/view.h"
#include "counts.h"
#include "kind.h"

namespace rekognition_jobs {

extern template class RecordView<JobKind>;

class JobView : public RecordView<JobKind> {
 public:
  using RecordView::RecordView;

  /// Where in the order a job stands, if it is among the rows. Linear in the rows.
  [[nodiscard]] std::optional<std::size_t> index_of(std::string_view job_id);

  /// Nothing when memory is full.
  [[nodiscard]] std::optional<std::vector<ValueCount>> facets(const Field& field) const {
    return rekognition_jobs::facets(*store_, *orders_, set_, field);
  }
  [[nodiscard]] std::optional<std::vector<StatusBucket>> histogram(const Field& field, std::size_t bucket_count) const {
    return rekognition_jobs::histogram(*store_, set_, field, bucket_count);
  }
};

}  // namespace rekognition_jobs
