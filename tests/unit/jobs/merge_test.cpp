// What an import makes of a job that is known: older never beats newer, and poorer never erases.
#include "jobs/merge.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support.h"

namespace rekognition_jobs::test {
namespace {

/// What the store holds after these jobs, each as JSON; the last is put as an import puts it.
std::string after(const std::vector<std::string_view>& jobs, Upsert upsert, Placed& placed) {
  JobStore store;
  RememberingSink sink;
  struct Putting : JobSink {
    Putting(JobStore& into, Upsert how, Placed& last) : store(into), upsert(how), placed(last) {}
    void on_job(const MediaAnalysisJob& job) override { placed = store.place(job, upsert); }
    void on_rejected(std::uint64_t /*offset*/, std::string_view message) override { FAIL(message); }
    JobStore& store;
    Upsert upsert;
    Placed& placed;
  } putting(store, upsert, placed);
  for (const std::string_view job : jobs) {
    JobReader reader(putting);
    reader.read_whole(job);
  }
  std::string scratch;
  std::string json;
  append_json(json, store.job(*store.find("a"), scratch));
  return json;
}

TEST_CASE("an unfinished record never replaces a finished one, and a poorer one erases nothing") {
  Placed placed{};
  constexpr std::string_view finished = R"({"JobId":"a","JobName":"n","Status":"SUCCEEDED"})";
  CHECK(after({finished, R"({"JobId":"a","JobName":"m","Status":"QUEUED"})"}, Upsert::keeps_known, placed) == finished);
  CHECK(placed.is_older);
  CHECK(placed.stored == UpsertResult::unchanged);
  CHECK(after({finished, R"({"JobId":"a","Status":"SUCCEEDED"})"}, Upsert::keeps_known, placed) == finished);
  CHECK(placed.is_older);
  CHECK(after({R"({"JobId":"a","JobName":"n","Status":"QUEUED"})", R"({"JobId":"a","Status":"SUCCEEDED"})"},
              Upsert::keeps_known, placed) == finished);
  CHECK(placed.is_older);
  CHECK(placed.stored == UpsertResult::updated);
  CHECK(after({finished, R"({"JobId":"a","JobName":"m","Status":"FAILED"})"}, Upsert::keeps_known, placed) ==
        R"({"JobId":"a","JobName":"m","Status":"FAILED"})");
  CHECK(!placed.is_older);
}

TEST_CASE("a live call replaces what is known") {
  Placed placed{};
  constexpr std::string_view queued = R"({"JobId":"a","Status":"QUEUED"})";
  CHECK(after({R"({"JobId":"a","JobName":"n","Status":"SUCCEEDED"})", queued}, Upsert::replaces, placed) == queued);
  CHECK(!placed.is_older);
}

TEST_CASE("times that cannot be meant are told") {
  const auto told = [](Timestamp created, Timestamp completed, Timestamp now) {
    MediaAnalysisJob job;
    job.members.insert(Member::CreationTimestamp);
    job.members.insert(Member::CompletionTimestamp);
    job.creation_timestamp = created;
    job.completion_timestamp = completed;
    Notices notices;
    note_times(notices, job, now);
    return notices.all().size();
  };
  constexpr Timestamp day = milliseconds_per_day;
  constexpr Timestamp now = 1'790'000'000'000;
  constexpr Timestamp october_2023 = 1'696'118'400'000;
  CHECK(told(now - day, now, now) == 0);
  CHECK(told(now, now - 1, now) == 1);
  CHECK(told(october_2023, now, now) == 0);
  CHECK(told(october_2023 - 1, now, now) == 1);
  CHECK(told(now, now + day, now) == 0);
  CHECK(told(now, now + day + 1, now) == 1);
}

}  // namespace
}  // namespace rekognition_jobs::test
