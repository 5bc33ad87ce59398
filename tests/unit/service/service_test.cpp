// Calls of the service with a simulated clock: requests, refusals, retries, waits and credentials.
#include <doctest/doctest.h>

#include <deque>
#include <functional>
#include <limits>
#include <string>

#include "service/coverage.h"
#include "service/error_classification.h"
#include "service/error_response.h"
#include "service/operation.h"
#include "service/request.h"
#include "service_support.h"

namespace rekognition_jobs {
namespace {

using test::refusal;
using test::start_time;
using test::throttling;

/// Runs a call against scripted answers; gives its end, the time it waited, and what was sent.
struct Outcome {
  Step end;
  double waited = 0;
  std::vector<Send> sent{};
};

Outcome run(Operation& call, std::deque<std::function<Step(Operation&)>> answers) {
  Outcome outcome{call.begin(start_time)};
  while (true) {
    if (std::holds_alternative<Send>(outcome.end)) {
      outcome.sent.push_back(std::get<Send>(outcome.end));
      REQUIRE(!answers.empty());
      outcome.end = answers.front()(call);
      answers.pop_front();
    } else if (const auto* wait = std::get_if<Wait>(&outcome.end)) {
      outcome.waited += wait->milliseconds;
      outcome.end = call.waited(start_time + static_cast<Timestamp>(outcome.waited));
    } else {
      return outcome;
    }
  }
}

std::function<Step(Operation&)> answer(HttpResponse response) {
  return [response](Operation& call) { return call.responded(response, start_time); };
}

TEST_CASE("requests are written as AWS JSON and checked before they are sent") {
  const auto body = [](const Expected<Request, ServiceError>& request) {
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

TEST_CASE("names and statuses decide whether to try again") {
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
  RetryContext client(1, {.max_attempts = 3});
  Operation patient(Request{}, client);
  const Outcome good =
      run(patient, {answer(throttling()), [](Operation& c) { return c.lost_connection("gone", start_time); },
                    answer({.status = 200})});
  CHECK(std::holds_alternative<Answered>(good.end));
  CHECK(good.sent.size() == 3);
  CHECK(good.waited > 0);
  CHECK(good.waited <= 1'000 + 100 + 2'000);

  Operation failing(Request{}, client);
  const Outcome bad = run(failing, {answer(throttling()), answer(throttling()), answer(throttling())});
  REQUIRE(std::holds_alternative<ServiceError>(bad.end));
  CHECK(std::get<ServiceError>(bad.end).name == "ThrottlingException");
  CHECK(std::get<ServiceError>(bad.end).attempts == 3);
  CHECK(std::get<ServiceError>(bad.end).retryable == Retryable::throttling);

  Operation refused(Request{}, client);
  const Outcome denied = run(refused, {answer(refusal(400, R"({"__type":"AccessDeniedException","Message":"no"})"))});
  CHECK(std::get<ServiceError>(denied.end).attempts == 1);

  RetryContext hasty(1, {.max_attempts = 1});
  Operation slow(Request{}, hasty);
  const Outcome late = run(slow, {[](Operation& c) { return c.timed_out(30'000, start_time); }});
  CHECK(std::get<ServiceError>(late.end).name == "TimeoutError");
}

TEST_CASE("an answer that is none counts as a failed attempt") {
  RetryContext client(1, {.max_attempts = 2});
  Operation call(Request{}, client);
  CHECK(std::holds_alternative<Answered>(run(call, {answer({.status = 200})}).end));
  const Step again = call.rejected(invalid_response({.status = 200}, "not a list"), start_time);
  REQUIRE(std::holds_alternative<Wait>(again));
  CHECK(std::holds_alternative<Send>(call.waited(start_time)));
  const Step end = call.rejected(invalid_response({.status = 200, .body = "x"}, "not a list"), start_time);
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
    const double wait = policy.wait_before_retry(slow, 3, nullptr, start_time).value();
    longest = std::max(longest, wait);
    shortest = std::min(shortest, wait);
    CHECK(RetryPolicy(seed).wait_before_retry(broken, 1, nullptr, start_time).value() <= 50);
    CHECK(RetryPolicy(seed).wait_before_retry(slow, 30, nullptr, start_time).value() <= 20'000);
    const HttpResponse hint{.amz_retry_after = "1500"};
    CHECK(RetryPolicy(seed).wait_before_retry(broken, 1, &hint, start_time).value() == 1'500);
    const HttpResponse seconds{.retry_after = "2"};
    CHECK(RetryPolicy(seed).wait_before_retry(broken, 1, &seconds, start_time).value() == 2'000);
    const HttpResponse far{.retry_after = "3600"};
    CHECK(RetryPolicy(seed).wait_before_retry(broken, 1, &far, start_time).value() == 3'600'000);
    const HttpResponse both{.retry_after = "3600", .amz_retry_after = "1500"};
    CHECK(RetryPolicy(seed).wait_before_retry(broken, 1, &both, start_time).value() == 1'500);
    const HttpResponse past{.retry_after = "Wed, 21 Oct 2026 07:28:00 GMT"};
    CHECK(RetryPolicy(seed).wait_before_retry(broken, 1, &past, start_time).value() <= 50);
    const HttpResponse date{.retry_after = "Tue, 24 Nov 2026 09:30:03 GMT"};
    CHECK(RetryPolicy(seed).wait_before_retry(broken, 1, &date, start_time).value() == 3'000);
  }
  CHECK(longest <= 4'000);
  CHECK(longest > 3'600);
  CHECK(shortest < 400);
}

TEST_CASE("the quota ends retries, and successes refill it") {
  RetryPolicy policy(7);
  const ServiceError broken{.retryable = Retryable::transient};
  int granted = 0;
  while (policy.wait_before_retry(broken, 1, nullptr, start_time)) ++granted;
  CHECK(granted == 35);
  for (int i = 0; i < 14; ++i) policy.succeeded(0);
  CHECK(policy.wait_before_retry(broken, 1, nullptr, start_time).has_value());
  CHECK(!policy.wait_before_retry(broken, 1, nullptr, start_time).has_value());
  policy.succeeded(14);
  CHECK(policy.wait_before_retry(broken, 1, nullptr, start_time).has_value());
}

TEST_CASE("a wrong clock is learnt from an answer and costs one more request") {
  const auto skewed = [](std::string date, std::string body) {
    return answer({.status = 400, .date = std::move(date), .body = std::move(body)});
  };
  const std::string refused =
      R"({"__type":"InvalidSignatureException","message":"Signature expired: x is now earlier than y"})";
  const std::string telling =
      R"({"__type":"InvalidSignatureException","message":"Signature expired: 20261124T093000Z is now earlier than )"
      R"json(20261124T093500Z (20261124T094000Z - 5 min.)"})json";
  for (const auto& first : {skewed("Tue, 24 Nov 2026 09:40:00 GMT", refused), skewed("", telling)}) {
    RetryContext client(1, {.max_attempts = 1});
    Operation call(Request{}, client);
    call.sends(Signature::key_pair);
    const Outcome outcome = run(call, {first, answer({.status = 200})});
    CHECK(std::holds_alternative<Answered>(outcome.end));
    REQUIRE(outcome.sent.size() == 2);
    CHECK(outcome.sent[0].clock_offset == 0);
    CHECK(outcome.sent[1].clock_offset == 600'000);
    CHECK(outcome.waited == 0);
    Operation next(Request{}, client);
    CHECK(std::get<Send>(next.begin(start_time)).clock_offset == 600'000);
  }
  RetryContext shared(1, {.max_attempts = 3});
  Operation one(Request{}, shared);
  Operation other(Request{}, shared);
  for (Operation* call : {&one, &other}) {
    static_cast<void>(call->begin(start_time));
    call->sends(Signature::key_pair);
  }
  const HttpResponse refusal{.status = 400, .date = "Tue, 24 Nov 2026 09:40:00 GMT", .body = refused};
  CHECK(std::get<Send>(one.responded(refusal, start_time)).clock_offset == 600'000);
  CHECK(std::get<Send>(other.responded(refusal, start_time)).clock_offset == 600'000);

  RetryContext client(1, {.max_attempts = 3});
  Operation stubborn(Request{}, client);
  stubborn.sends(Signature::key_pair);
  const Outcome again = run(
      stubborn, {skewed("Tue, 24 Nov 2026 09:40:00 GMT", refused), skewed("Tue, 24 Nov 2026 09:40:00 GMT", refused)});
  CHECK(std::get<ServiceError>(again.end).name == "InvalidSignatureException");
  CHECK(std::get<ServiceError>(again.end).attempts == 2);

  RetryContext fresh(1, {.max_attempts = 3});
  Operation unsigned_call(Request{}, fresh);
  CHECK(run(unsigned_call, {skewed("Tue, 24 Nov 2026 09:40:00 GMT", refused)}).sent.size() == 1);

  ClockSkew clock;
  CHECK(!clock.learn({.status = 200, .date = "Tue, 24 Nov 2026 09:33:00 GMT"}, start_time, start_time));
  CHECK(!clock.learn({.status = 200, .date = "Tue, 24 Nov 2026 09:40:00 GMT", .is_from_cache = true}, start_time,
                     start_time));
  CHECK(!clock.learn({.status = 200, .date = "Tue, 24 Nov 2026 09:40:00 GMT"},
                     start_time - 16 * milliseconds_per_minute, start_time));
  CHECK(!clock.learn({.status = 200, .date = "soon"}, start_time, start_time));
  CHECK(clock.learn({.status = 200, .date = "Tue, 24 Nov 2026 09:20:00 GMT"}, start_time, start_time));
  CHECK(clock.offset() == -600'000);
}

TEST_CASE("expired credentials are renewed once, when they can be") {
  const auto expired = [](const char* name) {
    return answer(refusal(400, std::string(R"({"__type":")") + name + "\"}"));
  };
  for (const char* name : {"ExpiredToken", "ExpiredTokenException", "RequestExpired", "UnrecognizedClientException"}) {
    CAPTURE(name);
    RetryContext renewing(1, {.max_attempts = 1, .can_renew_credentials = true});
    Operation call(Request{}, renewing);
    call.sends(Signature::session);
    const Outcome outcome = run(call, {expired(name), answer({.status = 200})});
    CHECK(std::holds_alternative<Answered>(outcome.end));
    REQUIRE(outcome.sent.size() == 2);
    CHECK(!outcome.sent[0].renews_credentials);
    CHECK(outcome.sent[1].renews_credentials);

    Operation twice(Request{}, renewing);
    twice.sends(Signature::session);
    CHECK(std::get<ServiceError>(run(twice, {expired(name), expired(name)}).end).attempts == 2);

    RetryContext fixed(1, {.max_attempts = 3});
    Operation once(Request{}, fixed);
    CHECK(std::get<ServiceError>(run(once, {expired(name)}).end).attempts == 1);
  }
  RetryContext renewing(1, {.max_attempts = 3, .can_renew_credentials = true});
  Operation without_token(Request{}, renewing);
  CHECK(std::get<ServiceError>(run(without_token, {expired("UnrecognizedClientException")}).end).attempts == 1);
}

TEST_CASE("a throttled client finds the rate that the service bears") {
  RetryContext client(1, {.max_attempts = 3});
  double service_tokens = 20;
  Timestamp now = start_time;
  Timestamp refilled = start_time;
  constexpr double service_rate = 10;  // a second
  int throttled = 0;
  int answered = 0;
  int failed = 0;
  while (answered + failed < 300) {
    Operation call(Request{}, client);
    Step step = call.begin(now);
    while (true) {
      if (const auto* wait = std::get_if<Wait>(&step)) {
        now += static_cast<Timestamp>(wait->milliseconds) + 1;
        step = call.waited(now);
      } else if (std::holds_alternative<Send>(step)) {
        now += 20;
        service_tokens = std::min(20.0, service_tokens + static_cast<double>(now - refilled) / 1'000 * service_rate);
        refilled = now;
        if (service_tokens >= 1) {
          service_tokens -= 1;
          step = call.responded({.status = 200}, now);
        } else {
          ++throttled;
          step = call.responded(throttling(), now);
        }
      } else {
        std::holds_alternative<Answered>(step) ? ++answered : ++failed;
        break;
      }
    }
  }
  const double seconds = static_cast<double>(now - start_time) / 1'000;
  CAPTURE(seconds);
  CAPTURE(throttled);
  CHECK(failed == 0);
  CHECK(throttled < 60);
  CHECK(seconds < 2 * 300 / service_rate);
}

}  // namespace
}  // namespace rekognition_jobs
