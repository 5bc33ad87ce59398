// Counts over the labels of a set of rows: values, the tree of labels, the distribution of confidences.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "../columns/bitmap.h"
#include "../columns/buckets.h"
#include "../columns/value_counts.h"
#include "fields.h"
#include "store.h"

namespace rekognition_jobs {

/// In how many of `rows` each value of `field` occurs. One pass over the labels. Nothing when memory is full.
[[nodiscard]] std::optional<std::vector<ValueCount>> facets(const ResultStore& store, const Bitmap& rows,
                                                            ResultField field);

/// A label of the tree, and where those below it are.
struct LabelNode {
  std::string_view name;
  double level = 0;       ///< the file's TaxonomyLevel; without one, the depth in the tree, from 1
  std::size_t count = 0;  ///< images that have this very label
  std::vector<std::size_t> children;
};

struct LabelTree {
  std::vector<LabelNode> nodes;
  std::vector<std::size_t> roots;
};

/// Deeper labels stand among the roots, as do those that are their own ancestors.
inline constexpr std::size_t max_label_depth = 32;

/// The labels of `rows`, each below the one that its ParentName names, most images first and ties by name. With a
/// threshold, only labels of at least that confidence. A parent without images of its own is there for its children,
/// with 0. Names are the store's. One pass over the labels.
[[nodiscard]] LabelTree count_labels(const ResultStore& store, const Bitmap& rows, std::optional<double> threshold);

/// By level, ascending.
using ConfidenceBucket = Bucket<double>;

/// Spreads the confidences of labels, all or those of one name (without regard to case), over buckets of equal width
/// from 0 to 100, and further where a confidence lies outside. Empty without one. `bucket_count` is 1 to
/// max_buckets. Two passes over the labels.
[[nodiscard]] std::vector<ConfidenceBucket> confidence_histogram(const ResultStore& store, const Bitmap& rows,
                                                                 std::size_t bucket_count,
                                                                 std::optional<std::string_view> label);

}  // namespace rekognition_jobs
