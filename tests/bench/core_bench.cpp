// How long the core takes for an account of 10,000 jobs: reading it, asking it, sorting it.
#include <benchmark/benchmark.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "jobs/query.h"
#include "jobs/reader.h"
#include "jobs/store.h"

namespace rekognition_jobs {
namespace {

constexpr int job_count = 10'000;

std::string account_as_ndjson() {
  constexpr std::array statuses{"SUCCEEDED", "SUCCEEDED", "FAILED", "IN_PROGRESS"};
  std::string text;
  for (int i = 0; i < job_count; ++i) {
    const std::string number = std::to_string(i);
    const std::string status = statuses[static_cast<std::size_t>(i) % statuses.size()];
    text += R"({"JobId":"job-)" + number + R"(","JobName":"moderation-promo-)" + std::to_string(i * 7'919 % job_count);
    text += R"(","OperationsConfig":{"DetectModerationLabels":{"MinConfidence":50.5}},"Status":")" + status;
    text += R"(","CreationTimestamp":)" + std::to_string(1'700'000'000 + i * 60) + ".25";
    if (status == "FAILED") text += R"(,"FailureDetails":{"Code":"ACCESS_DENIED","Message":"The bucket is not ours."})";
    text += R"(,"Input":{"S3Object":{"Bucket":"media","Name":"manifests/)" + number + R"(.jsonl"}})";
    text += R"(,"OutputConfig":{"S3Bucket":"results","S3KeyPrefix":"moderation/"}})"
            "\n";
  }
  return text;
}

class Filler : public JobSink {
 public:
  explicit Filler(JobStore& store) : store_(store) {}
  void on_job(const MediaAnalysisJob& job) override { store_.put(job); }
  void on_rejected(std::uint64_t /*offset*/, std::string_view /*message*/) override {}

 private:
  JobStore& store_;
};

std::shared_ptr<JobStore> read_account(std::string_view text) {
  const auto store = std::make_shared<JobStore>();
  Filler filler(*store);
  JobReader reader(filler);
  reader.read(text);
  reader.finish();
  return store;
}

void reading(benchmark::State& state) {
  const std::string text = account_as_ndjson();
  for (auto _ : state) benchmark::DoNotOptimize(read_account(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(reading)->Unit(benchmark::kMillisecond);

void asking(benchmark::State& state, std::string_view query) {
  JobIndex jobs{.store = read_account(account_as_ndjson())};
  for (auto _ : state) {
    jobs.memory = {};
    benchmark::DoNotOptimize(query_jobs(jobs, query, {}, 0));
  }
}
BENCHMARK_CAPTURE(asking, everything, "")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(asking, one_status, "status:failed")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(asking, word, "promo-77")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(asking, compound, "(code:access_denied OR no:completed) -name:*9")->Unit(benchmark::kMicrosecond);

void sorting(benchmark::State& state, std::string_view key) {
  const auto store = read_account(account_as_ndjson());
  for (auto _ : state) {
    JobSortIndexes order;
    benchmark::DoNotOptimize(order.ascending(*store, parse_sort_key(key)->field));
  }
}
BENCHMARK_CAPTURE(sorting, by_creation, "")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(sorting, by_name, "name")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace rekognition_jobs
