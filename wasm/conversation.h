// The bridge to the browser's fetch: carries a call's steps out and feeds what became of them back.
#pragma once

#include <emscripten/val.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "engine.h"
#include "service/call.h"

namespace rekognition_jobs::wasm {

/// One or more calls for a purpose. JavaScript drives it: each promise that advance() gives is awaited and its outcome
/// told, until advance() gives undefined.
class Conversation {
 public:
  explicit Conversation(std::shared_ptr<EngineState> engine) : engine_(std::move(engine)) {}
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  virtual ~Conversation() = default;

  /// Does what is next and gives the promise to await: `host.fetch(url, init)`, `host.read(response)` for its bytes, or
  /// `host.sleep(milliseconds)`; undefined once all is done or failed. `host.sendAhead(target, body, clockOffset)`
  /// makes a promise that is kept once a request is on its way, of which prepare() and fetch() are to give what came.
  /// `host.prepare(target, body, clockOffset,
  /// renewsCredentials)` makes a promise of a request's `{ url, init, signature }`, the last "keyPair",
  /// "session" or undefined. `now` is Date.now().
  emscripten::val advance(const emscripten::val& host, double now);

  // What became of the last promise.
  void fulfilled(const emscripten::val& value, double now);
  void lost_connection(const std::string& message, double now);
  void timed_out(double limit_milliseconds, double now);

  /// Requests beyond the first of each call so far.
  [[nodiscard]] int retries() const { return retries_ + (call_ ? std::max(call_->attempts() - 1, 0) : 0); }

  /// Why it failed: the fields of a ServiceError; null when it did not.
  [[nodiscard]] emscripten::val error() const;

 protected:
  /// The next call's request, its error, or nothing when all is said.
  virtual std::optional<OrServiceError<Request>> next_request() = 0;

  /// Takes the answer in; an error when it is none.
  virtual std::optional<ServiceError> take_answer(const HttpResponse& response) = 0;

  /// The request that this answer most likely leads to: it is sent while the answer is taken in.
  virtual std::optional<Request> request_after(const HttpResponse& /*response*/) { return std::nullopt; }

  /// Whether to go on with next_request() after a call that failed.
  virtual bool recovers_from(const ServiceError& /*error*/) { return false; }

  void fail(ServiceError error) { error_ = std::move(error); }

  [[nodiscard]] const std::shared_ptr<EngineState>& engine() const { return engine_; }

 private:
  /// What the promise is about that JavaScript awaits.
  enum class Awaiting : std::uint8_t { nothing, request, response, body, departure, time };

  void take(Step step, double now);
  void finished_call();

  std::shared_ptr<EngineState> engine_;
  std::optional<Call> call_;
  Step step_ = Send{};
  Awaiting awaiting_ = Awaiting::nothing;
  emscripten::val prepared_ = emscripten::val::undefined();
  emscripten::val arrived_ = emscripten::val::undefined();
  HttpResponse response_;
  std::optional<Request> ahead_;  ///< to be sent before response_ is taken in
  std::optional<ServiceError> error_;
  int retries_ = 0;
};

}  // namespace rekognition_jobs::wasm
