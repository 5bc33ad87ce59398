// The list of the service with a simulated clock: answers, page tokens, loads, refreshes and what they cover.
#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "service/coverage.h"
#include "service/listing_sync.h"
#include "service/operation.h"
#include "service/paginator.h"
#include "service/request.h"
#include "service/response.h"
#include "service_support.h"
#include "support.h"

namespace rekognition_jobs {
namespace {

using test::refusal;
using test::start_time;
using test::throttling;

TEST_CASE("answers are read strictly") {
  const auto list = [](std::string body) {
    test::RememberingSink sink;
    const auto output = parse_list_response({.status = 200, .body = std::move(body)}, sink);
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
  CHECK(!parse_get_response({.status = 200, .body = R"({"JobId":"a"})"}, sink));
  CHECK(parse_get_response({.status = 200, .body = R"([{"JobId":"a"}])"}, sink));
  CHECK(parse_get_response({.status = 200, .body = R"({"MediaAnalysisJobs":[{"JobId":"a"}]})"}, sink));
  CHECK(parse_get_response({.status = 200, .body = ""}, sink));
}

TEST_CASE("a page's token is found without reading the page, where it is plain to see") {
  CHECK(outer_next_token(R"({"MediaAnalysisJobs":[{"JobId":"a"}],"NextToken":"t/+="})") == "t/+=");
  CHECK(outer_next_token(R"({"NextToken":"t","MediaAnalysisJobs":[]})") == "t");
  CHECK(outer_next_token(R"({"NextToken":"","MediaAnalysisJobs":[]})") == "");
  for (const char* body :
       {"", "}", R"("})", R"({"MediaAnalysisJobs":[]})", R"({"MediaAnalysisJobs":[],"NextToken":null})",
        R"({"MediaAnalysisJobs":[],"NextToken":"cut)", R"({"MediaAnalysisJobs":[],"NextToken":"t\"})",
        R"({"MediaAnalysisJobs":[],"Other":{"NextToken":"t"}})", R"({"NextToken":"t)",
        R"({"MediaAnalysisJobs":[{"JobId":"a","JobName":",\"NextToken\":\"t"}]})", R"(,"NextToken":"})",
        R"({"MediaAnalysisJobs":[],"NextToken":"t","Other":"x"})"}) {
    CAPTURE(std::string(body));
    CHECK(!outer_next_token(body));
  }
}

TEST_CASE("a request is known ahead only while every page is read, and for a token that will be followed") {
  const std::string page = R"({"MediaAnalysisJobs":[],"NextToken":"t"})";
  ListingSync all = ListingSync::all(std::nullopt, std::nullopt);
  static_cast<void>(all.next_request());
  const auto ahead = all.request_after(page);
  REQUIRE(ahead);
  CHECK(!all.page_read("t"));
  const auto next = all.next_request();
  REQUIRE(next);
  CHECK(std::get<Request>(*next).body == ahead->body);
  CHECK(!all.request_after(page));
  CHECK(!all.request_after(R"({"MediaAnalysisJobs":[]})"));
  SingleJobs singles;
  ListingSync refresh = ListingSync::refresh({}, 5, singles);
  static_cast<void>(refresh.next_request());
  CHECK(!refresh.request_after(page));
}

TEST_CASE("tokens are followed once, and a refused one starts the walk again three times") {
  Paginator lister({});
  CHECK(std::get<Request>(lister.request()).body == "{}");
  CHECK(!lister.page_read("t1"));
  CHECK(std::get<Request>(lister.request()).body == R"({"NextToken":"t1"})");
  const auto repeated = lister.page_read("t1");
  REQUIRE(repeated);
  CHECK(repeated->name == "RepeatedTokenError");

  for (const auto& end : {std::optional<std::string>(), std::optional<std::string>("")}) {
    Paginator ending({});
    (void)ending.request();
    CHECK(!ending.page_read(end));
    CHECK(ending.done());
    CHECK(ending.pages() == 1);
  }

  const ServiceError refused{.name = "InvalidPaginationTokenException"};
  CHECK(!Paginator({.next_token = "mine"}).recovers_from(refused));
  Paginator restarting({});
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
  CHECK(!Paginator({}).recovers_from({.name = "AccessDeniedException"}));
}

TEST_CASE(
    "a refresh stops at a page without news that reaches what was covered, and asks for the unfinished jobs it has not "
    "seen") {
  SingleJobs singles;
  ListingSync sync = ListingSync::refresh({"old", "recent", "gone"}, 1'000, singles);
  CHECK(std::get<Request>(*sync.next_request()).body == "{}");
  sync.observe("new", 3'000, true);
  CHECK(!sync.page_read("t1"));
  CHECK(sync.is_listing());
  CHECK(sync.newest() == 3'000);
  (void)sync.next_request();
  sync.observe("imported", 2'000, false);
  CHECK(!sync.page_read("t2"));
  CHECK(sync.is_listing());
  CHECK(std::get<Request>(*sync.next_request()).body == R"({"NextToken":"t2"})");
  sync.observe("recent", 1'500, false);
  sync.observe("known", 999, false);
  CHECK(!sync.page_read("t3"));
  CHECK(!sync.is_listing());
  CHECK(!sync.next_token());
  CHECK(sync.newest() == 3'000);
  std::string asked;
  while (auto request = sync.next_request()) {
    const std::string body = std::get<Request>(*request).body;
    asked += body;
    CHECK(!sync.done());
    if (body.find("gone") != std::string::npos) {
      CHECK(!sync.recovers_from({.name = "AccessDeniedException"}));
      CHECK(sync.recovers_from({.name = "ResourceNotFoundException"}));
    } else {
      sync.observe("old", 10, true);
      sync.job_read();
    }
  }
  CHECK(asked.find("old") != std::string::npos);
  CHECK(asked.find("gone") != std::string::npos);
  CHECK(asked.find("recent") == std::string::npos);
  CHECK(sync.done());
}

TEST_CASE("a refresh goes on below a page of known jobs that were all created when the last covered one was") {
  SingleJobs singles;
  ListingSync sync = ListingSync::refresh({}, 1'000, singles);
  (void)sync.next_request();
  sync.observe("from a file", 1'000, false);
  CHECK(!sync.page_read("t1"));
  CHECK(sync.is_listing());
  (void)sync.next_request();
  sync.observe("new, created in that millisecond", 1'000, true);
  sync.observe("known", 999, false);
  CHECK(!sync.page_read("t2"));
  CHECK(sync.is_listing());
}

TEST_CASE("coverage is of readings without a gap, of which several may run and stop") {
  Coverage coverage;
  CHECK(!coverage.covered());
  CHECK(!coverage.newest_before("t1"));
  coverage.stopped("t1", 5);
  coverage.stopped("t2", 9);
  CHECK(coverage.newest_before("t1") == 5);
  CHECK(coverage.newest_before("t2") == 9);
  CHECK(!coverage.newest_before("t3"));
  coverage.stopped("t1", 3);
  CHECK(coverage.newest_before("t1") == 5);
  coverage.reached_end(9);
  coverage.reached_end(5);
  CHECK(coverage.covered() == 9);
  for (int i = 0; i < 100; ++i) coverage.stopped("later " + std::to_string(i), i);
  CHECK(!coverage.newest_before("t1"));
  CHECK(coverage.newest_before("later 99") == 99);
  CHECK(coverage.covered() == 9);
}

TEST_CASE("a reading from a token whose predecessors were not read covers nothing") {
  ListingSync rest = ListingSync::all("t", std::nullopt);
  (void)rest.next_request();
  rest.observe("a", 900, true);
  CHECK(!rest.page_read("t2"));
  (void)rest.next_request();
  CHECK(rest.recovers_from({.name = "InvalidPaginationTokenException"}));
  (void)rest.next_request();
  rest.observe("b", 1'000, true);
  CHECK(!rest.page_read({}));
  CHECK(rest.done());
  CHECK(!rest.newest());
}

TEST_CASE("a refresh passes over unfinished jobs whose JobIds the service would refuse") {
  SingleJobs singles;
  ListingSync sync = ListingSync::refresh({"from a file", std::string(65, 'x'), "good"}, std::nullopt, singles);
  (void)sync.next_request();
  CHECK(!sync.page_read({}));
  const auto request = sync.next_request();
  REQUIRE(request.has_value());
  CHECK(std::get<Request>(*request).body == R"({"JobId":"good"})");
  sync.job_read();
  CHECK(!sync.next_request());
  CHECK(sync.done());
}

TEST_CASE("a refresh goes on to the end of a list that no reading has covered") {
  SingleJobs singles;
  ListingSync sync = ListingSync::refresh({}, std::nullopt, singles);
  (void)sync.next_request();
  sync.observe("a", 2, false);
  CHECK(!sync.page_read("t"));
  CHECK(sync.is_listing());
  (void)sync.next_request();
  sync.observe("b", 1, false);
  CHECK(!sync.page_read({}));
  CHECK(sync.done());
  CHECK(sync.newest() == 2);
  CHECK(!sync.next_request());
}

TEST_CASE("a reading that is gone on with covers what it covered from its start") {
  ListingSync rest = ListingSync::all("t", 500);
  (void)rest.next_request();
  rest.observe("a", 900, true);
  CHECK(!rest.page_read({}));
  CHECK(rest.newest() == 500);
}

/// A service of so many jobs, 100 a page, whose tokens are page numbers and which fails at random.
class RandomService {
 public:
  RandomService(int page_count, std::uint32_t seed) : page_count_(page_count), random_(seed) {}

  Step answer(Operation& call, Timestamp now) {
    ++requests;
    switch (random_() % 40) {
      case 0: return call.lost_connection("gone", now);
      case 1: return call.timed_out(30'000, now);
      case 2: return call.responded(throttling(), now);
      case 3: return call.responded(refusal(502, "<html>"), now);
      case 4: return call.responded({.status = 200, .body = R"({"MediaAnalysisJobs":[{"JobId":)"}, now);
      case 5:
        if (random_() % 400 == 0)
          return call.responded(refusal(400, R"({"__type":"InvalidPaginationTokenException"})"), now);
    }
    const std::string& body = call.request().body;
    const std::size_t token = body.find(R"("NextToken":")");
    const int page = token == std::string::npos ? 0 : std::stoi(body.substr(token + 13));
    std::string text = R"({"MediaAnalysisJobs":[{"JobId":"j)" + std::to_string(page) + "\"}]";
    if (page + 1 < page_count_) text += R"(,"NextToken":")" + std::to_string(page + 1) + "\"";
    return call.responded({.status = 200, .body = text + "}"}, now);
  }

  int requests = 0;

 private:
  int page_count_;
  std::mt19937 random_;
};

TEST_CASE("10,000 pages with random faults are read whole, or fail with the place to go on from") {
  constexpr int page_count = 10'000;
  RandomService service(page_count, 42);
  RetryContext client(7, {.max_attempts = 5});
  JobStore store;
  test::StoringSink sink(store);
  Timestamp now = start_time;
  int loads = 0;
  std::optional<std::string> token;
  bool is_whole = false;
  while (!is_whole) {
    REQUIRE(++loads < 100);
    ListingSync sync = ListingSync::all(token, std::nullopt);
    bool has_failed = false;
    while (!has_failed) {
      auto request = sync.next_request();
      if (!request) break;
      Operation call(std::get<Request>(*request), client);
      Step step = call.begin(now);
      while (true) {
        if (const auto* wait = std::get_if<Wait>(&step)) {
          now += static_cast<Timestamp>(wait->milliseconds) + 1;
          step = call.waited(now);
        } else if (std::holds_alternative<Send>(step)) {
          step = service.answer(call, now += 5);
        } else if (const auto* answered = std::get_if<Answered>(&step)) {
          auto output = parse_list_response(answered->response, sink);
          if (auto* error = std::get_if<ServiceError>(&output)) {
            step = call.rejected(std::move(*error), now);
            continue;
          }
          CHECK(!sync.page_read(std::get<ListOutput>(output).next_token));
          break;
        } else {
          has_failed = !sync.recovers_from(std::get<ServiceError>(step));
          break;
        }
      }
    }
    is_whole = sync.done();
    token = sync.next_token();
  }
  CHECK(store.size() == page_count);
  CHECK(store.row_count() == page_count);
  CHECK(service.requests < 4 * page_count);
}

}  // namespace
}  // namespace rekognition_jobs
