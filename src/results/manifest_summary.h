// A job's manifest summary: how many lines the manifest had, and the errors of some.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace rekognition_jobs {

/// The object `<prefix>/<JobId>-manifest-summary.json` (Rekognition Developer Guide, "Understanding the output of bulk
/// analysis"). Members of another type than theirs are left out; numbers may be written as text.
struct ManifestSummary {
  struct Error {
    std::optional<double> line_number;  ///< from 1; the guide spells it "line-numer", and both are read
    std::optional<std::string> source_ref;
    std::optional<std::string> code;
    std::optional<std::string> message;
  };

  std::optional<std::string> version;
  std::optional<double> total_json_lines;
  std::optional<double> valid_json_lines;
  std::optional<double> invalid_json_lines;
  std::vector<Error> errors;
};

/// Appends the summary as JSON, in the service's own shape, with "line-number".
void append_json(std::string& out, const ManifestSummary& summary);

}  // namespace rekognition_jobs
