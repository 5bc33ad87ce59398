// Counts numbers into buckets of equal width, and within each by group, such as a status.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "bucket_edges.h"
#include "cell_counts.h"

namespace rekognition_jobs {

/// The numbers with `from` ≤ x < `to`; the last bucket of a histogram holds its `to` too.
template <class Group>
struct Bucket {
  double from = 0;
  double to = 0;
  std::size_t count = 0;
  std::vector<std::pair<Group, std::size_t>> by_group;  ///< only groups that occur, in their order
};

inline constexpr std::size_t max_buckets = 100'000;

/// Spreads numbers over `bucket_count` buckets, 1 to max_buckets, from `least` to `greatest`, and further where a
/// number lies outside. `for_each(function)` calls `function(number, group_of)` for each, twice in all; `group_of()` is
/// an index in `groups`, or their number for none. Empty without a number.
template <class Group, class ForEach>
std::vector<Bucket<Group>> fill_buckets(std::size_t bucket_count, std::span<const Group> groups, double least,
                                        double greatest, const ForEach& for_each) {
  bool is_empty = true;
  for_each([&](double number, const auto& /*group_of*/) {
    is_empty = false;
    least = std::min(least, number);
    greatest = std::max(greatest, number);
  });
  if (is_empty) return {};

  const BucketEdges edges(least, greatest, bucket_count);
  std::vector<Bucket<Group>> buckets(bucket_count);
  for (std::size_t i = 0; i < bucket_count; ++i) {
    buckets[i].from = edges[i];
    buckets[i].to = edges[i + 1];
  }
  CellCounts cells(bucket_count, groups.size());
  for_each([&](double number, const auto& group_of) {
    const std::size_t i = edges.bucket_of(number);
    ++buckets[i].count;
    if (const std::size_t group = group_of(); group < groups.size()) cells.add(i, group);
  });
  cells.for_each([&](std::size_t bucket, std::size_t group, std::size_t count) {
    buckets[bucket].by_group.emplace_back(groups[group], count);
  });
  return buckets;
}

}  // namespace rekognition_jobs
