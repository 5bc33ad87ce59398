// Any bytes as an answer of the service: they are jobs, or an error with a name and a message of bounded length.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "service/error_response.h"
#include "service/page_token.h"
#include "service/request.h"
#include "service/response.h"

namespace {

using namespace rekognition_jobs;

class Counting : public JobSink {
 public:
  void on_job(const MediaAnalysisJob& job) override {
    if (!job.has(Member::JobId)) std::abort();
    ++jobs;
  }
  void on_rejected(std::uint64_t, std::string_view message) override {
    if (message.empty()) std::abort();
  }

  int jobs = 0;
};

void check(const ServiceError& error, std::size_t input_size) {
  if (error.name.empty() || error.message.size() > 2 * input_size + 1000) std::abort();
}

/// The next line of the input, without its end.
std::string take_line(std::string_view& rest) {
  const std::size_t size = rest.find('\n');
  std::string line(rest.substr(0, size));
  rest.remove_prefix(size == std::string_view::npos ? rest.size() : size + 1);
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  constexpr int statuses[] = {200, 204, 301, 400, 403, 413, 429, 500, 502, 503, 599, 0};
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  HttpResponse response{.status = statuses[data[0] % std::size(statuses)]};
  response.error_type = take_line(rest);
  response.request_id = take_line(rest);
  response.retry_after = take_line(rest);
  response.amz_retry_after = take_line(rest);
  response.date = take_line(rest);
  response.body = rest;

  check(read_error(response), size);
  Counting counting;
  const auto list = parse_list_response(response, counting);
  if (const auto* error = std::get_if<ServiceError>(&list)) check(*error, size);
  if (const auto error = parse_get_response(response, counting)) check(*error, size);

  // What is found without reading is what reading finds.
  const auto token = outer_next_token(response.body);
  if (token && std::holds_alternative<ListOutput>(list) && std::get<ListOutput>(list).next_token != *token)
    std::abort();

  for (const std::string& text : {response.error_type, response.body}) {
    const auto page = list_request(list_input(text, std::nullopt, {}));
    if (const auto* error = std::get_if<ServiceError>(&page)) check(*error, size);
    const auto job = get_request(text);
    if (const auto* error = std::get_if<ServiceError>(&job)) check(*error, size);
  }
  return 0;
}
