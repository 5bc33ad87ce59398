// Counts values by their symbols, or by the runs of equal rows in the field's order.
#include "query/facets.h"

#include <algorithm>

#include "query/field_value.h"
#include "query/row_search.h"

namespace rekognition_jobs {
namespace {

std::vector<Facet> count_values(const JobStore& store, const RowSet& rows, const Field& field) {
  const InternedColumn& column = *store.interned(field.member);
  const std::vector<std::size_t> counts = count_symbols(column.symbols(), column.values().size(), rows);
  std::vector<Facet> counted;
  for (Symbol symbol = 1; symbol < counts.size(); ++symbol) {
    if (counts[symbol] != 0) counted.push_back({std::string(column.values()[symbol]), counts[symbol]});
  }
  MemberSet members;
  members.insert(field.member);
  const std::size_t having = counts[0] == 0 ? 0 : rows_with_any(store, members, rows).count();
  const std::size_t having_text = rows.count() - counts[0];
  if (having > having_text) counted.push_back({{}, having - having_text});
  return counted;
}

std::vector<Facet> count_runs(const JobStore& store, RowOrder& order, const RowSet& rows, const Field& field) {
  const std::shared_ptr<const SortedRows> sorted = order.ascending(store, &field);
  std::vector<Facet> counted;
  std::string scratch;
  for (std::size_t begin = 0, end = 0; begin < sorted->with_value; begin = end) {
    std::size_t count = 0;
    end = begin;
    do {
      count += rows.size() > sorted->rows[end] && rows.contains(sorted->rows[end]) ? 1U : 0U;
      ++end;
    } while (end < sorted->with_value && !sorted->run_starts.contains(static_cast<Row>(end)));
    if (count == 0) continue;
    const Row row = sorted->rows[begin];
    counted.push_back({is_numeric(field.type) ? display(field, *number_in(store, row, field))
                                              : std::string(*text_in(store, row, field, scratch)),
                       count});
  }
  return counted;
}

}  // namespace

std::vector<Facet> facets(const JobStore& store, RowOrder& order, const RowSet& rows, const Field& field) {
  const bool is_interned = field.type != FieldType::s3_uri && store.interned(field.member) != nullptr;
  std::vector<Facet> counted = is_interned ? count_values(store, rows, field) : count_runs(store, order, rows, field);
  std::sort(counted.begin(), counted.end(),
            [](const Facet& a, const Facet& b) { return a.count != b.count ? a.count > b.count : a.value < b.value; });
  return counted;
}

}  // namespace rekognition_jobs
