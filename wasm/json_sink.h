// Writes the jobs of a reader as a JSON array for JavaScript.
#pragma once

#include <string>
#include <utility>

#include "jobs/sink.h"
#include "jobs/writer.h"

namespace rekognition_jobs::wasm {

/// Gets no rejected record, since a response with one is an error (service/response.h).
class JsonSink : public JobSink {
 public:
  void on_job(const MediaAnalysisJob& job) override {
    jobs_ += jobs_.empty() ? '[' : ',';
    append_json(jobs_, job, TimestampUnit::milliseconds);
  }
  void on_rejected(std::uint64_t /*offset*/, std::string_view /*message*/) override {}

  /// Returns the array so far, and starts another one.
  [[nodiscard]] std::string take() {
    if (jobs_.empty()) jobs_ += '[';
    jobs_ += ']';
    return std::exchange(jobs_, {});
  }

 private:
  std::string jobs_;
};

}  // namespace rekognition_jobs::wasm
