// Whatever happens in whatever order, loading and refreshing come to an end: with everything, or with an error; no call
// is tried more often than it may be, and no token is sent twice.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "service/listing_sync.h"
#include "service/operation.h"
#include "service/response.h"

namespace {

using namespace rekognition_jobs;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

/// The input's bytes one after another, then zeros.
class Events {
 public:
  Events(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  std::uint8_t next() { return at_ < size_ ? data_[at_++] : 0; }
  [[nodiscard]] bool are_over() const { return at_ >= size_; }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

/// Tells a sync of the jobs that it reads.
class Seeing : public JobSink {
 public:
  Seeing(ListingSync& sync, bool changed) : sync_(sync), is_news_(changed) {}
  void on_job(const MediaAnalysisJob& job) override {
    sync_.observe(*job.text(Member::JobId), job.timestamp(Member::CreationTimestamp), is_news_);
  }
  void on_rejected(std::uint64_t, std::string_view) override {}

 private:
  ListingSync& sync_;
  bool is_news_;
};

constexpr std::string_view error_names[] = {
    "ThrottlingException",
    "InvalidPaginationTokenException",
    "ExpiredTokenException",
    "InvalidSignatureException",
    "InternalServerError",
    "ResourceNotFoundException",
    "AccessDeniedException",
    "RequestTimeTooSkewed",
    "",
    "ProvisionedThroughputExceededException",
};

/// What the service answers: a page, a job, an error, or nonsense. Once the events are over, the list ends.
HttpResponse response_of(Events& events, bool is_listing) {
  const std::uint8_t kind = events.are_over() ? 0 : events.next();
  if (kind % 4 == 3) {
    HttpResponse response{.status = 400 + events.next() % 200};
    response.error_type = error_names[events.next() % std::size(error_names)];
    if (kind % 8 == 7) response.date = "Tue, 24 Nov 2026 12:00:00 GMT";
    if (kind % 16 == 15) response.retry_after = "2";
    response.body = kind % 32 == 31 ? "<html>" : R"({"message":"no"})";
    return response;
  }
  if (kind % 16 == 2) return {.status = 200, .body = R"({"MediaAnalysisJobs":[{"JobId":"a"},{)"};
  if (!is_listing) return {.status = 200, .body = R"({"JobId":"u1","Status":"FAILED"})"};
  const std::string number = std::to_string(events.next() % 6);
  std::string body = R"({"MediaAnalysisJobs":[{"JobId":"j)" + number + R"(","CreationTimestamp":)" + number + "}]";
  if (kind % 4 != 0) body += R"(,"NextToken":"t)" + std::to_string(events.next()) + "\"";
  return {.status = 200, .body = body + "}"};
}

/// Follows a call to its end; false when it has failed.
bool follow(Request request, RetryContext& client, ListingSync& sync, Events& events, Timestamp& now, int& sent) {
  Operation call(std::move(request), client);
  Step step = call.begin(now);
  const int sent_before = sent;
  while (true) {
    if (const auto* wait = std::get_if<Wait>(&step)) {
      require(wait->milliseconds >= 0 && wait->milliseconds < 120'000, "a wait of some seconds");
      require(wait->pause >= 0 && wait->pause <= wait->milliseconds, "a part of the wait");
      now += static_cast<Timestamp>(wait->milliseconds) + 1;
      step = call.waited(now);
      continue;
    }
    if (std::holds_alternative<Send>(step)) {
      ++sent;
      require(sent - sent_before <= client.options.max_attempts + 2, "attempts and two corrections");
      call.sends(static_cast<Signature>(events.next() % 3));
      now += events.next();
      const std::uint8_t fate = events.are_over() ? 255 : events.next();
      if (fate < 16) {
        step = call.lost_connection("lost", now);
      } else if (fate < 24) {
        step = call.timed_out(1000, now);
      } else {
        step = call.responded(response_of(events, sync.is_listing()), now);
      }
      continue;
    }
    if (auto* answered = std::get_if<Answered>(&step)) {
      Seeing seeing(sync, events.next() % 2 == 0);
      if (!sync.is_listing()) {
        auto error = parse_get_response(answered->response, seeing);
        if (!error) {
          sync.job_read();
          return true;
        }
        step = call.rejected(std::move(*error), now);
        continue;
      }
      auto output = parse_list_response(answered->response, seeing);
      if (auto* error = std::get_if<ServiceError>(&output)) {
        step = call.rejected(std::move(*error), now);
        continue;
      }
      return !sync.page_read(std::get<ListOutput>(output).next_token);
    }
    return sync.recovers_from(std::get<ServiceError>(step));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Events events(data, size);
  const std::uint8_t kind = events.next();
  const std::uint8_t seed = events.next();
  RetryContext client(seed, {.max_attempts = 1 + events.next() % 4, .can_renew_credentials = kind % 2 == 0});
  SingleJobs singles;
  ListingSync sync = kind % 4 < 2 ? ListingSync::all(std::nullopt, std::nullopt)
                                  : ListingSync::refresh({"u1", "u2", "j3", ""}, static_cast<Timestamp>(kind), singles);
  Timestamp now = 1'795'000'000'000;
  std::multiset<std::string> bodies;
  int sent = 0;
  constexpr int most_walks = 4;
  while (!sync.done()) {
    auto request = sync.next_request();
    if (!request) break;
    require(std::holds_alternative<Request>(*request), "a good request");
    auto& asked = std::get<Request>(*request);
    bodies.insert(asked.body);
    require(bodies.count(asked.body) <= most_walks, "a page is asked for once a walk");
    if (!follow(std::move(asked), client, sync, events, now, sent)) break;
  }
  return 0;
}
