// Compares two results of the same images: which images have another verdict.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "view.h"

namespace rekognition_jobs {

/// How an image's verdict differs. "Now" is the other's.
enum class Change : std::uint8_t {
  now_flagged,    ///< no label counts here, some do there
  now_unflagged,  ///< the other way round
  other_labels,   ///< some count on both sides, but not the same names
};

[[nodiscard]] std::string_view change_name(Change change);

/// Compares by source-ref. Labels count from the threshold on; without one, all of them. An image that is there several
/// times counts once, by its first line. Holds both sides as long as it lives.
class Comparison {
 public:
  /// Linear in the rows of both views and their labels.
  Comparison(ResultView here, ResultView there, std::optional<double> threshold);

  struct Counts {
    std::size_t both = 0;
    std::size_t only_here = 0;
    std::size_t only_there = 0;
    std::size_t unchanged = 0;
    std::size_t now_flagged = 0;
    std::size_t now_unflagged = 0;
    std::size_t other_labels = 0;
  };

  [[nodiscard]] const Counts& counts() const { return counts_; }

  /// Bytes that comparing allocates at most.
  [[nodiscard]] static std::uint64_t bytes_to_compare(const ResultView& here, const ResultView& there);

  /// Bytes that append_array() allocates at most.
  [[nodiscard]] std::uint64_t bytes_of_a_part() const;

  /// Appends at most `count` of the changed images from `first` on, and no more than fill a part, in the order of the
  /// view that was here, as a JSON array of { source-ref, change, here, there }.
  void append_array(std::string& out, std::size_t first, std::size_t count);

 private:
  struct Changed {
    Row here;
    Row there;
    Change change;
  };

  ResultView here_;
  ResultView there_;
  Counts counts_;
  std::vector<Changed> changed_;
};

}  // namespace rekognition_jobs
