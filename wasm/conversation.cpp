// Steps of a call carried out with emscripten::val.
#include "conversation.h"

#include <utility>

#include "bytes.h"
#include "error_values.h"

namespace rekognition_jobs::wasm {
namespace {

using emscripten::val;

std::string header_of(const val& response, const char* name) {
  return text_or_empty(response["headers"].call<val>("get", std::string(name)));
}

HttpResponse head_of(const val& response) {
  return {.status = response["status"].as<int>(),
          .error_type = header_of(response, "x-amzn-errortype"),
          .request_id = header_of(response, "x-amzn-requestid"),
          .retry_after = header_of(response, "retry-after"),
          .amz_retry_after = header_of(response, "x-amz-retry-after"),
          .date = header_of(response, "date"),
          .is_from_cache = response["headers"].call<bool>("has", std::string("age"))};
}

Signature signature_of(const val& prepared) {
  const std::string signature = text_or_empty(prepared["signature"]);
  if (signature == "session") return Signature::session;
  return signature == "keyPair" ? Signature::key_pair : Signature::none;
}

bool is_response(const val& value) {
  return !value.isNull() && !value.isUndefined() && value["status"].isNumber() && !value["headers"].isUndefined();
}

}  // namespace

val Conversation::advance(const val& host, double now) {
  if (error_) return val::undefined();
  if (ahead_) {
    awaiting_ = Awaiting::departure;
    const Request request = *std::exchange(ahead_, std::nullopt);
    return host.call<val>("sendAhead", request.target, request.body,
                          static_cast<double>(engine_->client.clock_skew.offset()));
  }
  if (awaiting_ == Awaiting::response) {
    awaiting_ = Awaiting::body;
    return host.call<val>("read", arrived_);
  }
  if (awaiting_ == Awaiting::request) {
    awaiting_ = Awaiting::response;
    return host.call<val>("fetch", prepared_["url"], prepared_["init"]);
  }
  if (!call_) {
    auto request = next_request();
    if (!request) return val::undefined();
    if (auto* error = std::get_if<ServiceError>(&*request)) {
      error_ = std::move(*error);
      return val::undefined();
    }
    call_.emplace(std::move(std::get<Request>(*request)), engine_->client);
    step_ = call_->begin(static_cast<Timestamp>(now));
  }
  if (const auto* wait = std::get_if<Wait>(&step_)) {
    awaiting_ = Awaiting::time;
    return host.call<val>("sleep", wait->milliseconds);
  }
  const auto& send = std::get<Send>(step_);
  awaiting_ = Awaiting::request;
  return host.call<val>("prepare", call_->request().target, call_->request().body,
                        static_cast<double>(send.clock_offset), send.renews_credentials);
}

void Conversation::fulfilled(const val& value, double now) {
  switch (awaiting_) {
    case Awaiting::nothing: break;
    case Awaiting::request:
      prepared_ = value;
      call_->sends(signature_of(value));
      break;
    case Awaiting::response:
      if (!is_response(value)) return lost_connection("fetch gave no Response", now);
      arrived_ = value;
      response_ = head_of(value);
      break;
    case Awaiting::body:
      if (value.isNull() || value.isUndefined() || !value["byteLength"].isNumber())
        return lost_connection("the Response has no body", now);
      response_.body = bytes_of(value);
      arrived_ = val::undefined();
      if (response_.is_success() && engine_->client.rate_limiter.is_unlimited()) ahead_ = request_after(response_);
      if (!ahead_) take(call_->responded(std::move(response_), static_cast<Timestamp>(now)), now);
      break;
    case Awaiting::departure: take(call_->responded(std::move(response_), static_cast<Timestamp>(now)), now); break;
    case Awaiting::time: take(call_->waited(static_cast<Timestamp>(now)), now); break;
  }
}

void Conversation::lost_connection(const std::string& message, double now) {
  take(call_->lost_connection(message, static_cast<Timestamp>(now)), now);
}

void Conversation::timed_out(double limit_milliseconds, double now) {
  take(call_->timed_out(limit_milliseconds, static_cast<Timestamp>(now)), now);
}

void Conversation::take(Step step, double now) {
  awaiting_ = Awaiting::nothing;
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

void Conversation::finished_call() {
  retries_ += call_->attempts() - 1;
  call_.reset();
}

val Conversation::error() const { return error_ ? error_value(*error_) : val::null(); }

}  // namespace rekognition_jobs::wasm
