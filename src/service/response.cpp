// Reads responses as any other source of jobs, but fails on what the API does not allow.
#include "response.h"

#include <algorithm>
#include <string_view>

#include "../jobs/reader.h"
#include "error_response.h"
#include "request.h"

namespace rekognition_jobs {
namespace {

/// Passes jobs on and remembers the rest.
class AnswerSink : public JobSink {
 public:
  explicit AnswerSink(JobSink& jobs) : jobs_(jobs) {}

  void on_job(const MediaAnalysisJob& job) override {
    ++job_count;
    jobs_.on_job(job);
  }
  void on_rejected(std::uint64_t offset, std::string_view message) override {
    if (!flaw.empty()) return;
    flaw.append("at byte ").append(std::to_string(offset)).append(" of the answer: ").append(message);
  }
  void on_next_token(std::string_view token) override { next_token = token; }

  std::size_t job_count = 0;
  std::string flaw;
  std::optional<std::string> next_token;

 private:
  JobSink& jobs_;
};

bool is_object(std::string_view body) {
  const std::size_t first = body.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && body[first] == '{';
}

}  // namespace

Expected<ListOutput, ServiceError> parse_list_response(const HttpResponse& response, JobSink& sink) {
  AnswerSink answer(sink);
  JobReader reader(answer);
  reader.read_whole(response.json());
  if (!answer.flaw.empty()) return invalid_response(response, answer.flaw);
  if (!is_object(response.json()) || reader.documents() != 1 || reader.responses() != 1) {
    return invalid_response(response, "not a list of jobs");
  }
  return ListOutput{std::move(answer.next_token)};
}

std::optional<std::string_view> outer_next_token(std::string_view body) {
  constexpr std::string_view opening = R"({"NextToken":")";
  constexpr std::string_view name = R"(,"NextToken":")";
  constexpr std::string_view closing = R"("})";
  const auto is_plain = [](std::string_view token) {
    return token.size() <= longest_service_token && token.find_first_of("\"\\") == std::string_view::npos;
  };
  if (body.empty() || body.back() != '}') return std::nullopt;
  if (body.substr(0, opening.size()) == opening) {
    const std::string_view rest = body.substr(opening.size());
    const std::string_view token = rest.substr(0, rest.find('"'));
    return is_plain(token) ? std::optional(token) : std::nullopt;
  }
  const std::size_t end = body.size() - std::min(body.size(), closing.size());
  const std::size_t place = body.rfind(name);
  if (body.substr(end) != closing || place == std::string_view::npos) return std::nullopt;
  const std::size_t begin = place + name.size();
  const std::string_view token = begin <= end ? body.substr(begin, end - begin) : std::string_view("\"");
  return is_plain(token) ? std::optional(token) : std::nullopt;
}

std::optional<ServiceError> parse_get_response(const HttpResponse& response, JobSink& sink) {
  AnswerSink answer(sink);
  JobReader reader(answer);
  reader.read_whole(response.json());
  if (!answer.flaw.empty()) return invalid_response(response, answer.flaw);
  if (!is_object(response.json()) || reader.documents() != 1 || answer.job_count != 1 || reader.responses() != 0) {
    return invalid_response(response, "not a job");
  }
  return std::nullopt;
}

}  // namespace rekognition_jobs
