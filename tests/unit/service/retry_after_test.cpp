// Waits that the server asks for by Retry-After: kept as they stand, up to the caller's limit.
#include <doctest/doctest.h>

#include <string>

#include "service/operation.h"
#include "service_support.h"

namespace rekognition_jobs {
namespace {

using test::start_time;

HttpResponse asking(std::string retry_after, std::string date = {}) {
  return {.status = 400,
          .retry_after = std::move(retry_after),
          .date = std::move(date),
          .body = R"({"__type":"ThrottlingException","message":"slow down"})"};
}

Step first_step(RetryContext& peer, HttpResponse response) {
  Operation call(Request{}, peer);
  static_cast<void>(call.begin(start_time));
  call.sends(Signature::none);
  return call.responded(std::move(response), start_time);
}

Step step_after(HttpResponse response, double max_retry_after = 60'000) {
  RetryContext peer(1, {.max_attempts = 3, .max_retry_after = max_retry_after});
  return first_step(peer, std::move(response));
}

double wait_after(HttpResponse response, double max_retry_after = 60'000) {
  const Step step = step_after(std::move(response), max_retry_after);
  const auto* wait = std::get_if<Wait>(&step);
  return wait == nullptr ? -1 : wait->milliseconds;
}

TEST_CASE("a wait up to the limit is kept, whichever way it is told") {
  for (const int seconds : {2, 5, 6, 30, 59, 60}) {
    CAPTURE(seconds);
    CHECK(wait_after(asking(std::to_string(seconds))) == seconds * 1'000);
  }
  CHECK(wait_after(asking("Tue, 24 Nov 2026 09:30:40 GMT")) == 40'000);
  CHECK(wait_after(asking("Tue, 24 Nov 2026 09:30:40 GMT", "Tue, 24 Nov 2026 09:30:10 GMT")) == 30'000);
  CHECK(wait_after(asking("900"), 900'000) == 900'000);
  for (const char* none : {"", "-5", "soon", "0x10", "1e3", "Tue, 24 Nov 2026 09:29:00 GMT", "0"}) {
    CAPTURE(std::string(none));
    CHECK(wait_after(asking(none)) >= 0);
    CHECK(wait_after(asking(none)) <= 1'000);
  }
}

TEST_CASE("a date is read by the service's clock, also where an answer has no Date") {
  RetryContext peer(1, {.max_attempts = 3});
  static_cast<void>(first_step(peer, {.status = 200, .date = "Tue, 24 Nov 2026 10:30:00 GMT"}));
  Operation call(Request{}, peer);
  static_cast<void>(call.begin(start_time));
  call.sends(Signature::none);
  CHECK(std::get<Wait>(call.responded(asking("Tue, 24 Nov 2026 10:30:20 GMT"), start_time)).milliseconds == 20'000);
}

TEST_CASE("a longer one ends the call at once, with the service's error, how long, and what the limit is") {
  struct Row {
    const char* retry_after;
    double limit;
    const char* told;
  };
  for (const Row& row : {
           Row{"61", 60'000, "slow down; the server asked for a wait of 61 s, more than maxRetryAfter (60 s)"},
           Row{"3600", 60'000, "slow down; the server asked for a wait of 3600 s, more than maxRetryAfter (60 s)"},
           Row{"2", 1'500, "slow down; the server asked for a wait of 2 s, more than maxRetryAfter (1.5 s)"},
           Row{"1", 0, "slow down; the server asked for a wait of 1 s, more than maxRetryAfter (0 s)"},
           Row{"Tue, 24 Nov 2026 10:30:00 GMT", 60'000,
               "slow down; the server asked for a wait of 3600 s, more than maxRetryAfter (60 s)"},
       }) {
    CAPTURE(std::string(row.retry_after));
    RetryContext peer(1, {.max_attempts = 3, .max_retry_after = row.limit});
    const Step step = first_step(peer, asking(row.retry_after));
    REQUIRE(std::holds_alternative<ServiceError>(step));
    const auto& error = std::get<ServiceError>(step);
    CHECK(error.name == "ThrottlingException");
    CHECK(error.message == row.told);
    CHECK(error.attempts == 1);
    CHECK(error.retryable == Retryable::throttling);
    CHECK(peer.retry_policy.is_full());
  }
  CHECK(std::holds_alternative<ServiceError>(step_after(asking(std::string(400, '9')))));
}

TEST_CASE("a wait that was asked for uses one attempt, and none is made before it is over") {
  RetryContext peer(1, {.max_attempts = 3});
  Operation call(Request{}, peer);
  Timestamp now = start_time;
  Step step = call.begin(now);
  std::string events;
  while (!std::holds_alternative<ServiceError>(step)) {
    if (const auto* wait = std::get_if<Wait>(&step)) {
      events += "wait " + std::to_string(static_cast<int>(wait->milliseconds)) + ", ";
      now += static_cast<Timestamp>(wait->pause);
      step = call.waited(now);
    } else {
      events += "send, ";
      call.sends(Signature::none);
      step = call.responded(asking("30"), now);
    }
  }
  CHECK(events == "send, wait 30000, send, wait 30000, send, ");
  CHECK(call.attempts() == 3);
  CHECK(now == start_time + 60'000);
}

TEST_CASE("what will not get better is not waited for, and X-Amz-Retry-After is followed as the SDKs do") {
  const Step refused = step_after(
      {.status = 400, .retry_after = "3600", .body = R"({"__type":"AccessDeniedException","message":"no"})"});
  CHECK(std::get<ServiceError>(refused).message == "no");
  HttpResponse both = asking("3600");
  both.amz_retry_after = "2000";
  CHECK(wait_after(both) == 2'000);
  both.amz_retry_after = "999999";
  CHECK(wait_after(both) >= 5'000);
  CHECK(wait_after(both) <= 6'000);
  CHECK(wait_after(both, 5'000) <= 6'000);
  CHECK(std::get<ServiceError>(step_after(both, 4'999)).message ==
        "slow down; the server asked for a wait of 1000 s, more than maxRetryAfter (4.999 s)");
  both.amz_retry_after = "1500";
  CHECK(wait_after(both, 1'500) == 1'500);
  CHECK(std::holds_alternative<ServiceError>(step_after(both, 1'499)));
  both.amz_retry_after = std::string(400, '9');
  CHECK(wait_after(both) <= 6'000);
}

}  // namespace
}  // namespace rekognition_jobs
