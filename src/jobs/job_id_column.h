// A column of JobIds: 64 hexadecimal digits, as the service makes them, in 32 bytes; any other JobId as text.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "../base/hash.h"
#include "../base/substring.h"
#include "../columns/bitmap.h"
#include "../columns/column.h"
#include "../columns/text_column.h"

namespace rekognition_jobs {

/// A JobId made ready for comparing and filing. Borrows its text.
class JobIdKey {
 public:
  JobIdKey(std::string_view text, const TextHash& hash);

  [[nodiscard]] std::uint32_t hash() const { return hash_; }

 private:
  friend class JobIdColumn;

  using Words = std::array<std::uint64_t, 4>;

  JobIdKey(const Words& words, const TextHash& hash) : words_(words), is_packed_(true), hash_(hash(words)) {}

  std::string_view text_;
  Words words_{};
  bool is_packed_;
  std::uint32_t hash_;
};

class JobIdColumn {
 public:
  void push(const JobIdKey& job_id);

  /// The JobId of a row, in `scratch` or in the column.
  [[nodiscard]] std::string_view text(Row row, std::string& scratch) const;

  [[nodiscard]] bool is(Row row, const JobIdKey& job_id) const {
    if (packed_.contains(row) != job_id.is_packed_) return false;
    return job_id.is_packed_ ? words_[row] == job_id.words_ : others_[row] == job_id.text_;
  }

  /// The JobId of a row; nothing if there is none, or it is not held as push() would.
  [[nodiscard]] std::optional<JobIdKey> key(Row row, const TextHash& hash) const;

  /// The JobIds that are not packed, by row.
  [[nodiscard]] const TextColumn& others() const { return others_; }
  [[nodiscard]] const Bitmap& packed() const { return packed_; }
  [[nodiscard]] bool is_packed(Row row) const { return packed_.contains(row); }

 private:
  friend struct SnapshotParts;

  Column<JobIdKey::Words> words_;
  TextColumn others_;
  Bitmap packed_;
};

/// As those of columns/scan.h.
[[nodiscard]] Bitmap rows_containing(const JobIdColumn& column, const Substring& wanted, const Bitmap& among);

/// Digits in a packed JobId.
inline constexpr std::size_t packed_job_id_size = 64;

}  // namespace rekognition_jobs
