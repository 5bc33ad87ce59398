// The jobs in columns: one row a job as it was seen, and which row of each job is the current one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "job/media_analysis_job.h"
#include "store/job_table.h"
#include "store/row.h"
#include "store/row_set.h"
#include "store/text_column.h"

namespace rekognition_jobs {

/// Whether a member's values repeat so much that each is held once.
[[nodiscard]] constexpr bool is_interned(Member member) {
  switch (member) {
    case Member::JobId:
    case Member::JobName:
    case Member::InputName:
    case Member::InputVersion:
    case Member::ResultsName:
    case Member::ResultsVersion:
    case Member::SummaryName:
    case Member::SummaryVersion: return false;
    default: return true;
  }
}

/// What put() made of a job.
enum class Stored : std::uint8_t { added, updated, unchanged };

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
  [[nodiscard]] std::optional<Row> find(std::string_view job_id) const;

  /// The JobIds of the current jobs that are not finished. Linear in the rows.
  [[nodiscard]] std::vector<std::string> unfinished_job_ids() const;

  /// All of a row. Its text is valid until the next put().
  [[nodiscard]] MediaAnalysisJob job(Row row) const;

  [[nodiscard]] bool has(Row row, Member member) const { return MemberSet::unpack(members_[row]).contains(member); }

  /// The value of a text member, empty when the row lacks it; valid until the next put().
  [[nodiscard]] std::string_view text(Row row, Member member) const {
    return is_interned(member) ? interned_[index_of(member)][row] : packed_[index_of(member)][row];
  }

  /// The column of a member that is_interned().
  [[nodiscard]] const InternedColumn& interned(Member member) const { return interned_[index_of(member)]; }

  [[nodiscard]] double min_confidence(Row row) const { return min_confidences_[row]; }
  [[nodiscard]] Timestamp creation_timestamp(Row row) const { return creation_timestamps_[row]; }
  [[nodiscard]] Timestamp completion_timestamp(Row row) const { return completion_timestamps_[row]; }

 private:
  void push(const MediaAnalysisJob& job);

  std::vector<std::uint32_t> members_;  ///< MemberSet::pack()
  std::array<PackedColumn, member_count> packed_;
  std::array<InternedColumn, member_count> interned_;
  std::vector<double> min_confidences_;
  std::vector<Timestamp> creation_timestamps_;
  std::vector<Timestamp> completion_timestamps_;
  RowSet current_;
  JobTable table_;
  std::size_t size_ = 0;
};

}  // namespace rekognition_jobs
