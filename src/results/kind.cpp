// Sorts results by a field.
#include "kind.h"

#include "../columns/radix_sort.h"

namespace rekognition_jobs {

template class SortIndexCache<ResultKind>;

bool ResultKind::has_value(const ResultStore& store, Row row, SortField field) {
  switch (*field) {
    case ResultField::confidence: return store.highest_confidences()[row] != no_confidence;
    case ResultField::model: return store.has(row, ResultPart::model_version);
    case ResultField::code: return store.has(row, ResultPart::code);
    default: return true;
  }
}

Bitmap ResultKind::sort(const ResultStore& store, std::span<Row> rows, SortField field) {
  const auto number = [](double value) { return KeyChunk{sortable_bits(value)}; };
  switch (*field) {
    case ResultField::confidence:
      return sort_by(rows, [&](Row row, std::size_t) { return number(store.highest_confidences()[row]); });
    case ResultField::labels:
      return sort_by(rows,
                     [&](Row row, std::size_t) { return number(static_cast<double>(store.labels().count(row))); });
    case ResultField::model: return sort_by_column(rows, store.model_versions());
    case ResultField::code: return sort_by_column(rows, store.codes());
    default: return sort_by_column(rows, store.source_refs());
  }
}

std::uint64_t ResultKind::bytes_to_order(const ResultStore& store, SortField field) {
  return field ? store.bytes_of_a_record() + 2 * bytes_to_sort(store.row_count()) : 0;
}

}  // namespace rekognition_jobs
