// The jobs in columns: one row for each state of a job that was seen, and which of its rows is current.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../base/can_allocate.h"
#include "../base/text_slice.h"
#include "../columns/bitmap.h"
#include "../columns/column.h"
#include "../columns/dictionary_column.h"
#include "../columns/hash_index.h"
#include "../columns/number_column.h"
#include "../columns/row.h"
#include "../columns/text_column.h"
#include "job.h"
#include "job_id_column.h"
#include "object_key_column.h"
#include "storage.h"

namespace rekognition_jobs {

/// What put() made of a job.
enum class UpsertResult : std::uint8_t {
  added,
  updated,
  unchanged,
  full,  ///< it was left out: there are most_rows, or TextColumn::most_text in the chunk at hand
};

/// What put() made of a job, and the job's current row.
struct Placed {
  UpsertResult stored{};
  Row row = 0;
  bool is_older = false;  ///< it was older or poorer than what is known, which was kept
};

/// Whether a job that is known already is replaced, or keeps what the newer record does not know (jobs/merge.h).
enum class Upsert : std::uint8_t { replaces, keeps_known };

/// In the columns of timestamps, that there is none: before everything that a Date can hold.
inline constexpr Timestamp no_timestamp = std::numeric_limits<Timestamp>::min();

/// Holds jobs, one a JobId. Rows are only ever added, so that row numbers stay good whatever comes later; the row of a
/// job that was replaced is no longer current. What comes out is what came in, member for member.
class JobStore {
 public:
  /// `seed` keys the hashes: whoever writes jobs must not know it.
  explicit JobStore(std::uint64_t seed = 0) : seed_(seed), hash_(seed) {}
  JobStore(const JobStore&) = delete;
  JobStore& operator=(const JobStore&) = delete;

  /// Adds the job, or replaces the one with its JobId. Amortised constant time, plus the job's text.
  UpsertResult put(const MediaAnalysisJob& job) { return place(job).stored; }

  /// As put(), and tells where the job is.
  Placed place(const MediaAnalysisJob& job, Upsert upsert = Upsert::replaces);

  /// A store without jobs, of the same seed.
  [[nodiscard]] std::shared_ptr<JobStore> emptied() const { return std::make_shared<JobStore>(seed_); }

  /// Current jobs.
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Rows, current or not.
  [[nodiscard]] std::size_t row_count() const { return members_.size(); }
  [[nodiscard]] const Bitmap& current_rows() const { return current_; }

  /// The current row of a job. Expected constant time.
  [[nodiscard]] std::optional<Row> find(std::string_view job_id) const { return find(key_of(job_id)); }

  /// A JobId made ready for JobIdColumn::is().
  [[nodiscard]] JobIdKey key_of(std::string_view job_id) const { return {job_id, hash_}; }

  /// Whether a row, current or not, has an object in the bucket, or is to write there. Linear in the distinct buckets.
  [[nodiscard]] bool names_bucket(std::string_view bucket) const;

  /// The JobIds of the current jobs that are not finished; nothing when memory is full. Linear in the rows.
  [[nodiscard]] std::optional<std::vector<std::string>> unfinished_job_ids() const;

  /// All of a row. Its text is in `scratch` or in the store: valid until the next put() or change of `scratch`.
  [[nodiscard]] MediaAnalysisJob job(Row row, std::string& scratch) const;

  [[nodiscard]] bool has(Row row, Member member) const { return MemberSet::unpack(members_[row]).contains(member); }

  /// The value of a text member, empty when the row lacks it. Valid as job()'s.
  [[nodiscard]] std::string_view text(Row row, Member member, std::string& scratch) const;

  /// Adds that text to `slice`. Constant time, whatever its size.
  void add_text(Row row, Member member, TextSlice& slice) const;

  /// Bytes that putting puts_at_once jobs of so much text in all allocates at most.
  [[nodiscard]] std::uint64_t growth(std::size_t text_size) const;

  /// Bytes that job(), and writing it, allocate at most.
  [[nodiscard]] std::uint64_t bytes_of_a_record() const { return (1U << 14) + std::uint64_t{4} * longest_written_; }

  [[nodiscard]] std::uint64_t bytes_of_a_table() const { return bytes_of_a_record(); }

  /// The text of the longest job that there ever was.
  [[nodiscard]] std::size_t longest() const { return longest_; }

  /// MemberSet::pack() of each row.
  [[nodiscard]] const Column<MemberSet::Packed>& members() const { return members_; }

  /// How a text member is held: nothing but the one column that is for it.
  [[nodiscard]] const DictionaryColumn* interned(Member member) const;
  [[nodiscard]] const TextColumn* packed(Member member) const;

  [[nodiscard]] const JobIdColumn& job_ids() const { return job_ids_; }
  [[nodiscard]] const NumberColumn& min_confidences() const { return min_confidences_; }

  /// Of CreationTimestamp or CompletionTimestamp; no_timestamp where there is none.
  [[nodiscard]] const Column<Timestamp>& timestamps(Member member) const {
    return member == Member::CreationTimestamp ? creation_timestamps_ : completion_timestamps_;
  }

 private:
  [[nodiscard]] auto job_id_test(const JobIdKey& key) const {
    return [this, &key](Row row) { return job_ids_.is(row, key); };
  }

  [[nodiscard]] std::optional<Row> find(const JobIdKey& key) const { return rows_.find(key.hash(), job_id_test(key)); }

  [[nodiscard]] bool has_room_for(const MediaAnalysisJob& job) const;
  void push(const MediaAnalysisJob& job, const JobIdKey& key);
  Placed place_known(const MediaAnalysisJob& job, const JobIdKey& key, Row known, Upsert upsert);

  friend struct SnapshotParts;

  std::uint64_t seed_;
  TextHash hash_;
  Column<MemberSet::Packed> members_;
  JobIdColumn job_ids_;
  std::array<TextColumn, count_of(Storage::packed)> packed_;
  std::array<DictionaryColumn, count_of(Storage::interned)> interned_;
  std::array<ObjectKeyColumn, count_of(Storage::object_key)> object_keys_;
  NumberColumn min_confidences_;
  Column<Timestamp> creation_timestamps_;
  Column<Timestamp> completion_timestamps_;
  Bitmap current_;
  HashIndex rows_;  ///< by JobId
  std::size_t size_ = 0;
  std::size_t longest_ = 0;
  std::uint64_t longest_written_ = 0;  ///< bytes of JSON that the text of a job is at most
};

}  // namespace rekognition_jobs
