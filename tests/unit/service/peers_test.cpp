// What was learnt of one peer is its own, and peers that anyone can name do not fill the memory.
#include "service/peers.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "service/operation.h"
#include "service_support.h"

namespace rekognition_jobs {
namespace {

using test::start_time;
using test::throttling;

void answer_to(RetryContext& peer, HttpResponse response) {
  Operation call(Request{}, peer);
  static_cast<void>(call.begin(start_time));
  call.sends(Signature::key_pair);
  static_cast<void>(call.responded(std::move(response), start_time));
}

TEST_CASE("throttling, failures and the clock of one peer are not another's") {
  Peers peers(1, {.max_attempts = 1});
  const auto service = peers.of("");
  const auto bucket = peers.of("s3 photos.s3.us-east-1.amazonaws.com");
  CHECK(service != bucket);
  answer_to(*bucket, {.status = 200, .date = "Tue, 24 Nov 2026 10:30:00 GMT"});
  answer_to(*bucket, throttling());
  CHECK(!bucket->is_at_rest());
  CHECK(!bucket->rate_limiter.is_unlimited());
  CHECK(bucket->clock_skew.offset() == 3'600'000);
  CHECK(service->is_at_rest());
  Operation call(Request{}, *service);
  const Step step = call.begin(start_time);
  REQUIRE(std::holds_alternative<Send>(step));
  CHECK(std::get<Send>(step).clock_offset == 0);
  CHECK(peers.of("s3 photos.s3.us-east-1.amazonaws.com") == bucket);
}

TEST_CASE("every peer has the caller's options, and its own random waits") {
  Peers peers(1, {.max_attempts = 7, .can_renew_credentials = true, .max_retry_after = 5});
  const auto one = peers.of("one");
  const auto other = peers.of("other");
  for (const auto& peer : {one, other}) {
    CHECK(peer->options.max_attempts == 7);
    CHECK(peer->options.can_renew_credentials);
    CHECK(peer->options.max_retry_after == 5);
  }
  const ServiceError broken{.retryable = Retryable::transient};
  CHECK(one->retry_policy.wait_before_retry(broken, 1, nullptr, start_time) !=
        other->retry_policy.wait_before_retry(broken, 1, nullptr, start_time));
}

TEST_CASE("of too many peers those are forgotten first of which nothing was learnt, and never one in use") {
  Peers peers(1, {});
  const auto used = peers.of("in use");
  answer_to(*peers.of("throttling"), throttling());
  for (int i = 0; i < 1'000; ++i) static_cast<void>(peers.of("rest " + std::to_string(i)));
  CHECK(peers.size() == Peers::most_kept);
  CHECK(peers.of("in use") == used);
  CHECK(!peers.of("throttling")->is_at_rest());
  for (int i = 0; i < 1'000; ++i) answer_to(*peers.of("later " + std::to_string(i)), throttling());
  CHECK(peers.size() == Peers::most_kept);
  CHECK(peers.of("in use") == used);
  CHECK(peers.of("throttling")->is_at_rest());
  CHECK(!peers.of("later 999")->is_at_rest());

  Peers busy(1, {});
  std::vector<std::shared_ptr<RetryContext>> held;
  for (int i = 0; i < 100; ++i) held.push_back(busy.of(std::to_string(i)));
  for (int i = 0; i < 100; ++i) CHECK(busy.of(std::to_string(i)) == held[static_cast<std::size_t>(i)]);
}

}  // namespace
}  // namespace rekognition_jobs
