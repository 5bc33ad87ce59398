// Divides a range of numbers into buckets of equal width, and finds the bucket of a number.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace rekognition_jobs {

/// The edges of `count` buckets, at least one, from `least` to `greatest`, both finite. Bucket i is from edge i to edge
/// i + 1. Edges are finite and ascend, though not strictly where the buckets are narrower than doubles can tell; the
/// first is `least` and the last is `greatest`. When both are equal, buckets are 1 wide.
class BucketEdges {
 public:
  BucketEdges(double least, double greatest, std::size_t count)
      : edges_(count + 1),
        width_(greatest > least ? (greatest - least) / static_cast<double>(count) : 1),
        last_(count - 1) {
    for (std::size_t i = 0; i <= count; ++i) {
      const double share = static_cast<double>(i) / static_cast<double>(count);
      // A range wider than the largest double has ends of different signs, so that both terms ascend.
      edges_[i] = std::isinf(width_) ? least * (1 - share) + greatest * share : least + static_cast<double>(i) * width_;
      if (greatest > least) edges_[i] = i == count ? greatest : std::min(edges_[i], greatest);
    }
  }

  [[nodiscard]] double operator[](std::size_t i) const { return edges_[i]; }

  /// The bucket with `from` ≤ `number` < `to`, the last one also for its `to`. `number` is one from least to greatest.
  [[nodiscard]] std::size_t bucket_of(double number) const {
    // Nearly always right; where the arithmetic gives no number it is the last bucket.
    const double position = (number - edges_.front()) / width_;
    const std::size_t guess = position < static_cast<double>(last_) ? static_cast<std::size_t>(position) : last_;
    if (edges_[guess] <= number && (number < edges_[guess + 1] || guess == last_)) return guess;
    const auto inner = edges_.begin() + 1;
    return static_cast<std::size_t>(std::upper_bound(inner, edges_.end() - 1, number) - inner);
  }

 private:
  std::vector<double> edges_;
  double width_;
  std::size_t last_;
};

}  // namespace rekognition_jobs
