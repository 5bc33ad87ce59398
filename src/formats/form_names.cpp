// A table of the marks by which forms are recognised, the surest first.
#include "form_names.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace rekognition_jobs::formats {
namespace {

enum class Where : std::uint8_t { front, anywhere };

struct Mark {
  Where where;
  std::string_view mark;
  std::string_view name;
  std::string_view advice;
};

constexpr std::string_view unpack = "unpack it first";
constexpr std::string_view json_output = "save it with `--output json`";
constexpr std::string_view dumps = "save it with json.dumps(response, default=str)";
constexpr std::string_view to_json = "save it with response.to_h.to_json";
constexpr std::string_view stringify = "save it with JSON.stringify(response)";
constexpr std::string_view marshal = "save it with json.Marshal(response)";
constexpr std::string_view convert = "save it with ConvertTo-Json -Depth 10";
constexpr std::string_view as_results = "open it as results";
constexpr std::string_view no_jobs = "it names jobs and does not describe them";
constexpr std::array<Mark, 37> marks{{
    {Where::front, "PK\x03\x04", "a ZIP archive", "unpack it and open the files in it"},
    {Where::front, "PAR1", "Parquet", "save it as JSON first, as with DuckDB's COPY … TO 'jobs.ndjson' (FORMAT json)"},
    {Where::front, "\x28\xB5\x2F\xFD", "Zstandard", unpack},
    {Where::front, "BZh", "bzip2", unpack},
    {Where::front,
     "\xFD"
     "7zXZ",
     "xz", unpack},
    {Where::front, "\x1F\x8B", "gzip", unpack},
    {Where::front, "SQLite format 3", "an SQLite database", "save its rows as JSON first"},
    {Where::front, "%PDF", "PDF", "save the listing as JSON"},
    {Where::anywhere, "An error occurred (", "an error of the AWS CLI", ""},
    {Where::anywhere, "<Error>", "an error of S3", ""},
    {Where::anywhere, "\"__type\"", "an error of the service", ""},
    {Where::anywhere, "<!DOCTYPE html", "an HTML page", "most likely of a sign-in"},
    {Where::anywhere, "<!doctype html", "an HTML page", "most likely of a sign-in"},
    {Where::anywhere, "<html", "an HTML page", "most likely of a sign-in"},
    {Where::front, "<?xml", "XML", "save the listing as JSON"},
    {Where::anywhere, "datetime.datetime(", "Python's repr", dumps},
    {Where::anywhere, "{'MediaAnalysisJobs'", "Python's repr", dumps},
    {Where::anywhere, "{'JobId'", "Python's repr", dumps},
    {Where::anywhere, "ListMediaAnalysisJobsResponse(", "a print of the AWS SDK for Java",
     "save the response's items as JSON"},
    {Where::anywhere, "#<struct Aws::", "a print of the AWS SDK for Ruby", to_json},
    {Where::anywhere, "#<Aws::", "a print of the AWS SDK for Ruby", to_json},
    {Where::anywhere, "'$metadata'", "a print of console.log", stringify},
    {Where::anywhere, "JobId: '", "a print of console.log", stringify},
    {Where::anywhere, "MediaAnalysisJobs: [{", "a print of the AWS SDK for Go", marshal},
    {Where::anywhere, "JobId: \"", "a print of the AWS SDK for Go", marshal},
    {Where::anywhere, "MEDIAANALYSISJOBS\t", "text output of the AWS CLI", json_output},
    {Where::anywhere, "|  ListMediaAnalysisJobs", "table output of the AWS CLI", json_output},
    {Where::anywhere, "ListMediaAnalysisJobs  |", "table output of the AWS CLI", json_output},
    {Where::anywhere, "MediaAnalysisJobs:", "YAML", json_output},
    {Where::anywhere, "- JobId:", "YAML", json_output},
    {Where::anywhere, "JobId       ", "a list of PowerShell", convert},
    {Where::anywhere, "\"eventSource\"", "events of CloudTrail", no_jobs},
    {Where::anywhere, "\"detail-type\"", "an event of EventBridge", no_jobs},
    {Where::anywhere, "\"eventName\"", "events of CloudTrail", no_jobs},
    {Where::anywhere, "\"total-json-lines\"", "the summary of a job's results", as_results},
    {Where::anywhere, "\"statistics\"", "the summary of a job's results", as_results},
    {Where::anywhere, "\"ModerationLabels\"", "an answer of DetectModerationLabels", "it does not name its image"},
}};

constexpr std::string_view space = " \t\r\n\xEF\xBB\xBF";
constexpr std::size_t longest_error = 300;

}  // namespace

NamedForm named_form(std::string_view head, RecordKind kind) {
  if (head.find_first_not_of(space) == std::string_view::npos) return {"empty", "the source is empty"};
  for (const Mark& mark : marks) {
    const std::size_t at = head.find(mark.mark);
    if (at == std::string_view::npos || (mark.where == Where::front && at != 0)) continue;
    if (kind == RecordKind::images && mark.advice == as_results) continue;
    std::string message = "this is ";
    message.append(mark.name).append(kind == RecordKind::jobs ? ", not a listing of jobs: " : ", not results: ");
    std::string_view advice = mark.advice;
    if (advice.empty()) advice = head.substr(at, longest_error);
    while (!advice.empty() && space.find(advice.back()) != std::string_view::npos) advice.remove_suffix(1);
    return {std::string(mark.name), message.append(advice)};
  }
  return {};
}

bool names_events(std::string_view head) {
  return head.find("\"eventName\"") != std::string_view::npos || head.find("\"detail-type\"") != std::string_view::npos;
}

}  // namespace rekognition_jobs::formats
