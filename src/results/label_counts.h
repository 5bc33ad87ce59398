// Counts over the labels of a set of rows: values, the tree of labels, the distribution of confidences.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "results/result_fields.h"
#include "results/result_store.h"
#include "store/row_set.h"

namespace rekognition_jobs {

struct ValueCount {
  std::string value;
  std::size_t count = 0;  ///< images
};

/// In how many of `rows` each value of `field` occurs: most first, ties by the value's bytes. One pass over the labels.
[[nodiscard]] std::vector<ValueCount> count_values(const ResultStore& store, const RowSet& rows, ResultField field);

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
[[nodiscard]] LabelTree count_labels(const ResultStore& store, const RowSet& rows, std::optional<double> threshold);

/// Labels with `from` ≤ confidence < `to`; the last bucket holds its `to` too.
struct ConfidenceBucket {
  double from = 0;
  double to = 0;
  std::size_t count = 0;
  std::vector<std::pair<double, std::size_t>> by_level;  ///< only levels that occur, ascending
};

inline constexpr std::size_t max_confidence_buckets = 100'000;

/// Spreads the confidences of labels, all or those of one name (without regard to case), over buckets of equal width
/// from 0 to 100, and further where a confidence lies outside. Empty without one. `bucket_count` is 1 to
/// max_confidence_buckets. Two passes over the labels.
[[nodiscard]] std::vector<ConfidenceBucket> confidence_histogram(const ResultStore& store, const RowSet& rows,
                                                                 std::size_t bucket_count,
                                                                 std::optional<std::string_view> label);

}  // namespace rekognition_jobs
