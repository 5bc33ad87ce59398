// Counts rows into buckets, in two passes: for the ends, and for the counts.
#include "query/histogram.h"

#include <algorithm>
#include <limits>

#include "query/field_value.h"

namespace rekognition_jobs {

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
