// The bridge to the browser's fetch: carries a call's steps out and feeds what became of them back.
#pragma once

#include <emscripten/val.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine.h"
#include "service/operation.h"

namespace rekognition_jobs::wasm {

/// One or more calls for a purpose. JavaScript drives it: each promise that advance() gives is awaited and its outcome
/// told, until advance() gives undefined.
class Conversation {
 public:
  explicit Conversation(std::shared_ptr<EngineState> engine) : engine_(std::move(engine)) {}
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  virtual ~Conversation() = default;

  /// Starts what is next by `start(step, ...)` and gives its promise, which is to be awaited; undefined once all is
  /// done or failed. The steps, and what each promise is fulfilled with:
  ///   "prepare", target, body, clockOffset, renewsCredentials: makes a request ready; how it is signed: "keyPair",
  ///     "session" or "none"
  ///   "fetch": sends it; { status, errorType, requestId, retryAfter, amzRetryAfter, date, isFromCache }
  ///   "read": reads the answer's body, which then lies in reserve()
  ///   "sleep", milliseconds
  ///   "sendAhead", target, body, clockOffset: sends a request early; once prepare and fetch ask for it, they give it
  /// `start` does not throw, and runs no code of a caller before advance() has returned. `now` is Date.now().
  emscripten::val advance(const emscripten::val& start, double now);

  // What became of the last promise. `value` has the types told above: no access to it throws. False when memory became
  // full: the conversation is at its end, and what did not fit is left out.
  bool fulfilled(const emscripten::val& value, double now);
  void lost_connection(const std::string& message, double now);
  void timed_out(double limit_milliseconds, double now);

  /// A Uint8Array of `size` bytes for the answer's body: fill it at once. Undefined when memory is full.
  emscripten::val reserve(std::size_t size);

  /// Requests beyond the first of each call so far.
  [[nodiscard]] int retries() const { return retries_ + (call_ ? std::max(call_->attempts() - 1, 0) : 0); }

  /// Why it failed: the fields of a ServiceError; null when it did not.
  [[nodiscard]] emscripten::val error() const;

  /// Whether what it asks for is not wanted any more: then it takes nothing in, and advance() gives undefined.
  [[nodiscard]] virtual bool is_outdated() const { return false; }

 protected:
  /// The next call's request, its error, or nothing when all is said.
  virtual std::optional<Expected<Request, ServiceError>> next_request() = 0;

  /// Takes the answer in; an error when it is none.
  virtual std::optional<ServiceError> take_answer(const HttpResponse& response) = 0;

  /// The request that this answer most likely leads to: it is sent while the answer is taken in.
  virtual std::optional<Request> request_after(const HttpResponse& /*response*/) { return std::nullopt; }

  /// Whether to go on with next_request() after a call that failed.
  virtual bool recovers_from(const ServiceError& /*error*/) { return false; }

  void fail(ServiceError error) { error_ = std::move(error); }

  /// Whether take_answer() has no room for what it takes in.
  [[nodiscard]] virtual bool is_full() const { return false; }

  [[nodiscard]] const std::shared_ptr<EngineState>& engine() const { return engine_; }

 private:
  /// What the promise is about that JavaScript awaits.
  enum class Awaiting : std::uint8_t { nothing, request, response, body, departure, time };

  void take(Step step, double now);
  void finished_call();

  std::shared_ptr<EngineState> engine_;
  std::optional<Operation> call_;
  Step step_ = Send{};
  Awaiting awaiting_ = Awaiting::nothing;
  HttpResponse response_;
  std::optional<Request> ahead_;  ///< to be sent before response_ is taken in
  std::optional<ServiceError> error_;
  int retries_ = 0;
};

}  // namespace rekognition_jobs::wasm
