// Remembers what the last text searches found, so that a search for one more letter need not start from the beginning.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "../base/substring.h"
#include "../columns/bitmap.h"

namespace rekognition_jobs {

/// Remembers a few searches of one store: whatever contains "promo" is among what contains "prom".
template <class Field>
class SearchCache {
 public:
  struct Search {
    const Field* field = nullptr;  ///< nothing for a bare word
    Substring wanted;
    Bitmap among;
    Bitmap found;
  };

  /// The search whose rows hold all that contain `lower_text` among the given; nothing when there was none.
  [[nodiscard]] const Search* find(const Field* field, std::string_view lower_text, const Bitmap& among) const {
    const Search* best = nullptr;
    for (const Search& search : searches_) {
      const bool is_usable = search.field == field && search.wanted.size() != 0 && search.wanted.is_in(lower_text) &&
                             among.is_subset_of(search.among);
      if (is_usable && (best == nullptr || search.wanted.size() > best->wanted.size())) best = &search;
    }
    return best;
  }

  void add(Search search) {
    searches_[oldest_] = std::move(search);
    oldest_ = (oldest_ + 1) % searches_.size();
  }

 private:
  std::array<Search, 4> searches_;
  std::size_t oldest_ = 0;
};

}  // namespace rekognition_jobs
