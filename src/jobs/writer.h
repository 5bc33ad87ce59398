// Writes jobs as JSON, in the service's own form, and as CSV.
#pragma once

#include <cstdint>
#include <string>

#include "../base/csv.h"
#include "job.h"

namespace rekognition_jobs {

/// Whether timestamps are written as the API does, in epoch seconds, or as JavaScript's Date counts.
enum class TimestampUnit : std::uint8_t { seconds, milliseconds };

/// Appends a job as the API's JSON object: members in the API's order, timestamps as epoch time to the millisecond.
void append_json(std::string& out, const MediaAnalysisJob& job, TimestampUnit unit = TimestampUnit::seconds);

/// Appends the header of append_csv()'s columns.
void append_csv_header(std::string& out);

/// Appends a job as one CSV record (RFC 4180) with its line end. Timestamps are ISO 8601 in UTC.
void append_csv(std::string& out, const MediaAnalysisJob& job, FormulaGuard guard = FormulaGuard::on);

}  // namespace rekognition_jobs
