// A byte order mark before an answer changes nothing of what is read from it.
#include <doctest/doctest.h>

#include <string>

#include "jobs/job.h"
#include "service/error_response.h"
#include "service/response.h"
#include "service_support.h"

namespace rekognition_jobs {
namespace {

const std::string mark = "\xEF\xBB\xBF";

struct Counting : JobSink {
  void on_job(const MediaAnalysisJob& /*job*/) override { ++jobs; }
  void on_rejected(std::uint64_t /*offset*/, std::string_view /*message*/) override {}

  int jobs = 0;
};

TEST_CASE("a byte order mark is not part of an answer") {
  Counting sink;
  const std::string list = R"({"MediaAnalysisJobs":[{"JobId":"a"}],"NextToken":"t"})";
  const auto output = parse_list_response({.status = 200, .body = mark + list}, sink);
  REQUIRE(std::holds_alternative<ListOutput>(output));
  CHECK(std::get<ListOutput>(output).next_token == "t");
  CHECK(!parse_get_response({.status = 200, .body = mark + R"({"JobId":"a"})"}, sink));
  CHECK(sink.jobs == 2);
  const auto refused = read_error(test::refusal(400, mark + R"({"__type":"FooError","message":"m"})"));
  CHECK(refused.name == "FooError");
  CHECK(refused.message == "m");
  CHECK(HttpResponse{.body = mark + "{}"}.json() == "{}");
  CHECK(HttpResponse{.body = mark}.json().empty());
  CHECK(HttpResponse{.body = mark + mark + "{}"}.json() == mark + "{}");
  CHECK(HttpResponse{.body = "\xEF\xBB"}.json() == "\xEF\xBB");
}

TEST_CASE("the token of the next page is found behind one") {
  CHECK(outer_next_token(HttpResponse{.body = mark + R"({"NextToken":"t","MediaAnalysisJobs":[]})"}.json()) == "t");
}

}  // namespace
}  // namespace rekognition_jobs
