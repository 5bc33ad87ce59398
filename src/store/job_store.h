// The jobs in columns: one row a job as it was seen, and which row of each job is the current one.
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

#include "job/media_analysis_job.h"
#include "store/column.h"
#include "store/hash_index.h"
#include "store/interned_column.h"
#include "store/job_id_column.h"
#include "store/number_column.h"
#include "store/object_key_column.h"
#include "store/row.h"
#include "store/row_set.h"
#include "store/text_column.h"

namespace rekognition_jobs {

/// What put() made of a job.
enum class Stored : std::uint8_t { added, updated, unchanged };

/// In the columns of timestamps, that there is none: before everything that a Date can hold.
inline constexpr Timestamp no_timestamp = std::numeric_limits<Timestamp>::min();

/// Holds jobs, one a JobId. Rows are only ever added, so that row numbers stay good whatever comes later; the row of a
/// job that was replaced is no longer current. What comes out is what came in, member for member.
class JobStore {
 public:
  JobStore() = default;
  JobStore(const JobStore&) = delete;
  JobStore& operator=(const JobStore&) = delete;

  /// Adds the job, or replaces the one with its JobId. Amortised constant time, plus the job's text.
  Stored put(const MediaAnalysisJob& job);

  /// A store of the current rows alone, in their order. Linear in the rows.
  [[nodiscard]] std::shared_ptr<JobStore> compacted() const;

  /// Current jobs.
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Rows, current or not.
  [[nodiscard]] std::size_t row_count() const { return members_.size(); }
  [[nodiscard]] const RowSet& current_rows() const { return current_; }

  /// The current row of a job. Expected constant time.
  [[nodiscard]] std::optional<Row> find(std::string_view job_id) const { return find(JobIdKey(job_id)); }

  /// The JobIds of the current jobs that are not finished. Linear in the rows.
  [[nodiscard]] std::vector<std::string> unfinished_job_ids() const;

  /// All of a row. Its text is in `scratch` or in the store: valid until the next put() or change of `scratch`.
  [[nodiscard]] MediaAnalysisJob job(Row row, std::string& scratch) const;

  [[nodiscard]] bool has(Row row, Member member) const { return MemberSet::unpack(members_[row]).contains(member); }

  /// The value of a text member, empty when the row lacks it. Valid as job()'s.
  [[nodiscard]] std::string_view text(Row row, Member member, std::string& scratch) const;

  /// MemberSet::pack() of each row.
  [[nodiscard]] const Column<std::uint32_t>& members() const { return members_; }

  /// How a text member is held: nothing but the one column that is for it.
  [[nodiscard]] const InternedColumn* interned(Member member) const;
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

  void push(const MediaAnalysisJob& job, const JobIdKey& key);

  Column<std::uint32_t> members_;
  JobIdColumn job_ids_;
  std::array<TextColumn, 5> packed_;
  std::array<InternedColumn, 11> interned_;
  std::array<ObjectKeyColumn, 2> object_keys_;
  NumberColumn min_confidences_;
  Column<Timestamp> creation_timestamps_;
  Column<Timestamp> completion_timestamps_;
  RowSet current_;
  HashIndex rows_;  ///< by JobId
  std::size_t size_ = 0;
};

}  // namespace rekognition_jobs
