// Counts facets and histogram buckets in one pass over the rows.
#include "query/summary.h"

#include <algorithm>
#include <limits>

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

std::vector<Bucket> histogram(const JobStore& store, const RowSet& rows, const Field& field, std::size_t bucket_count) {
  double least = std::numeric_limits<double>::infinity();
  double greatest = -least;
  for_each_number(store, rows, field, [&](Row /*row*/, double number) {
    least = std::min(least, number);
    greatest = std::max(greatest, number);
  });
  if (least > greatest) return {};

  const double width = greatest > least ? (greatest - least) / static_cast<double>(bucket_count) : 1;
  std::vector<Bucket> buckets(bucket_count);
  for (std::size_t i = 0; i < bucket_count; ++i) {
    buckets[i].from = least + static_cast<double>(i) * width;
    buckets[i].to = least + static_cast<double>(i + 1) * width;
  }
  if (greatest > least) buckets.back().to = greatest;

  const InternedColumn& statuses = *store.interned(Member::Status);
  const std::size_t status_count = statuses.values().size();
  std::vector<std::size_t> by_status(bucket_count * status_count);
  for_each_number(store, rows, field, [&](Row row, double number) {
    auto i = std::min(static_cast<std::size_t>((number - least) / width), bucket_count - 1);
    while (i > 0 && number < buckets[i].from) --i;
    while (i + 1 < bucket_count && number >= buckets[i].to) ++i;
    ++buckets[i].count;
    const Symbol status = statuses.symbols()[row];
    if (status != 0 || store.has(row, Member::Status)) ++by_status[i * status_count + status];
  });
  for (std::size_t i = 0; i < by_status.size(); ++i) {
    const std::string_view status = statuses.values()[i % status_count];
    if (by_status[i] != 0) buckets[i / status_count].by_status.push_back({status, by_status[i]});
  }
  return buckets;
}

}  // namespace rekognition_jobs
