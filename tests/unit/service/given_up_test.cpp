// Calls that end without an outcome, as when a caller aborts them, leave nothing behind: no place in the queue of the
// rate limiter, no draw on the quota of retries.
#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <random>
#include <vector>

#include "service/operation.h"
#include "service_support.h"

namespace rekognition_jobs {
namespace {

using test::start_time;
using test::throttling;

constexpr RetryOptions three_attempts{.max_attempts = 3};

/// A peer whose only answer so far was a throttling.
void throttle(RetryContext& peer, Timestamp now) {
  Operation call(Request{}, peer);
  static_cast<void>(call.begin(now));
  call.sends(Signature::none);
  static_cast<void>(call.responded(throttling(), now));
}

double wait_of(Step step) {
  const auto* wait = std::get_if<Wait>(&step);
  return wait == nullptr ? 0 : wait->milliseconds;
}

/// What a single call waits that comes at this time.
double wait_of_one(RetryContext& peer, Timestamp now) {
  Operation call(Request{}, peer);
  return wait_of(call.begin(now));
}

/// How many retries the quota grants, one after another.
int retries_left(RetryContext& peer) {
  std::deque<Operation> calls;
  int count = 0;
  for (bool is_granted = true; is_granted; ++count) {
    Operation& call = calls.emplace_back(Request{}, peer);
    static_cast<void>(call.begin(start_time));
    call.sends(Signature::none);
    is_granted = std::holds_alternative<Wait>(call.lost_connection("gone", start_time));
  }
  return count - 1;
}

TEST_CASE("calls that are given up while they wait for their turns make the next one wait no longer than one call") {
  for (const int count : {1, 60, 1'000}) {
    CAPTURE(count);
    RetryContext peer(1, three_attempts);
    RetryContext other(1, three_attempts);
    throttle(peer, start_time);
    throttle(other, start_time);
    {
      std::deque<Operation> calls;
      for (int i = 0; i < count; ++i)
        CHECK(wait_of(calls.emplace_back(Request{}, peer).begin(start_time)) > 700 * (i + 1));
    }
    CHECK(wait_of_one(peer, start_time + 300) == doctest::Approx(wait_of_one(other, start_time + 300)));
    CHECK(wait_of_one(peer, start_time + 300) < 1'000);
  }
}

TEST_CASE("a call moves up by each that was before it and is given up, and not by those behind it") {
  RetryContext peer(1, three_attempts);
  throttle(peer, start_time);
  std::vector<std::unique_ptr<Operation>> calls;
  std::vector<double> waits;
  for (int i = 0; i < 6; ++i) {
    calls.push_back(std::make_unique<Operation>(Request{}, peer));
    waits.push_back(wait_of(calls.back()->begin(start_time)));
  }
  CHECK(std::is_sorted(waits.begin(), waits.end()));
  Timestamp now = start_time;
  const auto pass = [&] {
    now += 500;
    for (double& wait : waits) wait -= 500;
  };
  const auto wait_now = [&](int i) { return wait_of(calls[static_cast<std::size_t>(i)]->waited(now)); };
  pass();
  calls[5].reset();
  for (int i = 0; i < 5; ++i) CHECK(wait_now(i) == waits[static_cast<std::size_t>(i)]);
  pass();
  calls[1].reset();
  CHECK(wait_now(0) == 0);
  CHECK(wait_now(2) == waits[1]);
  CHECK(wait_now(3) == waits[2]);
  CHECK(wait_now(4) == waits[3]);
  calls[2].reset();
  pass();
  CHECK(wait_now(3) == 0);
  CHECK(wait_now(4) == waits[2]);
  Operation next(Request{}, peer);
  CHECK(wait_of(next.begin(now)) == doctest::Approx(waits[3]));
}

TEST_CASE("a place may be taken by a call that waits only if it asks again from time to time") {
  RetryContext peer(1, three_attempts);
  throttle(peer, start_time);
  std::deque<Operation> before;
  for (int i = 0; i < 20; ++i) static_cast<void>(before.emplace_back(Request{}, peer).begin(start_time));
  Operation last(Request{}, peer);
  const auto wait = std::get<Wait>(last.begin(start_time));
  CHECK(wait.milliseconds > 14'000);
  CHECK(wait.pause == 500);
  before.clear();
  CHECK(std::get<Wait>(last.waited(start_time + 500)).milliseconds < 500);
  CHECK(std::holds_alternative<Send>(last.waited(start_time + 1'000)));
}

TEST_CASE("a place is kept by a request that went out, and given back by one that could not be made") {
  for (const bool goes_out : {true, false}) {
    RetryContext peer(1, three_attempts);
    RetryContext other(1, three_attempts);
    for (RetryContext* each : {&peer, &other}) throttle(each[0], start_time);
    const Timestamp later = start_time + 10'000;
    {
      Operation call(Request{}, peer);
      CHECK(std::holds_alternative<Send>(call.begin(later)));
      if (goes_out) call.sends(Signature::none);
    }
    // The bucket holds somewhat more than one.
    const double lone = wait_of_one(other, later);
    CHECK(lone == 0);
    CHECK((wait_of_one(peer, later) > lone) == goes_out);
  }
}

TEST_CASE("a clock that is set back or stands still makes no call wait longer than it was told") {
  for (const Timestamp jump : {0, -1, -3'600'000}) {
    CAPTURE(jump);
    RetryContext peer(1, three_attempts);
    throttle(peer, start_time);
    Operation call(Request{}, peer);
    const double wait = wait_of(call.begin(start_time));
    const double rest = wait_of(call.waited(start_time + jump));
    CHECK(rest == doctest::Approx(wait - 500));
    CHECK(std::holds_alternative<Send>(call.waited(start_time + jump)));
  }
}

TEST_CASE("retries that are given up, waiting or under way, leave the quota whole") {
  RetryContext untouched(1, three_attempts);
  const int whole = retries_left(untouched);
  CHECK(whole == 35);
  for (const bool is_sent : {false, true}) {
    RetryContext peer(1, three_attempts);
    for (int i = 0; i < 1'000; ++i) {
      Operation call(Request{}, peer);
      static_cast<void>(call.begin(start_time));
      call.sends(Signature::none);
      REQUIRE(std::holds_alternative<Wait>(call.lost_connection("gone", start_time)));
      if (!is_sent) continue;
      REQUIRE(std::holds_alternative<Send>(call.waited(start_time)));
      call.sends(Signature::none);
    }
    CHECK(peer.is_at_rest());
    CHECK(retries_left(peer) == whole);
  }
}

TEST_CASE("a retry that failed has drawn on the quota for good, and one that was answered has not") {
  RetryContext peer(1, {.max_attempts = 2});
  const auto retry = [&](bool is_answered) {
    Operation call(Request{}, peer);
    static_cast<void>(call.begin(start_time));
    static_cast<void>(call.lost_connection("gone", start_time));
    static_cast<void>(call.waited(start_time));
    is_answered ? static_cast<void>(call.responded({.status = 200}, start_time))
                : static_cast<void>(call.lost_connection("gone", start_time));
  };
  retry(true);
  CHECK(peer.retry_policy.is_full());
  retry(false);
  CHECK(!peer.retry_policy.is_full());
  CHECK(retries_left(peer) == 34);
}

TEST_CASE("whatever calls do and wherever they are given up, in the end one call waits as if it had been alone") {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    RetryContext peer(seed, three_attempts);
    Timestamp now = start_time;
    struct Running {
      std::unique_ptr<Operation> call;
      Step step;
    };
    std::vector<Running> running;
    for (int i = 0; i < 300; ++i) {
      now += random() % 200;
      if (random() % 3 == 0) {
        auto call = std::make_unique<Operation>(Request{}, peer);
        Step step = call->begin(now);
        running.push_back({std::move(call), std::move(step)});
      }
      if (running.empty()) continue;
      const std::size_t at = random() % running.size();
      auto& [call, step] = running[at];
      if (std::holds_alternative<Wait>(step)) {
        step = call->waited(now);
      } else if (std::holds_alternative<Send>(step)) {
        if (random() % 4 != 0) call->sends(Signature::none);
        switch (random() % 4) {
          case 0: step = call->responded(throttling(), now); break;
          case 1: step = call->timed_out(1'000, now); break;
          default: step = call->responded({.status = 200}, now);
        }
      } else {
        running.erase(running.begin() + static_cast<std::ptrdiff_t>(at));
      }
      if (!running.empty() && random() % 5 == 0)
        running.erase(running.begin() + static_cast<std::ptrdiff_t>(random() % running.size()));
    }
    running.clear();
    // The least rate is one in two seconds, and a rate that fell leaves some promises of the higher one.
    CHECK(wait_of_one(peer, now) <= 6'000);
  }
}

}  // namespace
}  // namespace rekognition_jobs
