// How much of the service's list has been read into a store, so that a refresh need not read all of it again.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "../base/byte_codec.h"
#include "../base/timestamp.h"

namespace rekognition_jobs {

/// Remembers readings of the list, newest jobs first, that left no gap: they began at its newest page, or where such a
/// one had stopped. Any number of them may run at a time. It is true until the store is cleared.
class Coverage {
 public:
  /// All jobs in the list that were created before then have been read; nothing when no reading has reached the end.
  [[nodiscard]] std::optional<Timestamp> covered() const { return covered_; }

  /// A reading whose first page had its newest job created at `newest` has come to the list's end, or to what is
  /// covered.
  void reached_end(Timestamp newest) { covered_ = std::max(covered_, std::optional(newest)); }

  /// Such a reading has stopped before the page of `token`. Of many stops the first are forgotten.
  void stopped(std::string token, Timestamp newest) {
    stops_[oldest_] = {std::move(token), newest};
    oldest_ = (oldest_ + 1) % stops_.size();
  }

  /// The `newest` of the reading that has stopped before the page of `token`; nothing when none is known.
  [[nodiscard]] std::optional<Timestamp> newest_before(std::string_view token) const {
    std::optional<Timestamp> newest;
    for (const Stop& stop : stops_) {
      if (stop.token == token) newest = std::max(newest, stop.newest);
    }
    return newest;
  }

  // As parts of a SyncState.
  [[nodiscard]] std::uint64_t size_in_bytes() const;
  void append_bytes(std::string& out) const;
  [[nodiscard]] bool read_bytes(ByteReader& bytes);

 private:
  struct Stop {
    std::string token;
    std::optional<Timestamp> newest;
  };

  std::optional<Timestamp> covered_;
  std::array<Stop, 4> stops_;
  std::size_t oldest_ = 0;
};

}  // namespace rekognition_jobs
