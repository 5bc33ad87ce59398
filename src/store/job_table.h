// Finds a row by the hash of its JobId.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "store/row.h"

namespace rekognition_jobs {

/// An open-addressing hash table of rows. It holds no text: the caller compares a candidate's JobId. Expected constant
/// time a look-up.
class JobTable {
 public:
  /// The row for which `is_wanted(row)` holds, among those filed under `job_id`.
  template <class IsWanted>
  [[nodiscard]] std::optional<Row> find(std::string_view job_id, const IsWanted& is_wanted) const {
    if (slots_.empty()) return std::nullopt;
    for (std::size_t slot = home(job_id); slots_[slot] != vacant; slot = (slot + 1) & (slots_.size() - 1)) {
      if (is_wanted(slots_[slot])) return slots_[slot];
    }
    return std::nullopt;
  }

  /// Files `row` under `job_id`, which is not in the table. `job_id_of(row)` must give the JobIds filed before.
  template <class JobIdOf>
  void insert(std::string_view job_id, Row row, const JobIdOf& job_id_of) {
    if ((count_ + 1) * 4 > slots_.size() * 3) grow(job_id_of);
    place(job_id, row);
    ++count_;
  }

  /// Files `row` instead of `old_row` under their common `job_id`.
  void replace(std::string_view job_id, Row old_row, Row row) {
    std::size_t slot = home(job_id);
    while (slots_[slot] != old_row) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = row;
  }

 private:
  static constexpr Row vacant = ~Row{0};
  static constexpr std::size_t first_size = 64;

  [[nodiscard]] std::size_t home(std::string_view job_id) const {
    return std::hash<std::string_view>{}(job_id) & (slots_.size() - 1);
  }

  void place(std::string_view job_id, Row row) {
    std::size_t slot = home(job_id);
    while (slots_[slot] != vacant) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = row;
  }

  template <class JobIdOf>
  void grow(const JobIdOf& job_id_of) {
    const std::vector<Row> old = std::move(slots_);
    slots_.assign(old.empty() ? first_size : old.size() * 2, vacant);
    for (const Row row : old) {
      if (row != vacant) place(job_id_of(row), row);
    }
  }

  std::vector<Row> slots_;  ///< a power of two of them
  std::size_t count_ = 0;
};

}  // namespace rekognition_jobs
