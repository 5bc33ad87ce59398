// Counts facets and histogram buckets in one pass over the rows.
#include "query/summary.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "query/field_value.h"

namespace rekognition_jobs {
namespace {

std::vector<std::size_t> count_symbols(const JobStore& store, std::span<const Row> rows, Member member) {
  const InternedColumn& column = store.interned(member);
  std::vector<std::size_t> counts(column.values().size());
  for (const Row row : rows) {
    if (store.has(row, member)) ++counts[column.symbol(row)];
  }
  return counts;
}

std::vector<Facet> count_numbers(const JobStore& store, std::span<const Row> rows, const Field& field) {
  std::unordered_map<double, std::size_t> counts;
  for (const Row row : rows) {
    if (const auto number = number_in(store, row, field)) ++counts[*number];
  }
  std::vector<Facet> counted;
  for (const auto& [number, count] : counts) counted.push_back({display(field, number), count});
  return counted;
}

std::vector<Facet> count_texts(const JobStore& store, std::span<const Row> rows, const Field& field) {
  std::unordered_map<std::string, std::size_t> counts;
  std::string scratch;
  for (const Row row : rows) {
    if (const auto text = text_in(store, row, field, scratch)) ++counts[std::string(*text)];
  }
  std::vector<Facet> counted;
  for (const auto& [text, count] : counts) counted.push_back({text, count});
  return counted;
}

std::vector<Facet> count_interned(const JobStore& store, std::span<const Row> rows, const Field& field) {
  const std::vector<std::size_t> counts = count_symbols(store, rows, field.member);
  std::vector<Facet> counted;
  for (std::size_t symbol = 0; symbol < counts.size(); ++symbol) {
    if (counts[symbol] != 0)
      counted.push_back({std::string(store.interned(field.member).values()[symbol]), counts[symbol]});
  }
  return counted;
}

}  // namespace

std::vector<Facet> facets(const JobStore& store, std::span<const Row> rows, const Field& field) {
  std::vector<Facet> counted;
  if (is_numeric(field.type)) {
    counted = count_numbers(store, rows, field);
  } else if (field.type != FieldType::s3_uri && is_interned(field.member)) {
    counted = count_interned(store, rows, field);
  } else {
    counted = count_texts(store, rows, field);
  }
  std::sort(counted.begin(), counted.end(),
            [](const Facet& a, const Facet& b) { return a.count != b.count ? a.count > b.count : a.value < b.value; });
  return counted;
}

std::vector<Bucket> histogram(const JobStore& store, std::span<const Row> rows, const Field& field,
                              std::size_t bucket_count) {
  double least = std::numeric_limits<double>::infinity();
  double greatest = -least;
  for (const Row row : rows) {
    const auto number = number_in(store, row, field);
    if (!number) continue;
    least = std::min(least, *number);
    greatest = std::max(greatest, *number);
  }
  if (least > greatest) return {};

  const double width = greatest > least ? (greatest - least) / static_cast<double>(bucket_count) : 1;
  std::vector<Bucket> buckets(bucket_count);
  for (std::size_t i = 0; i < bucket_count; ++i) {
    buckets[i].from = least + static_cast<double>(i) * width;
    buckets[i].to = least + static_cast<double>(i + 1) * width;
  }
  if (greatest > least) buckets.back().to = greatest;

  const InternedColumn& statuses = store.interned(Member::Status);
  std::vector<std::vector<std::size_t>> by_status(bucket_count);
  for (const Row row : rows) {
    const auto number = number_in(store, row, field);
    if (!number) continue;
    auto i = std::min(static_cast<std::size_t>((*number - least) / width), bucket_count - 1);
    while (i > 0 && *number < buckets[i].from) --i;
    while (i + 1 < bucket_count && *number >= buckets[i].to) ++i;
    ++buckets[i].count;
    if (!store.has(row, Member::Status)) continue;
    by_status[i].resize(statuses.values().size());
    ++by_status[i][statuses.symbol(row)];
  }
  for (std::size_t i = 0; i < bucket_count; ++i) {
    for (std::size_t symbol = 0; symbol < by_status[i].size(); ++symbol) {
      if (by_status[i][symbol] != 0) buckets[i].by_status.push_back({statuses.values()[symbol], by_status[i][symbol]});
    }
  }
  return buckets;
}

}  // namespace rekognition_jobs
