// Sorts all rows by a key, stably on top of the file's order.
#include "results/result_order.h"

#include <utility>

#include "query/radix_sort.h"

namespace rekognition_jobs {
namespace {

/// The key of a row, or of a symbol, by a function.
template <class Part>
class FunctionKeys : public KeySource {
 public:
  explicit FunctionKeys(Part part) : part_(std::move(part)) {}
  KeyPart part(std::uint32_t number, std::size_t depth) override { return part_(number, depth); }

 private:
  Part part_;
};

bool has_value(const ResultStore& store, Row row, ResultField field) {
  switch (field) {
    case ResultField::confidence: return store.highest_confidences()[row] != no_confidence;
    case ResultField::model: return store.has(row, ResultPart::model_version);
    case ResultField::code: return store.has(row, ResultPart::code);
    default: return true;
  }
}

RowSet sort_rows(const ResultStore& store, std::vector<Row>& rows, ResultField field) {
  const auto sort_by = [&](auto part) {
    FunctionKeys keys(std::move(part));
    return sort_by_keys(rows, keys);
  };
  const auto number = [](double value) { return KeyPart{number_bits(value)}; };
  switch (field) {
    case ResultField::confidence:
      return sort_by([&](Row row, std::size_t) { return number(store.highest_confidences()[row]); });
    case ResultField::labels:
      return sort_by([&](Row row, std::size_t) { return number(static_cast<double>(store.labels().count(row))); });
    case ResultField::model:
      return sort_by([&](Row row, std::size_t depth) { return text_part(store.model_versions()[row], depth); });
    case ResultField::code:
      return sort_by([&](Row row, std::size_t depth) { return text_part(store.codes()[row], depth); });
    default: return sort_by([&](Row row, std::size_t depth) { return text_part(store.source_refs()[row], depth); });
  }
}

}  // namespace

std::shared_ptr<const SortedRows> ResultOrder::ascending(const ResultStore& store, ResultField field) {
  for (const Known& known : known_) {
    if (known.field == field) return known.order;
  }
  SortedRows order;
  std::vector<Row> without;
  for (Row row = 0; row < store.row_count(); ++row)
    (has_value(store, row, field) ? order.rows : without).push_back(row);
  order.with_value = order.rows.size();
  order.run_starts = sort_rows(store, order.rows, field);
  order.rows.insert(order.rows.end(), without.begin(), without.end());
  return known_.emplace_back(Known{field, std::make_shared<const SortedRows>(std::move(order))}).order;
}

}  // namespace rekognition_jobs
