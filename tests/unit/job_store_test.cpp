// The store: one row a job as it was seen, the current one found by its JobId.
#include "store/job_store.h"

#include <doctest/doctest.h>

#include <string>

#include "support.h"

namespace rekognition_jobs {
namespace {

MediaAnalysisJob make_job(std::string_view id, std::string_view name = {}) {
  MediaAnalysisJob job;
  job.members.insert(Member::Job);
  job.members.insert(Member::JobId);
  job.texts[index_of(Member::JobId)] = id;
  if (!name.empty()) {
    job.members.insert(Member::JobName);
    job.texts[index_of(Member::JobName)] = name;
  }
  return job;
}

TEST_CASE("a job seen again is replaced, or unchanged when equal") {
  std::string scratch;
  JobStore store;
  CHECK(store.put(make_job("a", "x")) == Stored::added);
  CHECK(store.put(make_job("a", "x")) == Stored::unchanged);
  CHECK(store.put(make_job("a", "y")) == Stored::updated);
  CHECK(store.put(make_job("a")) == Stored::updated);
  CHECK(store.size() == 1);
  CHECK(store.row_count() == 3);
  CHECK(store.find("a") == Row{2});
  CHECK(!store.find("b"));
  CHECK(store.current_rows().contains(2));
  CHECK(!store.current_rows().contains(0));
  CHECK(store.text(0, Member::JobName, scratch) == "x");
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

TEST_CASE("a compacted store has the current rows, in their order") {
  std::string scratch;
  const auto store = test::store_of(
      R"([{"JobId":"a","JobName":"1"},{"JobId":"b"},{"JobId":"a","JobName":"2"},{"JobId":"c","KmsKeyId":"k"},{"JobId":"b","Status":"X"}])");
  const auto compacted = store->compacted();
  CHECK(compacted->row_count() == 3);
  CHECK(compacted->size() == 3);
  CHECK(compacted->text(0, Member::JobId, scratch) == "a");
  CHECK(compacted->text(0, Member::JobName, scratch) == "2");
  CHECK(compacted->text(1, Member::KmsKeyId, scratch) == "k");
  CHECK(compacted->find("b") == Row{2});
}

TEST_CASE("members pack into 32 bits and back") {
  MemberSet all;
  for (std::size_t i = 0; i < member_count; ++i) all.insert(static_cast<Member>(i));
  CHECK(MemberSet::unpack(all.pack()) == all);
  all.erase(Member::Results);
  CHECK(!all.contains(Member::ResultsName));
  CHECK(!all.contains(Member::Moderation));
  CHECK(all.contains(Member::ManifestSummary));
  CHECK(MemberSet::unpack(all.pack()) == all);
}

}  // namespace
}  // namespace rekognition_jobs
