// The service flow with a simulated clock: requests, refusals, retries, tokens, loads and refreshes.
#include <doctest/doctest.h>

#include <deque>
#include <functional>
#include <limits>
#include <string>

#include "service/answer.h"
#include "service/call.h"
#include "service/error_response.h"
#include "service/lister.h"
#include "service/loader.h"
#include "service/request.h"
#include "support.h"

namespace rekognition_jobs {
namespace {

HttpResponse refusal(int status, std::string body) { return {.status = status, .body = std::move(body)}; }

HttpResponse throttling() { return refusal(500, R"({"__type":"ThrottlingException","message":"slow down"})"); }

/// Runs a call against scripted answers; gives its end, and the time it waited.
struct Outcome {
  Step end;
  double waited = 0;
  int sent = 0;
};

Outcome run(Call& call, std::deque<std::function<Step(Call&)>> answers) {
  Outcome outcome{call.begin()};
  while (true) {
    if (std::holds_alternative<Send>(outcome.end)) {
      ++outcome.sent;
      REQUIRE(!answers.empty());
      outcome.end = answers.front()(call);
      answers.pop_front();
    } else if (const auto* wait = std::get_if<Wait>(&outcome.end)) {
      outcome.waited += wait->milliseconds;
      outcome.end = call.waited();
    } else {
      return outcome;
    }
  }
}

std::function<Step(Call&)> answer(HttpResponse response) {
  return [response](Call& call) { return call.responded(response); };
}

TEST_CASE("requests are written as AWS JSON and checked before they are sent") {
  const auto body = [](const OrServiceError<Request>& request) {
    return std::holds_alternative<Request>(request) ? std::get<Request>(request).body
                                                    : std::get<ServiceError>(request).name;
  };
  CHECK(body(list_request({})) == "{}");
  CHECK(body(list_request({.max_results = 100})) == R"({"MaxResults":100})");
  CHECK(body(list_request({.next_token = "a\"b", .max_results = 1})) == R"({"MaxResults":1,"NextToken":"a\"b"})");
  CHECK(std::get<Request>(list_request({})).target == "RekognitionService.ListMediaAnalysisJobs");
  for (const double bad : {0.0, -1.0, 101.0, 1.5, 1e300, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(body(list_request({.max_results = bad})) == "InvalidParameterException");
  }
  CHECK(body(list_request({.next_token = std::string(1024, 'x')})).size() > 1024);
  CHECK(body(list_request({.next_token = std::string(1025, 'x')})) == "InvalidParameterException");
  std::string accents;
  for (int i = 0; i < 1024; ++i) accents += "\xC3\xA9";
  CHECK(body(list_request({.next_token = accents})).size() > 2048);
  CHECK(body(get_request("abc_-9")) == R"({"JobId":"abc_-9"})");
  for (const std::string& bad : {std::string(), std::string(65, 'a'), std::string("a b"), std::string("\xC3\xA9")}) {
    CHECK(body(get_request(bad)) == "InvalidParameterException");
  }
}

TEST_CASE("a refusal is named by header, __type or code, in any spelling") {
  const auto name = [](std::string header, std::string body) {
    return read_error({.status = 400, .error_type = std::move(header), .body = std::move(body)}).name;
  };
  CHECK(name("FooError", "") == "FooError");
  CHECK(name("FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/", "") == "FooError");
  CHECK(name("aws.protocoltests.json#FooError:http://x/#y", "") == "FooError");
  CHECK(name("", R"({"__type":"aws.protocoltests.json#FooError"})") == "FooError");
  CHECK(name("", R"({"__type":"aws.protocoltests.json#FooError:http://x/"})") == "FooError");
  CHECK(name("", R"({"code":"FooError"})") == "FooError");
  CHECK(name("", R"({"code":"a#FooError:http://x"})") == "FooError");
  CHECK(name("A", R"({"__type":"B","code":"C"})") == "A");
  CHECK(name("", R"({"code":"C","__type":"B"})") == "B");
  CHECK(name("", R"({"code":5})") == "UnknownError");
  CHECK(name("", "<html>") == "UnknownError");
  CHECK(name("", "") == "UnknownError");
  CHECK(name("", "[1]") == "UnknownError");
  CHECK(name("", "{\"__type\":\"Foo") == "UnknownError");
}

TEST_CASE("a refusal's message is the service's, or the start of whatever came") {
  const auto message = [](std::string body) { return read_error(refusal(502, std::move(body))).message; };
  CHECK(message(R"({"message":"m"})") == "m");
  CHECK(message(R"({"Message":"M"})") == "M");
  CHECK(message("") == "HTTP 502");
  CHECK(message("<html>" + std::string(500, 'x')) == "HTTP 502: <html>" + std::string(194, 'x'));
  std::string accents;
  for (int i = 0; i < 300; ++i) accents += "\xC3\xA9";
  CHECK(message(accents) == "HTTP 502: " + accents.substr(0, 400));
}

TEST_CASE("names decide before statuses whether to try again") {
  CHECK(retryable_of("ThrottlingException", 400) == Retryable::throttling);
  CHECK(retryable_of("ProvisionedThroughputExceededException", 400) == Retryable::throttling);
  CHECK(retryable_of("InternalServerError", 500) == Retryable::transient);
  CHECK(retryable_of("UnknownError", 503) == Retryable::transient);
  CHECK(retryable_of("UnknownError", 429) == Retryable::throttling);
  CHECK(retryable_of("AccessDeniedException", 400) == Retryable::no);
  CHECK(retryable_of("UnknownError", 404) == Retryable::no);
  CHECK(retryable_of("UnknownError", 501) == Retryable::no);
}

TEST_CASE("a call tries again as often as it may, and no oftener") {
  RetryPolicy policy(1);
  Call patient(Request{}, policy, 3);
  const Outcome good =
      run(patient, {answer(throttling()), [](Call& c) { return c.lost_connection("gone"); }, answer({.status = 200})});
  CHECK(std::holds_alternative<Answered>(good.end));
  CHECK(good.sent == 3);
  CHECK(good.waited > 0);
  CHECK(good.waited <= 1'000 + 100);

  Call failing(Request{}, policy, 3);
  const Outcome bad = run(failing, {answer(throttling()), answer(throttling()), answer(throttling())});
  REQUIRE(std::holds_alternative<ServiceError>(bad.end));
  CHECK(std::get<ServiceError>(bad.end).name == "ThrottlingException");
  CHECK(std::get<ServiceError>(bad.end).attempts == 3);
  CHECK(std::get<ServiceError>(bad.end).retryable == Retryable::throttling);

  Call refused(Request{}, policy, 3);
  const Outcome denied = run(refused, {answer(refusal(400, R"({"__type":"AccessDeniedException","Message":"no"})"))});
  CHECK(std::get<ServiceError>(denied.end).attempts == 1);

  Call slow(Request{}, policy, 1);
  const Outcome late = run(slow, {[](Call& c) { return c.timed_out(30'000); }});
  CHECK(std::get<ServiceError>(late.end).name == "TimeoutError");
}

TEST_CASE("an answer that is none counts as a failed attempt") {
  RetryPolicy policy(1);
  Call call(Request{}, policy, 2);
  const Outcome outcome = run(call, {answer({.status = 200})});
  const Step again = call.rejected(invalid_response({.status = 200}, "not a list"));
  CHECK(std::holds_alternative<Wait>(again));
  CHECK(std::holds_alternative<Send>(call.waited()));
  const Step end = call.rejected(invalid_response({.status = 200, .body = "x"}, "not a list"));
  REQUIRE(std::holds_alternative<ServiceError>(end));
  CHECK(std::get<ServiceError>(end).name == "InvalidResponseError");
  CHECK(std::get<ServiceError>(end).attempts == 2);
}

TEST_CASE("waits grow with full jitter, to a cap, and follow the service's hints") {
  const ServiceError slow{.retryable = Retryable::throttling};
  const ServiceError broken{.retryable = Retryable::transient};
  double longest = 0;
  double shortest = 1e9;
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    RetryPolicy policy(seed);
    const double wait = policy.wait_before_retry(slow, 3, nullptr).value();
    longest = std::max(longest, wait);
    shortest = std::min(shortest, wait);
    CHECK(RetryPolicy(seed).wait_before_retry(broken, 1, nullptr).value() <= 50);
    CHECK(RetryPolicy(seed).wait_before_retry(slow, 30, nullptr).value() <= 20'000);
    const HttpResponse hint{.amz_retry_after = "1500"};
    CHECK(RetryPolicy(seed).wait_before_retry(broken, 1, &hint).value() == 1'500);
    const HttpResponse seconds{.retry_after = "2"};
    CHECK(RetryPolicy(seed).wait_before_retry(broken, 1, &seconds).value() == 2'000);
    const HttpResponse far{.retry_after = "3600"};
    CHECK(RetryPolicy(seed).wait_before_retry(broken, 1, &far).value() <= 5'050);
    const HttpResponse date{.retry_after = "Wed, 21 Oct 2026 07:28:00 GMT"};
    CHECK(RetryPolicy(seed).wait_before_retry(broken, 1, &date).value() <= 50);
  }
  CHECK(longest <= 4'000);
  CHECK(longest > 3'600);
  CHECK(shortest < 400);
}

TEST_CASE("the quota ends retries, and successes refill it") {
  RetryPolicy policy(7);
  const ServiceError broken{.retryable = Retryable::transient};
  int granted = 0;
  while (policy.wait_before_retry(broken, 1, nullptr)) ++granted;
  CHECK(granted == 35);
  for (int i = 0; i < 14; ++i) policy.succeeded(0);
  CHECK(policy.wait_before_retry(broken, 1, nullptr).has_value());
  CHECK(!policy.wait_before_retry(broken, 1, nullptr).has_value());
  policy.succeeded(14);
  CHECK(policy.wait_before_retry(broken, 1, nullptr).has_value());
}

TEST_CASE("answers are read strictly") {
  const auto list = [](std::string body) {
    test::RememberingSink sink;
    const auto output = read_list_answer({.status = 200, .body = std::move(body)}, sink);
    if (const auto* error = std::get_if<ServiceError>(&output)) return error->name;
    return std::to_string(sink.jobs.size()) + " " + std::get<ListOutput>(output).next_token.value_or("-");
  };
  CHECK(list(R"({"MediaAnalysisJobs":[{"JobId":"a"}],"NextToken":"t"})") == "1 t");
  CHECK(list(R"({"NextToken":null,"MediaAnalysisJobs":[]})") == "0 -");
  for (const char* bad :
       {"", "{}", "{\"foo\":true}", "[]", "<html>", R"({"JobId":"a"})", R"({"MediaAnalysisJobs":[{"JobId":5}]})",
        R"({"MediaAnalysisJobs":[{"JobId":"a"})", R"({"MediaAnalysisJobs":[]}{"MediaAnalysisJobs":[]})",
        R"({"MediaAnalysisJobs":[],"NextToken":5})", R"([{"MediaAnalysisJobs":[]}])"}) {
    CAPTURE(bad);
    CHECK(list(bad) == "InvalidResponseError");
  }
  test::RememberingSink sink;
  CHECK(!read_get_answer({.status = 200, .body = R"({"JobId":"a"})"}, sink));
  CHECK(read_get_answer({.status = 200, .body = R"([{"JobId":"a"}])"}, sink));
  CHECK(read_get_answer({.status = 200, .body = R"({"MediaAnalysisJobs":[{"JobId":"a"}]})"}, sink));
  CHECK(read_get_answer({.status = 200, .body = ""}, sink));
}

TEST_CASE("tokens are followed once, and a refused one starts the walk again three times") {
  Lister lister({});
  CHECK(std::get<Request>(lister.request()).body == "{}");
  CHECK(!lister.page_read("t1"));
  CHECK(std::get<Request>(lister.request()).body == R"({"NextToken":"t1"})");
  const auto repeated = lister.page_read("t1");
  REQUIRE(repeated);
  CHECK(repeated->name == "RepeatedTokenError");

  for (const auto& end : {std::optional<std::string>(), std::optional<std::string>("")}) {
    Lister ending({});
    (void)ending.request();
    CHECK(!ending.page_read(end));
    CHECK(ending.done());
    CHECK(ending.pages() == 1);
  }

  const ServiceError refused{.name = "InvalidPaginationTokenException"};
  CHECK(!Lister({.next_token = "mine"}).recovers_from(refused));
  Lister restarting({});
  (void)restarting.request();
  CHECK(!restarting.page_read("t"));
  for (int i = 0; i < 3; ++i) {
    (void)restarting.request();
    CHECK(restarting.recovers_from(refused));
    CHECK(!restarting.next_token());
    (void)restarting.request();
    CHECK(!restarting.page_read("t"));
  }
  CHECK(!restarting.recovers_from(refused));
  CHECK(!Lister({}).recovers_from({.name = "AccessDeniedException"}));
}

TEST_CASE("a refresh stops at the first page without news and asks for the unfinished jobs it has not seen") {
  Loader loader = Loader::refresh({"old", "recent", "gone"}, true);
  CHECK(std::get<Request>(*loader.next_request()).body == "{}");
  loader.saw("new", true);
  CHECK(!loader.page_read("t1"));
  CHECK(loader.is_listing());
  CHECK(std::get<Request>(*loader.next_request()).body == R"({"NextToken":"t1"})");
  loader.saw("recent", false);
  loader.saw("known", false);
  CHECK(!loader.page_read("t2"));
  CHECK(!loader.is_listing());
  CHECK(!loader.next_token());
  std::string asked;
  while (auto request = loader.next_request()) {
    const std::string body = std::get<Request>(*request).body;
    asked += body;
    if (body.find("gone") != std::string::npos) CHECK(loader.recovers_from({.name = "ResourceNotFoundException"}));
  }
  CHECK(asked.find("old") != std::string::npos);
  CHECK(asked.find("gone") != std::string::npos);
  CHECK(asked.find("recent") == std::string::npos);
  CHECK(loader.done());
}

TEST_CASE("a refresh of a list that was never read whole goes on to its end") {
  Loader loader = Loader::refresh({}, false);
  (void)loader.next_request();
  CHECK(!loader.page_read("t"));
  CHECK(loader.is_listing());
  (void)loader.next_request();
  CHECK(!loader.page_read({}));
  CHECK(loader.done());
  CHECK(!loader.next_request());
}

}  // namespace
}  // namespace rekognition_jobs
