// A table of marks that forms have, the surest first.
#include "formats/form_names.h"

#include <array>

#include "base/ascii.h"

namespace rekognition_jobs::formats {
namespace {

enum class Where : std::uint8_t { front, anywhere };

struct Form {
  Where where;
  std::string_view mark;
  std::string_view message;
};

constexpr std::array<Form, 36> forms{{
    {Where::front, "PK\x03\x04", "a ZIP archive: unpack it and open the files in it"},
    {Where::front, "PAR1",
     "a Parquet file: save it as JSON lines first, as with DuckDB's COPY … TO 'jobs.ndjson' (FORMAT json)"},
    {Where::front, "\x28\xB5\x2F\xFD", "compressed with Zstandard: unpack it with `zstd -d`"},
    {Where::front, "BZh", "compressed with bzip2: unpack it with `bunzip2`"},
    {Where::front,
     "\xFD"
     "7zXZ",
     "compressed with xz: unpack it with `unxz`"},
    {Where::front, "\x1F\x8B", "compressed with gzip: unpack it with `gunzip`"},
    {Where::front, "SQLite format 3", "an SQLite database: save its rows as JSON first"},
    {Where::front, "%PDF", "a PDF document"},
    {Where::anywhere, "An error occurred (", "an error of the AWS CLI, not a listing"},
    {Where::anywhere, "<Error>", "an error of S3 in XML, not a listing"},
    {Where::anywhere, "\"__type\"", "an error of the service, not a listing"},
    {Where::anywhere, "<!DOCTYPE html", "an HTML page, most likely of a sign-in"},
    {Where::anywhere, "<!doctype html", "an HTML page, most likely of a sign-in"},
    {Where::anywhere, "<html", "an HTML page, most likely of a sign-in"},
    {Where::front, "<?xml", "an XML document"},
    {Where::anywhere, "datetime.datetime(", "Python's repr: save it with json.dumps(response, default=str)"},
    {Where::anywhere, "{'MediaAnalysisJobs'", "Python's repr: save it with json.dumps(response, default=str)"},
    {Where::anywhere, "{'JobId'", "Python's repr: save it with json.dumps(response, default=str)"},
    {Where::anywhere, "ListMediaAnalysisJobsResponse(",
     "a print of the AWS SDK for Java: save the response's items as JSON"},
    {Where::anywhere, "#<struct Aws::", "a print of the AWS SDK for Ruby: save it with response.to_h.to_json"},
    {Where::anywhere, "#<Aws::", "a print of the AWS SDK for Ruby: save it with response.to_h.to_json"},
    {Where::anywhere, "'$metadata'", "console.log's print: save it with JSON.stringify(response)"},
    {Where::anywhere, "JobId: '", "console.log's print: save it with JSON.stringify(response)"},
    {Where::anywhere, "MediaAnalysisJobs: [{", "a print of the AWS SDK for Go: save it with json.Marshal(response)"},
    {Where::anywhere, "JobId: \"", "a print of the AWS SDK for Go: save it with json.Marshal(response)"},
    {Where::anywhere, "MEDIAANALYSISJOBS\t", "the AWS CLI's text output; save it with `--output json`"},
    {Where::anywhere, "|  ListMediaAnalysisJobs", "the AWS CLI's table output; save it with `--output json`"},
    {Where::anywhere, "ListMediaAnalysisJobs  |", "the AWS CLI's table output; save it with `--output json`"},
    {Where::anywhere, "MediaAnalysisJobs:", "YAML; save it with `--output json`"},
    {Where::anywhere, "- JobId:", "YAML; save it with `--output json`"},
    {Where::anywhere, "JobId             :", "PowerShell's list; save it with `ConvertTo-Json -Depth 10`"},
    {Where::anywhere, "JobId         :", "PowerShell's list; save it with `ConvertTo-Json -Depth 10`"},
    {Where::anywhere, "\"eventSource\"",
     "CloudTrail's events, not a listing: they name jobs, but do not describe them"},
    {Where::anywhere, "\"detail-type\"",
     "an event of EventBridge, not a listing: it names a job, but does not describe it"},
    {Where::anywhere, "\"total-json-lines\"", "the summary of a job's results, not a listing"},
    {Where::anywhere, "\"statistics\"", "the summary of a job's results, not a listing"},
}};

}  // namespace

std::string form_name(std::string_view head, std::uint64_t size) {
  if (size == 0 || head.find_first_not_of(" \t\r\n\xEF\xBB\xBF") == std::string_view::npos)
    return "the source is empty";
  for (const Form& form : forms) {
    const std::size_t at = head.find(form.mark);
    if (at == std::string_view::npos || (form.where == Where::front && at != 0)) continue;
    std::string message = "this is " + std::string(form.message);
    const bool tells_error = form.message.substr(0, 8) == "an error";
    if (tells_error) message.append(": ").append(head.substr(at, 300));
    return message;
  }
  return {};
}

}  // namespace rekognition_jobs::formats
