// Writes jobs as JSON, in the service's own shape, and as CSV.
#pragma once

#include <cstdint>
#include <string>

#include "jobs/job.h"

namespace rekognition_jobs {

/// Whether timestamps are written as the API does, in epoch seconds, or as JavaScript's Date counts.
enum class TimestampUnit : std::uint8_t { seconds, milliseconds };

/// Appends a job as the API's JSON object: members in the API's order, timestamps as epoch time to the millisecond.
void append_json(std::string& out, const MediaAnalysisJob& job, TimestampUnit unit = TimestampUnit::seconds);

/// Appends the header of append_csv()'s columns.
void append_csv_header(std::string& out);

/// Appends a job as one CSV record (RFC 4180) with its line end. Timestamps are ISO 8601 in UTC. A text that
/// a spreadsheet may take for a formula gets an apostrophe in front; a number does not.
void append_csv(std::string& out, const MediaAnalysisJob& job);

}  // namespace rekognition_jobs
