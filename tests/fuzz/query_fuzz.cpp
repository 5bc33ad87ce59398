// Any text as a query: it is read or refused at a place within it, its negation finds all the others, its tokens lie in
// it one behind the other, and what is written of its tree is read as the same.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "jobs/fields.h"
#include "jobs/query.h"
#include "jobs/reader.h"
#include "query/parser.h"
#include "query/tokenizer.h"

namespace {

using namespace rekognition_jobs;

constexpr Timestamp now = 1'795'000'000'000;

constexpr std::string_view listing = R"({"MediaAnalysisJobs":[
{"JobId":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","JobName":"promo-1","Status":"FAILED",
 "FailureDetails":{"Code":"ACCESS_DENIED","Message":"s3://in/a b is \"closed\""},"CreationTimestamp":1790000000.5,
 "CompletionTimestamp":1790000090,"Input":{"S3Object":{"Bucket":"in","Name":"a/manifest.jsonl","Version":"1"}},
 "OutputConfig":{"S3Bucket":"out","S3KeyPrefix":"p"},"KmsKeyId":"arn:aws:kms:us-east-1:1:key/x"},
{"JobId":"b","Status":"IN_PROGRESS","CreationTimestamp":1700000000,"OutputConfig":{"S3Bucket":"out"},
 "OperationsConfig":{"DetectModerationLabels":{"MinConfidence":62.5,"ProjectVersion":"arn:aws:p"}}},
{"JobId":"c","JobName":"*","Status":"NEW","Results":{"ModelVersions":{"Moderation":"7.0"},"S3Object":{"Bucket":"out"}}},
{"JobId":"d"}]})";

class Filing : public JobSink {
 public:
  explicit Filing(JobStore& store) : store_(store) {}
  void on_job(const MediaAnalysisJob& job) override { store_.put(job); }
  void on_rejected(std::uint64_t, std::string_view) override { std::abort(); }

 private:
  JobStore& store_;
};

JobIndex make_jobs() {
  JobIndex jobs;
  Filing filing(*jobs.store);
  JobReader reader(filing);
  reader.read(listing);
  reader.finish();
  return jobs;
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static JobIndex jobs = make_jobs();
  const std::string text(reinterpret_cast<const char*>(data), size);

  std::size_t end = 0;
  for (const QueryToken& token : query_tokens(text, job_query_schema)) {
    require(token.range.begin >= end && token.range.end > token.range.begin && token.range.end <= size,
            "a token's place");
    end = token.range.end;
  }

  auto answer = query_jobs(jobs, text, SortKey{}, now);
  if (const auto* error = std::get_if<QueryError>(&answer)) {
    require(error->range.begin <= error->range.end && error->range.end <= size, "the error's place");
    return 0;
  }
  auto& found = std::get<JobView>(answer);
  require(found.rows(0, size + 10).size() == found.size(), "rows and their number");

  const QueryNode tree = std::get<QueryNode>(parse_query(text, job_query_schema));
  const std::string written = print_query(tree);
  auto again = query_jobs(jobs, written, SortKey{}, now);
  require(std::holds_alternative<JobView>(again), "what was written can be read");
  require(std::get<JobView>(again).size() == found.size(), "what was written finds the same");
  require(print_query(std::get<QueryNode>(parse_query(written, job_query_schema))) == written,
          "and is written the same");

  if (tree.children.empty() && written.empty()) return 0;
  auto others = query_jobs(jobs, "NOT (" + text + ")", SortKey{}, now);
  if (std::holds_alternative<QueryError>(others)) return 0;  // too deep, by one
  require(found.size() + std::get<JobView>(others).size() == jobs.store->size(), "its negation finds the others");
  return 0;
}
