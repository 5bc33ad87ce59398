// The operations that JavaScript starts: one page, one job, any other operation, a load or a refresh of the store.
#pragma once

#include <emscripten/val.h>

#include <memory>
#include <optional>
#include <string>

#include "base/can_allocate.h"
#include "engine.h"
#include "jobs/intake.h"
#include "json_sink.h"
#include "operation_driver.h"
#include "service/listing_sync.h"
#include "service/paginator.h"

namespace rekognition_jobs::wasm {

/// ListMediaAnalysisJobs page by page: next() ends after each page, and page() and next_token() then return it.
/// next_page() continues with the next page, by the rules of Paginator.
class ListOperation : public OperationDriver {
 public:
  /// `next_token` and `max_results` may be undefined.
  ListOperation(const Engine& engine, const emscripten::val& next_token, const emscripten::val& max_results);

  /// False at the end of the list. If the token must not be followed, the next next() ends with that error.
  bool next_page();

  /// The jobs as bytes of JSON, a view of the module's memory: copy them at once.
  emscripten::val page();

  [[nodiscard]] emscripten::val next_token() const;

 private:
  std::optional<Expected<Request, ServiceError>> next_request() override;
  std::optional<ServiceError> take_answer(const HttpResponse& response) override;

  Paginator paginator_;
  JsonSink sink_;
  std::string page_;
  std::optional<std::string> next_token_;
  bool wants_page_ = true;
};

/// GetMediaAnalysisJob.
class GetOperation : public OperationDriver {
 public:
  GetOperation(const Engine& engine, const std::string& job_id) : OperationDriver(engine.state()), job_id_(job_id) {}

  /// The job as bytes of JSON in an array, a view of the module's memory: copy them at once.
  emscripten::val job();

 private:
  std::optional<Expected<Request, ServiceError>> next_request() override;
  std::optional<ServiceError> take_answer(const HttpResponse& response) override;

  std::string job_id_;
  bool is_asked_ = false;
  JsonSink sink_;
  std::string job_;
};

/// Any operation of AWS JSON 1.1, with the bodies of request and response unchanged but for a byte order mark.
class RawOperation : public OperationDriver {
 public:
  RawOperation(const Engine& engine, const std::string& peer, const std::string& target, const std::string& body)
      : OperationDriver(engine.state(), peer), request_(Request{target, body}) {}

  /// The body of the response, a view of the module's memory: copy it at once.
  emscripten::val answer();

 private:
  std::optional<Expected<Request, ServiceError>> next_request() override;
  std::optional<ServiceError> take_answer(const HttpResponse& response) override;

  std::optional<Request> request_;
  std::string answer_;
};

/// Reads the list into the store, all of it or what is new. next() ends when that is done.
class SyncOperation : public OperationDriver, private JobSink {
 public:
  /// Every page from `next_token` on, which may be undefined.
  [[nodiscard]] static std::unique_ptr<SyncOperation> load(const Engine& engine, const emscripten::val& next_token);

  /// The new jobs of the list, and the unfinished ones of the store; nothing when memory is full.
  [[nodiscard]] static std::unique_ptr<SyncOperation> refresh(const Engine& engine);

  [[nodiscard]] std::size_t added() const { return counts_[UpsertResult::added]; }
  [[nodiscard]] std::size_t updated() const { return counts_[UpsertResult::updated]; }
  [[nodiscard]] std::size_t unchanged() const { return counts_[UpsertResult::unchanged]; }
  [[nodiscard]] int pages() const { return sync_.pages(); }

  [[nodiscard]] bool is_done() const { return sync_.done(); }

  /// Whether the store was cleared since this began: its counts are then wrong, and another one must begin.
  [[nodiscard]] bool is_outdated() const override { return clears_ != engine()->clears; }

  /// Stops reading. The NextToken to continue from, which the engine remembers; undefined at the end of the list.
  [[nodiscard]] emscripten::val stop();

 private:
  SyncOperation(const Engine& engine, ListingSync sync);

  std::optional<Expected<Request, ServiceError>> next_request() override { return sync_.next_request(); }
  std::optional<ServiceError> take_answer(const HttpResponse& response) override;
  std::optional<Request> request_after(const HttpResponse& response) override {
    return sync_.request_after(response.json());
  }
  bool recovers_from(const ServiceError& error) override { return sync_.recovers_from(error); }

  [[nodiscard]] bool is_full() const override { return is_full_; }
  void on_job(const MediaAnalysisJob& job) override;
  void on_rejected(std::uint64_t /*offset*/, std::string_view /*message*/) override {}

  ListingSync sync_;
  UpsertCounts counts_;
  StoreRoom room_;
  bool is_full_ = false;
  std::uint32_t clears_;  ///< the engine's, when this began
};

}  // namespace rekognition_jobs::wasm
