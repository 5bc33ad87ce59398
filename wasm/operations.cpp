// Makes the requests of the operations, and handles their responses.
#include "operations.h"

#include <utility>

#include "bytes.h"
#include "service/response.h"

namespace rekognition_jobs::wasm {
namespace {

using emscripten::val;

std::optional<std::string> optional_text(const val& value) {
  return value.isString() ? std::optional(value.as<std::string>()) : std::nullopt;
}

std::optional<double> optional_number(const val& value) {
  return value.isNumber() ? std::optional(value.as<double>()) : std::nullopt;
}

val value_of(const std::optional<std::string>& text) { return text ? val(*text) : val::undefined(); }

}  // namespace

ListOperation::ListOperation(const Engine& engine, const val& next_token, const val& max_results)
    : OperationDriver(engine.state()),
      paginator_(list_input(optional_text(next_token), optional_number(max_results), engine.state()->given_tokens)) {}

std::optional<Expected<Request, ServiceError>> ListOperation::next_request() {
  if (!std::exchange(wants_page_, false)) return std::nullopt;
  return paginator_.request();
}

std::optional<ServiceError> ListOperation::take_answer(const HttpResponse& response) {
  auto output = parse_list_response(response, sink_);
  page_ = sink_.take();
  if (auto* error = std::get_if<ServiceError>(&output)) return std::move(*error);
  next_token_ = std::get<ListOutput>(output).next_token;
  if (next_token_) engine()->given_tokens.add(*next_token_);
  return std::nullopt;
}

val ListOperation::page() { return view_of(page_); }

bool ListOperation::next_page() {
  if (auto error = paginator_.page_read(next_token_)) fail(std::move(*error));
  wants_page_ = true;
  return !paginator_.done();
}

val ListOperation::next_token() const { return value_of(next_token_); }

val GetOperation::job() { return view_of(job_); }

std::optional<Expected<Request, ServiceError>> GetOperation::next_request() {
  if (std::exchange(is_asked_, true)) return std::nullopt;
  return get_request(job_id_);
}

std::optional<ServiceError> GetOperation::take_answer(const HttpResponse& response) {
  auto error = parse_get_response(response, sink_);
  job_ = sink_.take();
  return error;
}

val RawOperation::answer() { return view_of(answer_); }

std::optional<Expected<Request, ServiceError>> RawOperation::next_request() {
  if (!request_) return std::nullopt;
  return *std::exchange(request_, std::nullopt);
}

std::optional<ServiceError> RawOperation::take_answer(const HttpResponse& response) {
  answer_ = response.json();
  return std::nullopt;
}

SyncOperation::SyncOperation(const Engine& engine, ListingSync sync)
    : OperationDriver(engine.state()), sync_(std::move(sync)), clears_(engine.state()->clears) {
  engine.state()->make_room();
}

std::unique_ptr<SyncOperation> SyncOperation::load(const Engine& engine, const val& next_token) {
  const ListInput first = list_input(optional_text(next_token), std::nullopt, engine.state()->given_tokens);
  const auto& token = first.next_token;
  const auto newest = token ? engine.state()->sync.coverage.newest_before(*token) : std::nullopt;
  auto sync = ListingSync::all(token, newest, first.is_token_given);
  return std::unique_ptr<SyncOperation>(new SyncOperation(engine, std::move(sync)));
}

std::unique_ptr<SyncOperation> SyncOperation::refresh(const Engine& engine) {
  EngineState& state = *engine.state();
  auto unfinished = state.jobs.store->unfinished_job_ids();
  if (!unfinished) return nullptr;
  auto sync = ListingSync::refresh(std::move(*unfinished), state.sync.coverage.covered(), state.sync.singles);
  return std::unique_ptr<SyncOperation>(new SyncOperation(engine, std::move(sync)));
}

std::optional<ServiceError> SyncOperation::take_answer(const HttpResponse& response) {
  room_.begin(response.body.size());
  if (!sync_.is_listing()) {
    auto error = parse_get_response(response, *this);
    if (!error && !is_full_) sync_.job_read();
    return error;
  }
  auto output = parse_list_response(response, *this);
  if (auto* error = std::get_if<ServiceError>(&output)) return std::move(*error);
  if (is_full_) return std::nullopt;
  const auto& given = std::get<ListOutput>(output).next_token;
  if (given) engine()->given_tokens.add(*given);
  auto error = sync_.page_read(given);
  if (!sync_.is_listing() && sync_.newest()) engine()->sync.coverage.reached_end(*sync_.newest());
  return error;
}

void SyncOperation::on_job(const MediaAnalysisJob& job) {
  is_full_ = is_full_ || !room_.has_room(*engine()->jobs.store);
  if (is_full_) return;
  const UpsertResult stored = engine()->jobs.store->put(job);
  ++counts_[stored];
  sync_.observe(job.texts[index_of(Member::JobId)], job.timestamp(Member::CreationTimestamp),
                stored != UpsertResult::unchanged || !is_finished(job));
}

val SyncOperation::stop() {
  const auto token = sync_.next_token();
  if (token && sync_.newest()) engine()->sync.coverage.stopped(*token, *sync_.newest());
  return value_of(token);
}

}  // namespace rekognition_jobs::wasm
