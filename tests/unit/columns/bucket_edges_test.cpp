// The edges of histograms: finite and ascending for any numbers, and each number in the bucket that is said to hold it.
#include "columns/bucket_edges.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "columns/buckets.h"

namespace rekognition_jobs {
namespace {

constexpr double most = std::numeric_limits<double>::max();
constexpr double smallest = std::numeric_limits<double>::denorm_min();

const std::vector<double> extremes{-most,
                                   -1e308,
                                   -1e300,
                                   -8.64e15,
                                   -1,
                                   -smallest,
                                   -0.0,
                                   0,
                                   smallest,
                                   3 * smallest,
                                   std::numeric_limits<double>::min(),
                                   0.1,
                                   1,
                                   100,
                                   1.79e12,
                                   1.79e12 + 1,
                                   8.64e15 - 1,
                                   8.64e15,
                                   1.728e16,
                                   1e308,
                                   std::nextafter(most, 0),
                                   most};
const std::vector<std::size_t> counts{1, 2, 3, 7, 10, 64, 333, 1'000};

bool ascend(const BucketEdges& edges, double least, std::size_t count) {
  double last = least;
  for (std::size_t i = 1; i <= count; i += 1 + i / 500) {
    const double edge = edges[i];
    if (!std::isfinite(edge) || edge < last) return false;
    last = edge;
  }
  return true;
}

bool holds(const BucketEdges& edges, double number, double greatest, std::size_t count) {
  const std::size_t i = edges.bucket_of(number);
  return i < count && edges[i] <= number && (number < edges[i + 1] || (i + 1 == count && number == greatest));
}

void check_edges(double least, double greatest, std::size_t count) {
  CAPTURE(least);
  CAPTURE(greatest);
  CAPTURE(count);
  const BucketEdges edges(least, greatest, count);
  REQUIRE(edges[0] == least);
  REQUIRE(edges[count] == greatest);
  REQUIRE(ascend(edges, least, count));

  std::vector<double> inside{least, greatest, least / 2 + greatest / 2, std::nextafter(least, greatest)};
  for (const double number : extremes) {
    if (least <= number && number <= greatest) inside.push_back(number);
  }
  for (std::size_t i = 0; i <= count; i += 1 + count / 7) {
    inside.push_back(edges[i]);
    inside.push_back(std::nextafter(edges[i], least));
  }
  for (const double number : inside) {
    CAPTURE(number);
    REQUIRE(holds(edges, number, greatest, count));
  }
}

TEST_CASE("edges are finite and ascend, and each number's bucket holds it, between any two numbers") {
  for (const double least : extremes) {
    for (const double greatest : extremes) {
      if (greatest <= least) continue;
      for (const std::size_t count : counts) check_edges(least, greatest, count);
    }
  }
}

TEST_CASE("so they do when there are as many buckets as are allowed") {
  for (std::size_t i = 1; i < extremes.size(); ++i) {
    if (extremes[i - 1] < extremes[i]) check_edges(extremes[i - 1], extremes[i], max_buckets);
  }
  check_edges(-most, most, max_buckets);
}

TEST_CASE("edges of everyday ranges are the round numbers that a person expects") {
  const BucketEdges percents(0, 100, 100);
  for (std::size_t i = 0; i <= 100; ++i) CHECK(percents[i] == static_cast<double>(i));
  const BucketEdges equal(5'000, 5'000, 3);
  CHECK(equal[0] == 5'000);
  CHECK(equal[1] == 5'001);
  CHECK(equal[3] == 5'003);
  CHECK(equal.bucket_of(5'000) == 0);
}

TEST_CASE("a range wider than the largest double is divided evenly") {
  const BucketEdges edges(-1e308, 1e308, 4);
  CHECK(edges[1] == -5e307);
  CHECK(edges[2] == 0);
  CHECK(edges[3] == 5e307);
  CHECK(edges.bucket_of(-5e307) == 1);
  CHECK(edges.bucket_of(0) == 2);
}

}  // namespace
}  // namespace rekognition_jobs
