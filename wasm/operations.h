// What JavaScript can ask of the service: a page, a job, every page into the store, what is new since.
#pragma once

#include <emscripten/val.h>

#include <memory>
#include <optional>
#include <string>

#include "conversation.h"
#include "json_sink.h"
#include "service/lister.h"
#include "service/loader.h"
#include "store_sink.h"

namespace rekognition_jobs::wasm {

/// ListMediaAnalysisJobs page by page: advance() ends after each page, which page() and next_token() then hold.
/// walk_on() follows the token, by the rules of a walk.
class PageReader : public Conversation {
 public:
  /// `next_token` and `max_results` may be undefined.
  PageReader(const Engine& engine, const emscripten::val& next_token, const emscripten::val& max_results);

  /// False when the list has ended. When the token must not be followed, the next advance() ends with that error.
  bool walk_on();

  /// The jobs as bytes of JSON, a view of the module's memory: copy them at once.
  emscripten::val page();

  [[nodiscard]] emscripten::val next_token() const;

 private:
  std::optional<OrServiceError<Request>> next_request() override;
  std::optional<ServiceError> take_answer(const HttpResponse& response) override;

  Lister lister_;
  JsonSink sink_;
  std::string page_;
  std::optional<std::string> next_token_;
  bool wants_page_ = true;
};

/// GetMediaAnalysisJob.
class JobReading : public Conversation {
 public:
  JobReading(const Engine& engine, const std::string& job_id) : Conversation(engine.state()), job_id_(job_id) {}

  /// The job as bytes of JSON in an array, a view of the module's memory: copy them at once.
  emscripten::val job();

 private:
  std::optional<OrServiceError<Request>> next_request() override;
  std::optional<ServiceError> take_answer(const HttpResponse& response) override;

  std::string job_id_;
  bool is_asked_ = false;
  JsonSink sink_;
  std::string job_;
};

/// Any operation of AWS JSON 1.1: the body goes out and comes back as it is.
class PlainCall : public Conversation {
 public:
  PlainCall(const Engine& engine, const std::string& target, const std::string& body)
      : Conversation(engine.state()), request_(Request{target, body}) {}

  /// The answer's body, a view of the module's memory: copy it at once.
  emscripten::val answer();

 private:
  std::optional<OrServiceError<Request>> next_request() override;
  std::optional<ServiceError> take_answer(const HttpResponse& response) override;

  std::optional<Request> request_;
  std::string answer_;
};

/// The list into the store: all of it, or what is new. advance() ends when that is done.
class Loading : public Conversation, private JobSink {
 public:
  /// Every page from `next_token` on, which may be undefined.
  [[nodiscard]] static std::unique_ptr<Loading> load(const Engine& engine, const emscripten::val& next_token);

  /// What is new in the list, and what was unfinished.
  [[nodiscard]] static std::unique_ptr<Loading> refresh(const Engine& engine);

  [[nodiscard]] std::size_t added() const { return sink_.added; }
  [[nodiscard]] std::size_t updated() const { return sink_.updated; }
  [[nodiscard]] std::size_t unchanged() const { return sink_.unchanged; }
  [[nodiscard]] int pages() const { return loader_.pages(); }
  [[nodiscard]] bool is_done() const { return loader_.done(); }
  [[nodiscard]] emscripten::val next_token() const;

 private:
  Loading(const Engine& engine, Loader loader, bool is_gapless)
      : Conversation(engine.state()), loader_(std::move(loader)), sink_(engine.state()), is_gapless_(is_gapless) {}

  std::optional<OrServiceError<Request>> next_request() override { return loader_.next_request(); }
  std::optional<ServiceError> take_answer(const HttpResponse& response) override;
  std::optional<Request> request_after(const HttpResponse& response) override {
    return loader_.request_after(response.body);
  }
  bool recovers_from(const ServiceError& error) override { return loader_.recovers_from(error); }

  void note_progress();
  void on_job(const MediaAnalysisJob& job) override;
  void on_rejected(std::uint64_t /*offset*/, std::string_view /*message*/) override {}

  Loader loader_;
  StoreSink sink_;
  bool is_gapless_;  ///< began at the newest page, or where a gapless one had stopped
};

}  // namespace rekognition_jobs::wasm
