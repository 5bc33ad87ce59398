// Carries out the steps of a call, by emscripten::val.
#include "operation_driver.h"

#include <utility>

#include "base/can_allocate.h"
#include "bytes.h"
#include "error_values.h"

namespace rekognition_jobs::wasm {
namespace {

using emscripten::val;

HttpResponse head_of(const val& head) {
  return {.status = head["status"].as<int>(),
          .error_type = head["errorType"].as<std::string>(),
          .request_id = head["requestId"].as<std::string>(),
          .retry_after = head["retryAfter"].as<std::string>(),
          .amz_retry_after = head["amzRetryAfter"].as<std::string>(),
          .date = head["date"].as<std::string>(),
          .is_from_cache = head["isFromCache"].as<bool>()};
}

Signature signature_of(const val& name) {
  const auto signature = name.as<std::string>();
  if (signature == "session") return Signature::session;
  return signature == "keyPair" ? Signature::key_pair : Signature::none;
}

}  // namespace

val OperationDriver::next(const val& start, double now) {
  if (error_ || is_outdated()) return val::undefined();
  if (ahead_) {
    pending_ = Pending::departure;
    const Request request = *std::exchange(ahead_, std::nullopt);
    return start(val("sendAhead"), request.target, request.body, static_cast<double>(peer_->clock_skew.offset()));
  }
  if (pending_ == Pending::response) {
    pending_ = Pending::body;
    return start(val("read"));
  }
  if (pending_ == Pending::request) {
    pending_ = Pending::response;
    return start(val("fetch"));
  }
  if (!call_) {
    auto request = next_request();
    if (!request) return val::undefined();
    if (auto* error = std::get_if<ServiceError>(&*request)) {
      error_ = std::move(*error);
      return val::undefined();
    }
    call_.emplace(std::move(std::get<Request>(*request)), *peer_);
    step_ = call_->begin(static_cast<Timestamp>(now));
  }
  if (const auto* wait = std::get_if<Wait>(&step_)) {
    pending_ = Pending::time;
    return start(val("sleep"), wait->milliseconds, wait->pause);
  }
  const auto& send = std::get<Send>(step_);
  pending_ = Pending::request;
  return start(val("prepare"), call_->request().target, call_->request().body, static_cast<double>(send.clock_offset),
               send.renews_credentials);
}

bool OperationDriver::fulfilled(const val& value, double now) {
  switch (pending_) {
    case Pending::nothing: break;
    case Pending::request: call_->sends(signature_of(value)); break;
    case Pending::response: response_ = head_of(value); break;
    case Pending::body:
      if (response_.is_success() && peer_->rate_limiter.is_unlimited()) ahead_ = request_after(response_);
      if (!ahead_) take(call_->responded(std::move(response_), static_cast<Timestamp>(now)), now);
      break;
    case Pending::departure: take(call_->responded(std::move(response_), static_cast<Timestamp>(now)), now); break;
    case Pending::time: take(call_->waited(static_cast<Timestamp>(now)), now); break;
  }
  return !is_full();
}

val OperationDriver::reserve(std::size_t size) {
  if (!can_allocate(2 * StoreRoom::bytes_to_read(size))) return val::undefined();
  response_.body.resize(size);
  return view_of(response_.body);
}

void OperationDriver::lost_connection(const std::string& message, double now) {
  take(call_->lost_connection(message, static_cast<Timestamp>(now)), now);
}

void OperationDriver::timed_out(double limit_milliseconds, double now) {
  take(call_->timed_out(limit_milliseconds, static_cast<Timestamp>(now)), now);
}

void OperationDriver::take(Step step, double now) {
  pending_ = Pending::nothing;
  if (is_outdated()) return;
  if (const auto* answer = std::get_if<Answered>(&step)) {
    auto error = take_answer(answer->response);
    if (!error) return finished_call();
    step = call_->rejected(std::move(*error), static_cast<Timestamp>(now));
  }
  if (auto* error = std::get_if<ServiceError>(&step)) {
    finished_call();
    if (!recovers_from(*error)) error_ = std::move(*error);
    return;
  }
  step_ = std::move(step);
}

void OperationDriver::finished_call() {
  retries_ += call_->attempts() - 1;
  call_.reset();
}

val OperationDriver::error() const { return error_ ? error_value(*error_) : val::null(); }

}  // namespace rekognition_jobs::wasm
