// The bridge to `fetch`: starts the steps of an operation in JavaScript and passes their outcomes to it.
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

/// One or more operations of the service for one call of JavaScript. JavaScript drives it: it awaits each promise that
/// next() returns and reports the outcome, until next() returns undefined.
class OperationDriver {
 public:
  /// `peer` names who answers; what was learnt of it is shared by its operations alone. "" is Rekognition.
  explicit OperationDriver(std::shared_ptr<EngineState> engine, const std::string& peer = {})
      : engine_(std::move(engine)), peer_(engine_->peers.of(peer)) {}
  OperationDriver(const OperationDriver&) = delete;
  OperationDriver& operator=(const OperationDriver&) = delete;
  virtual ~OperationDriver() = default;

  /// Starts the next step by `start(step, ...)` and returns its promise, which the caller must await; undefined once
  /// everything is done or has failed. The steps, with the value of the promise after the arrow:
  ///   "prepare", target, body, clockOffset, renewsCredentials: prepares a request → how it is signed: "keyPair",
  ///     "session" or "none"
  ///   "fetch": sends it → { status, errorType, requestId, retryAfter, amzRetryAfter, date, isFromCache }
  ///   "read": reads the body of the response → its bytes, which the caller copies into reserve()
  ///   "sleep", milliseconds, pause: waits for the pause; so many milliseconds are left until the next attempt
  ///   "sendAhead", target, body, clockOffset: sends a request early; the next "prepare" and "fetch" of the same
  ///     request use it
  /// `start` does not throw, and runs no code of a caller before next() has returned. `now` is Date.now().
  emscripten::val next(const emscripten::val& start, double now);

  // The outcome of the last promise. `value` has the types above: no access to it throws. False when memory became
  // full: the operation has then ended, and what did not fit is left out.
  bool fulfilled(const emscripten::val& value, double now);
  void lost_connection(const std::string& message, double now);
  void timed_out(double limit_milliseconds, double now);

  /// A Uint8Array of `size` bytes for the body of the response: fill it at once. Undefined when memory is full.
  emscripten::val reserve(std::size_t size);

  /// Retries so far: requests beyond the first one of each operation.
  [[nodiscard]] int retries() const { return retries_ + (call_ ? std::max(call_->attempts() - 1, 0) : 0); }

  /// The fields of the ServiceError that it failed with; null if it did not fail.
  [[nodiscard]] emscripten::val error() const;

  /// Whether its purpose is gone (the store was cleared): it then ignores responses, and next() returns undefined.
  [[nodiscard]] virtual bool is_outdated() const { return false; }

 protected:
  /// The request of the next operation, an error instead of it, or nothing when there is none left.
  virtual std::optional<Expected<Request, ServiceError>> next_request() = 0;

  /// Processes the response of an operation; returns an error if it is not a valid one.
  virtual std::optional<ServiceError> take_answer(const HttpResponse& response) = 0;

  /// The request that most likely follows this response: it is sent while take_answer() processes the response.
  virtual std::optional<Request> request_after(const HttpResponse& /*response*/) { return std::nullopt; }

  /// Whether to continue with next_request() after an operation that failed.
  virtual bool recovers_from(const ServiceError& /*error*/) { return false; }

  void fail(ServiceError error) { error_ = std::move(error); }

  /// Whether take_answer() lacked memory.
  [[nodiscard]] virtual bool is_full() const { return false; }

  [[nodiscard]] const std::shared_ptr<EngineState>& engine() const { return engine_; }

 private:
  /// What JavaScript is awaiting.
  enum class Pending : std::uint8_t { nothing, request, response, body, departure, time };

  void take(Step step, double now);
  void finished_call();

  std::shared_ptr<EngineState> engine_;
  std::shared_ptr<RetryContext> peer_;  ///< outlives call_
  std::optional<Operation> call_;
  Step step_ = Send{};
  Pending pending_ = Pending::nothing;
  HttpResponse response_;
  std::optional<Request> ahead_;  ///< to be sent before response_ is processed
  std::optional<ServiceError> error_;
  int retries_ = 0;
};

}  // namespace rekognition_jobs::wasm
