// Puts what a reader finds into the engine's store and counts what became of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine.h"
#include "job/job_sink.h"

namespace rekognition_jobs::wasm {

class StoreSink : public JobSink {
 public:
  struct Rejected {
    std::uint64_t offset;
    std::string message;
  };

  /// Rejections that are kept; all are counted.
  static constexpr std::size_t most_rejected = 100;

  explicit StoreSink(std::shared_ptr<EngineState> engine) : engine_(std::move(engine)) { engine_->make_room(); }

  Stored put(const MediaAnalysisJob& job) {
    const Stored stored = engine_->jobs.store->put(job);
    switch (stored) {
      case Stored::added: ++added; break;
      case Stored::updated: ++updated; break;
      case Stored::unchanged: ++unchanged; break;
    }
    return stored;
  }

  void on_job(const MediaAnalysisJob& job) override { put(job); }

  void on_rejected(std::uint64_t offset, std::string_view message) override {
    ++rejected_count;
    if (rejected.size() < most_rejected) rejected.push_back({offset, std::string(message)});
  }

  std::size_t added = 0;
  std::size_t updated = 0;
  std::size_t unchanged = 0;
  std::size_t rejected_count = 0;
  std::vector<Rejected> rejected;

 private:
  std::shared_ptr<EngineState> engine_;
};

}  // namespace rekognition_jobs::wasm
