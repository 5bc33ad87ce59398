// Jobs as a kind of record: how the shared layers sort, page and write them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "../columns/sort_index_cache.h"
#include "../query/export_format.h"
#include "fields.h"
#include "job.h"
#include "store.h"
#include "writer.h"

namespace rekognition_jobs {

struct JobKind {
  using Store = JobStore;
  using SortField = const Field*;  ///< nothing for CreationTimestamp newest first, then JobId
  using Scratch = std::string;

  static SortIndex default_order(const JobStore& store);
  static bool has_value(const JobStore& store, Row row, const Field* field);
  static Bitmap sort(const JobStore& store, std::span<Row> rows, const Field* field);
  static std::uint64_t bytes_to_order(const JobStore& store, const Field* field);

  static MediaAnalysisJob read(const JobStore& store, Row row, std::string& scratch) { return store.job(row, scratch); }

  static constexpr std::string_view json_start = R"({"MediaAnalysisJobs":[)";
  static constexpr std::string_view json_end = "]}";
  static void append_csv_header(std::string& out) { rekognition_jobs::append_csv_header(out); }
  static void append_csv(std::string& out, const MediaAnalysisJob& job, FormulaGuard guard) {
    rekognition_jobs::append_csv(out, job, guard);
  }
  static void append_json(std::string& out, const MediaAnalysisJob& job, ExportFormat format) {
    const bool is_for_dates = format == ExportFormat::rows;
    rekognition_jobs::append_json(out, job, is_for_dates ? TimestampUnit::milliseconds : TimestampUnit::seconds);
  }
};

/// What to sort by: text by its UTF-8 bytes.
using SortKey = SortKeyOf<const Field*>;
using JobSortIndexes = SortIndexCache<JobKind>;
extern template class SortIndexCache<JobKind>;

/// Reads `created`, `-JobName` …: the name of a field or of a top-level member, as read_sort_key().
[[nodiscard]] constexpr std::optional<SortKey> parse_sort_key(std::string_view text) {
  return read_sort_key<const Field*>(text, find_field_or_member);
}

}  // namespace rekognition_jobs
