// The operations' requests and what their answers are for.
#include "operations.h"

#include <algorithm>
#include <utility>

#include "bytes.h"
#include "service/answer.h"

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

PageReader::PageReader(const Engine& engine, const val& next_token, const val& max_results)
    : Conversation(engine.state()),
      lister_({.next_token = optional_text(next_token), .max_results = optional_number(max_results)}) {}

std::optional<OrServiceError<Request>> PageReader::next_request() {
  if (!std::exchange(wants_page_, false)) return std::nullopt;
  return lister_.request();
}

std::optional<ServiceError> PageReader::take_answer(const HttpResponse& response) {
  auto output = read_list_answer(response, sink_);
  page_ = sink_.take();
  if (auto* error = std::get_if<ServiceError>(&output)) return std::move(*error);
  next_token_ = std::get<ListOutput>(output).next_token;
  return std::nullopt;
}

val PageReader::page() { return view_of(page_); }

bool PageReader::walk_on() {
  if (auto error = lister_.page_read(next_token_)) fail(std::move(*error));
  wants_page_ = true;
  return !lister_.done();
}

val PageReader::next_token() const { return value_of(next_token_); }

val JobReading::job() { return view_of(job_); }

std::optional<OrServiceError<Request>> JobReading::next_request() {
  if (std::exchange(is_asked_, true)) return std::nullopt;
  return get_request(job_id_);
}

std::optional<ServiceError> JobReading::take_answer(const HttpResponse& response) {
  auto error = read_get_answer(response, sink_);
  job_ = sink_.take();
  return error;
}

val PlainCall::answer() { return view_of(answer_); }

std::optional<OrServiceError<Request>> PlainCall::next_request() {
  if (!request_) return std::nullopt;
  return *std::exchange(request_, std::nullopt);
}

std::optional<ServiceError> PlainCall::take_answer(const HttpResponse& response) {
  answer_ = response.body;
  return std::nullopt;
}

std::unique_ptr<Loading> Loading::load(const Engine& engine, const val& next_token) {
  const auto& state = engine.state();
  const auto token = optional_text(next_token);
  const bool goes_on = token && token == state->stopped_at_token;
  auto loader = Loader::all(token, goes_on ? state->stopped_newest : std::nullopt);
  return std::unique_ptr<Loading>(new Loading(engine, std::move(loader), !token || goes_on));
}

std::unique_ptr<Loading> Loading::refresh(const Engine& engine) {
  const auto& state = engine.state();
  auto loader = Loader::refresh(state->jobs.store->unfinished_job_ids(), state->covered);
  return std::unique_ptr<Loading>(new Loading(engine, std::move(loader), true));
}

std::optional<ServiceError> Loading::take_answer(const HttpResponse& response) {
  if (!loader_.is_listing()) {
    auto error = read_get_answer(response, *this);
    if (!error) loader_.job_read();
    return error;
  }
  auto output = read_list_answer(response, *this);
  if (auto* error = std::get_if<ServiceError>(&output)) return std::move(*error);
  auto error = loader_.page_read(std::get<ListOutput>(output).next_token);
  if (!error && is_gapless_) note_progress();
  return error;
}

void Loading::note_progress() {
  EngineState& state = *engine();
  state.stopped_at_token = loader_.next_token();
  state.stopped_newest = loader_.newest();
  if (!loader_.is_listing() && loader_.newest()) state.covered = std::max(state.covered, loader_.newest());
}

void Loading::on_job(const MediaAnalysisJob& job) {
  const Stored stored = sink_.put(job);
  loader_.saw(job.texts[index_of(Member::JobId)], job.timestamp(Member::CreationTimestamp),
              stored != Stored::unchanged || !is_finished(job));
}

val Loading::next_token() const { return value_of(loader_.next_token()); }

}  // namespace rekognition_jobs::wasm
