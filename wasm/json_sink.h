// Writes what a reader finds as a JSON array of jobs.
#pragma once

#include <string>

#include "job/job_sink.h"
#include "job/job_writer.h"

namespace rekognition_jobs::wasm {

class JsonSink : public JobSink {
 public:
  void on_job(const MediaAnalysisJob& job) override {
    jobs += jobs.empty() ? '[' : ',';
    append_json(jobs, job);
  }
  void on_rejected(std::uint64_t /*offset*/, std::string_view /*message*/) override {}

  /// The array so far; takes it out.
  [[nodiscard]] std::string take() {
    if (jobs.empty()) jobs += '[';
    jobs += ']';
    return std::exchange(jobs, {});
  }

 private:
  std::string jobs;
};

}  // namespace rekognition_jobs::wasm
