// Writes results as JSON, in the service's own form, and as CSV.
#pragma once

#include <string>

#include "../base/csv.h"
#include "result.h"

namespace rekognition_jobs {

/// Appends a result as the JSON object of a results file's line; an error as the members code and message.
void append_json(std::string& out, const ImageResult& image);

/// Appends the header of append_csv()'s columns.
void append_result_csv_header(std::string& out);

/// Appends CSV records (RFC 4180) with their line ends: one a label, or one for an image without any.
void append_csv(std::string& out, const ImageResult& image, FormulaGuard guard = FormulaGuard::on);

}  // namespace rekognition_jobs
