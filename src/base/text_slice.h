// Takes a few bytes out of a text that is passed in pieces.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace rekognition_jobs {

/// The bytes of all added texts, one behind the other, from `begin` on: `size` of them, 8 at most.
class TextSlice {
 public:
  TextSlice(std::size_t begin, std::size_t size) : skipped_(begin), left_(size) {}

  /// Constant time.
  void add(std::string_view text) {
    const std::size_t skipped = std::min(skipped_, text.size());
    skipped_ -= skipped;
    const std::string_view taken = text.substr(skipped, left_);
    std::copy(taken.begin(), taken.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += taken.size();
    left_ -= taken.size();
  }

  [[nodiscard]] std::string_view text() const { return {bytes_.data(), size_}; }

 private:
  std::size_t skipped_;  ///< are still to be passed over
  std::size_t left_;     ///< are still wanted
  std::size_t size_ = 0;
  std::array<char, 8> bytes_{};
};

}  // namespace rekognition_jobs
