// The order of results: by a field, or the file's own; kept from one view to the next.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "query/sorted_rows.h"
#include "results/result_fields.h"
#include "results/result_store.h"

namespace rekognition_jobs {

/// Sorts the rows of one store, which is read to its end. Text sorts by its UTF-8 bytes, rows without a value come last
/// in either direction, and ties keep the file's order. An order is found once and kept.
class ResultOrder {
 public:
  [[nodiscard]] std::shared_ptr<const SortedRows> ascending(const ResultStore& store, ResultField field);

 private:
  struct Known {
    ResultField field;
    std::shared_ptr<const SortedRows> order;
  };

  std::vector<Known> known_;
};

}  // namespace rekognition_jobs
