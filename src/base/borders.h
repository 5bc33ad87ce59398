// Finds a text in another by Knuth, Morris and Pratt: slower than base/substring.h, but linear for any two texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ascii.h"

namespace rekognition_jobs {

/// How much of `lower`, a text in lower case that is not empty, ends where (D. E. Knuth, J. H. Morris, V. R. Pratt,
/// "Fast pattern matching in strings"). Borrows the text.
class Borders {
 public:
  /// Linear in the text.
  explicit Borders(std::string_view lower) : lower_(lower), shorter_(lower.size() + 1) {
    for (std::size_t size = 1; size < lower.size(); ++size) {
      shorter_[size + 1] = static_cast<std::uint32_t>(step(shorter_[size], lower[size]));
    }
  }

  /// How many of the first bytes of the text have just been read, once `c` follows where `matched` of them had been;
  /// without regard to ASCII case. Amortised constant time.
  [[nodiscard]] std::size_t step(std::size_t matched, char c) const {
    const char wanted = ascii::to_lower(c);
    while (matched == lower_.size() || lower_[matched] != wanted) {
      if (matched == 0) return 0;
      matched = shorter_[matched];
    }
    return matched + 1;
  }

 private:
  std::string_view lower_;
  std::vector<std::uint32_t> shorter_;  ///< by how many bytes match, the next smaller number that then match too
};

}  // namespace rekognition_jobs
