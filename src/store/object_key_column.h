// A column of keys that the service makes from a prefix, the JobId and an ending, each part interned.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "store/interned_column.h"
#include "text/bytes16.h"

namespace rekognition_jobs {

/// Keys by row. What holds the row's JobId is kept without it, in two parts that repeat; any other key as it is.
class ObjectKeyColumn {
 public:
  void set(Row row, std::string_view key, std::string_view job_id) {
    const std::size_t place = place_of(key, job_id);
    const std::string_view tail = place < key.size() ? key.substr(place + job_id.size()) : std::string_view();
    if (tail.empty()) return heads_.set(row, key);
    heads_.set(row, key.substr(0, place));
    tails_.set(row, tail);
    tail_size_ = tail.size();
  }

  /// Appends the key of `row`, which has this JobId.
  void append_to(std::string& out, Row row, std::string_view job_id) const {
    out.append(heads_[row]);
    const std::string_view tail = tails_[row];
    if (!tail.empty()) out.append(job_id).append(tail);
  }

 private:
  [[nodiscard]] std::size_t place_of(std::string_view key, std::string_view job_id) const {
    if (key.size() >= job_id.size() + tail_size_) {
      const std::size_t expected = key.size() - tail_size_ - job_id.size();
      if (equal_bytes(key.data() + expected, job_id.data(), job_id.size())) return expected;
    }
    return std::min(key.find(job_id), key.size());
  }

  InternedColumn heads_;
  InternedColumn tails_;
  std::size_t tail_size_ = 0;  ///< of the last key that had one
};

}  // namespace rekognition_jobs
