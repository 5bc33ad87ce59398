// The store: one row a job as it was seen, the current one found by its JobId.
#include "jobs/store.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "jobs/intake.h"
#include "support.h"

namespace rekognition_jobs {
namespace {

using test::make_job;

TEST_CASE("a job seen again is replaced, or unchanged when equal") {
  std::string scratch;
  JobStore store;
  CHECK(store.put(make_job("a", "x")) == UpsertResult::added);
  CHECK(store.put(make_job("a", "x")) == UpsertResult::unchanged);
  CHECK(store.put(make_job("a", "y")) == UpsertResult::updated);
  CHECK(store.put(make_job("a")) == UpsertResult::updated);
  CHECK(store.size() == 1);
  CHECK(store.row_count() == 3);
  CHECK(store.find("a") == Row{2});
  CHECK(!store.find("b"));
  CHECK(store.current_rows().contains(2));
  CHECK(!store.current_rows().contains(0));
  CHECK(store.text(0, Member::JobName, scratch) == "x");
}

TEST_CASE("a job's place is its current row, whatever was made of it") {
  JobStore store;
  CHECK(store.place(make_job("a", "x")).row == 0);
  CHECK(store.place(make_job("b", "x")).row == 1);
  CHECK(store.place(make_job("a", "x")).row == 0);
  const Placed updated = store.place(make_job("a", "y"));
  CHECK(updated.row == 2);
  CHECK(updated.stored == UpsertResult::updated);
}

TEST_CASE("a change in any member is a change") {
  const std::string base =
      R"({"JobId":"a","Input":{"S3Object":{}},"CreationTimestamp":1,"CompletionTimestamp":2,"OperationsConfig":{"DetectModerationLabels":{"MinConfidence":50}}})";
  for (const auto& [from, to] :
       {std::pair{R"("S3Object":{})", R"("S3Object":null)"},
        std::pair{R"("CreationTimestamp":1)", R"("CreationTimestamp":2)"},
        std::pair{R"("CompletionTimestamp":2)", R"("KmsKeyId":"")"}, std::pair{":50", ":50.5"}}) {
    std::string changed = base;
    changed.replace(changed.find(from), std::string_view(from).size(), to);
    CAPTURE(changed);
    const auto store = test::store_of(base + changed + changed);
    CHECK(store->size() == 1);
    CHECK(store->row_count() == 2);
  }
}

TEST_CASE("-0 is another number than 0, in whichever form it is written") {
  const auto job = [](const std::string& number) {
    return R"({"JobId":"a","OperationsConfig":{"DetectModerationLabels":{"MinConfidence":)" + number + "}}}";
  };
  for (const char* const minus_zero : {"-0", "-0.0", "-0e5", "-1e-999"}) {
    CAPTURE(minus_zero);
    const auto store = test::store_of(job("0") + job(minus_zero) + job("-0"));
    CHECK(store->row_count() == 2);
    std::string scratch;
    std::string written;
    append_json(written, store->job(1, scratch));
    CHECK(written == job("-0"));
    CHECK(test::joined(test::read_text(written).jobs) == written);
  }
}

TEST_CASE("thousands of jobs are each found again") {
  std::string scratch;
  JobStore store;
  for (int i = 0; i < 5'000; ++i) store.put(make_job("job-" + std::to_string(i), "n" + std::to_string(i % 7)));
  CHECK(store.size() == 5'000);
  for (int i = 0; i < 5'000; ++i) {
    const auto row = store.find("job-" + std::to_string(i));
    REQUIRE(row);
    CHECK(store.text(*row, Member::JobName, scratch) == "n" + std::to_string(i % 7));
  }
}

TEST_CASE("unfinished jobs are those that the service may still change") {
  const auto store = test::store_of(
      R"([{"JobId":"a","Status":"QUEUED"},{"JobId":"b","Status":"FAILED"},{"JobId":"c","Status":"SUCCEEDED"},
          {"JobId":"d","Status":"NEW_ONE"},{"JobId":"e","Status":"NEW_ONE","CompletionTimestamp":5},{"JobId":"f"},
          {"JobId":"a","Status":"FAILED"}])");
  CHECK(store->unfinished_job_ids() == std::vector<std::string>{"d", "f"});
}

TEST_CASE("a bucket is named by whole and exact, in whichever member, and forgotten with its rows") {
  JobStore store;
  CHECK(!store.names_bucket(""));
  for (const auto& [member, bucket] :
       {std::pair{Member::InputBucket, "in"}, std::pair{Member::OutputBucket, "out"},
        std::pair{Member::ResultsBucket, "results"}, std::pair{Member::SummaryBucket, "summary"}}) {
    CHECK(!store.names_bucket(bucket));
    MediaAnalysisJob job = make_job(bucket, "named");
    job.members.insert(member);
    job.texts[index_of(member)] = bucket;
    store.put(job);
    CHECK(store.names_bucket(bucket));
  }
  for (const std::string_view other : {"", "i", "inn", "IN", "named"}) CHECK(!store.names_bucket(other));
  store.put(make_job("in"));
  for (const char* const name : {"1", "2", "3", "4", "5"}) store.put(make_job("in", name));
  const auto compacted = JobIntake::compact({}, store);
  REQUIRE(compacted != nullptr);
  CHECK(!compacted->names_bucket("in"));
  CHECK(compacted->names_bucket("out"));
}

TEST_CASE("every member is kept apart from all others, in whichever kind of column") {
  const auto make = [](int number) {
    std::array<std::string, member_count> texts;
    MediaAnalysisJob job = make_job("");
    for (std::size_t i = 0; i < member_count; ++i) {
      job.members.insert(static_cast<Member>(i));
      texts[i] = std::to_string(number) + " " + std::to_string(i);
    }
    job.min_confidence = number + 0.5;
    job.creation_timestamp = number;
    job.completion_timestamp = number + 1'000;
    return std::pair{job, texts};
  };
  const auto borrow = [](MediaAnalysisJob& job, const std::array<std::string, member_count>& texts) {
    for (std::size_t i = 0; i < member_count; ++i) job.texts[i] = texts[i];
  };
  JobStore store;
  for (int number = 0; number < 300; ++number) {
    auto [job, texts] = make(number);
    borrow(job, texts);
    CHECK(store.put(job) == UpsertResult::added);
    CHECK(store.put(job) == UpsertResult::unchanged);
  }
  std::string scratch;
  for (int number = 0; number < 300; ++number) {
    auto [job, texts] = make(number);
    borrow(job, texts);
    CHECK(store.job(static_cast<Row>(number), scratch) == job);
  }
}

TEST_CASE("a lone member is kept without the others") {
  for (std::size_t i = 0; i < member_count; ++i) {
    const auto member = static_cast<Member>(i);
    CAPTURE(i);
    MediaAnalysisJob job = make_job("a");
    job.members.insert(member);
    if (member != Member::JobId && shape_of(member).type == MemberType::text) job.texts[i] = "x";
    JobStore store;
    store.put(make_job("before"));
    store.put(job);
    store.put(make_job("after"));
    std::string scratch;
    CHECK(store.job(1, scratch) == job);
    CHECK(store.job(0, scratch) == make_job("before"));
    CHECK(store.job(2, scratch) == make_job("after"));
  }
}

TEST_CASE("members are packed and unpacked without loss, in no more bytes than they need") {
  CHECK(sizeof(MemberSet::Packed) == (member_count <= 34 ? 4 : 8));
  MemberSet all;
  for (std::size_t i = 0; i < member_count; ++i) all.insert(static_cast<Member>(i));
  CHECK(MemberSet::unpack(all.pack()) == all);
  for (std::size_t i = 0; i < member_count; ++i) {
    MemberSet some;
    some.insert(Member::Job);
    some.insert(Member::JobId);
    some.insert(static_cast<Member>(i));
    CHECK(MemberSet::unpack(some.pack()) == some);
  }
  all.erase(Member::Results);
  CHECK(!all.contains(Member::ResultsName));
  CHECK(!all.contains(Member::Moderation));
  CHECK(all.contains(Member::ManifestSummary));
  CHECK(MemberSet::unpack(all.pack()) == all);
}

}  // namespace
}  // namespace rekognition_jobs
