// The records that a source has and that cannot be read, by their places.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../base/notice.h"

namespace rekognition_jobs::formats {

struct Rejection {
  SourcePlace place;
  std::string message;
};

/// Keeps the first `most` that are added, in the order of their places, and counts all.
class Rejections {
 public:
  static constexpr std::size_t most = 100;

  void add(SourcePlace place, std::string_view message) {
    ++count_;
    if (kept_.size() == most) return;
    const auto after = std::upper_bound(
        kept_.begin(), kept_.end(), place.offset,
        [](std::uint64_t offset, const Rejection& rejection) { return offset < rejection.place.offset; });
    kept_.insert(after, {place, std::string(message)});
  }

  void add_uncounted_places(std::uint64_t count) { count_ += count; }

  [[nodiscard]] const std::vector<Rejection>& kept() const { return kept_; }
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  std::vector<Rejection> kept_;
  std::uint64_t count_ = 0;
};

}  // namespace rekognition_jobs::formats
