// A column of keys that the service makes from a prefix, the JobId and an ending, each part interned.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "../base/simd16.h"
#include "../columns/dictionary_column.h"

namespace rekognition_jobs {

/// Keys by row. What holds the row's JobId is kept without it, in two parts that repeat; any other key as it is.
class ObjectKeyColumn {
 public:
  /// Linear in the key.
  void set(Row row, std::string_view key, std::string_view job_id, const TextHash& hash) {
    const std::size_t place = place_of(key, job_id);
    const std::string_view tail = place < key.size() ? key.substr(place + job_id.size()) : std::string_view();
    if (tail.empty()) return heads_.set(row, key, hash);
    heads_.set(row, key.substr(0, place), hash);
    tails_.set(row, tail, hash);
    tail_size_ = tail.size();
  }

  /// What the key of `row`, which has this JobId, is put together of.
  [[nodiscard]] std::array<std::string_view, 3> parts(Row row, std::string_view job_id) const {
    const std::string_view tail = tails_[row];
    return {heads_[row], tail.empty() ? tail : job_id, tail};
  }

  /// As DictionaryColumn's.
  [[nodiscard]] std::uint64_t growth(std::size_t rows) const { return heads_.growth(rows) + tails_.growth(rows); }

  void append_to(std::string& out, Row row, std::string_view job_id) const {
    for (const std::string_view part : parts(row, job_id)) out.append(part);
  }

 private:
  friend struct SnapshotParts;

  /// The service's JobIds have 64 characters at most: a longer one is not looked for, since that is not linear.
  static constexpr std::size_t longest_job_id = 64;

  [[nodiscard]] std::size_t place_of(std::string_view key, std::string_view job_id) const {
    if (job_id.size() > longest_job_id) return key.size();
    if (key.size() >= job_id.size() + tail_size_) {
      const std::size_t expected = key.size() - tail_size_ - job_id.size();
      if (equal_bytes(key.data() + expected, job_id.data(), job_id.size())) return expected;
    }
    return std::min(key.find(job_id), key.size());
  }

  DictionaryColumn heads_;
  DictionaryColumn tails_;
  std::size_t tail_size_ = 0;  ///< of the last key that had one
};

}  // namespace rekognition_jobs
