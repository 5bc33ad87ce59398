// Reads a saved listing and prints the jobs that failed, newest first, and why.
#include <rekognition_jobs/jobs/query.h>
#include <rekognition_jobs/jobs/reader.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <variant>

namespace {

using namespace rekognition_jobs;

/// Files jobs in a store, and tells on standard error what could not be read.
class Filing : public JobSink {
 public:
  explicit Filing(JobStore& store) : store_(store) {}

  void on_job(const MediaAnalysisJob& job) override { store_.put(job); }
  void on_rejected(std::uint64_t offset, std::string_view message) override {
    std::cerr << "byte " << offset << ": " << message << '\n';
  }

 private:
  JobStore& store_;
};

Timestamp now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::cerr << "usage: failed_jobs LISTING [QUERY]\n";
    return 2;
  }
  std::ifstream file(arguments[1], std::ios::binary);
  if (!file) {
    std::cerr << "cannot open " << arguments[1] << '\n';
    return 1;
  }

  JobIndex jobs;
  Filing filing(*jobs.store);
  JobReader reader(filing);
  std::string chunk(std::size_t{1} << 16, '\0');
  while (file.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || file.gcount() > 0) {
    reader.read({chunk.data(), static_cast<std::size_t>(file.gcount())});
  }
  reader.finish();

  auto answer = query_jobs(jobs, count > 2 ? arguments[2] : "status:failed", SortKey{}, now());
  if (const auto* error = std::get_if<QueryError>(&answer)) {
    std::cerr << "the query, at " << error->range.begin << ": " << error->message << '\n';
    return 2;
  }
  auto& failed = std::get<JobView>(answer);
  std::string scratch;
  for (const Row row : failed.rows(0, failed.size())) {
    const MediaAnalysisJob job = jobs.store->job(row, scratch);
    std::cout << job.text(Member::JobId).value_or("") << '\t' << job.text(Member::FailureCode).value_or("") << '\t'
              << job.text(Member::FailureMessage).value_or("") << '\n';
  }
  return 0;
}
