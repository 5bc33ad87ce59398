// Stores the jobs of an import in the engine and counts the outcomes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/can_allocate.h"
#include "engine.h"
#include "jobs/intake.h"
#include "jobs/merge.h"
#include "jobs/sink.h"

namespace rekognition_jobs::wasm {

/// The sink of one import, which may overlap with other calls.
class StoreSink : public JobSink {
 public:
  struct Rejected {
    std::uint64_t offset;
    std::string message;
  };

  /// Rejections that are kept; all are counted.
  static constexpr std::size_t most_rejected = 100;

  /// `now` is the time, by which a job may be implausible.
  StoreSink(std::shared_ptr<EngineState> engine, Timestamp now)
      : engine_(std::move(engine)), intake_(engine_->imports), now_(now) {
    engine_->make_room();
  }

  /// The service gave this NextToken.
  void know_token(const std::string& token) { engine_->given_tokens.add(token); }

  [[nodiscard]] const UpsertCounts& counts() const { return intake_.counts(); }

  /// Announces text of so many bytes; returns whether there is memory to read it.
  [[nodiscard]] bool expects(std::size_t text_size) {
    room_.begin(text_size);
    return room_.has_room(*engine_->jobs.store);
  }

  /// Whether jobs were left out because memory was full.
  [[nodiscard]] bool is_full() const { return is_full_; }

  void on_job(const MediaAnalysisJob& job) override {
    is_full_ = is_full_ || !room_.has_room(*engine_->jobs.store);
    if (is_full_) return;
    note_times(notices_, job, now_);
    const Placed placed = intake_.put(*engine_->jobs.store, job, Upsert::keeps_known);
    if (placed.stored == UpsertResult::full) on_rejected(0, "the store is full");
    if (placed.is_older) {
      notices_.add(NoticeCode::older, older_message, 1, std::nullopt, job.texts[index_of(Member::JobId)]);
    }
  }

  [[nodiscard]] const Notices& notices() const { return notices_; }

  void on_rejected(std::uint64_t offset, std::string_view message) override {
    ++rejected_count;
    if (rejected.size() < most_rejected) rejected.push_back({offset, std::string(message)});
  }

  std::size_t rejected_count = 0;
  std::vector<Rejected> rejected;

 private:
  std::shared_ptr<EngineState> engine_;
  JobIntake intake_;
  Timestamp now_;
  StoreRoom room_;
  Notices notices_;
  bool is_full_ = false;
};

}  // namespace rekognition_jobs::wasm
