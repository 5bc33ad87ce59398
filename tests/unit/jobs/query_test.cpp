// Queries: what matches, in which order, and what is counted.
#include "jobs/query.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "support.h"

namespace rekognition_jobs {
namespace {

const Timestamp now = 1'795'512'600'000;  // 2026-11-24T09:30:00Z

const char* const account = R"([
  {"JobId":"a1","JobName":"Promo-0412","Status":"FAILED","FailureDetails":{"Code":"ACCESS_DENIED","Message":"No access to bucket"},
   "CreationTimestamp":"2026-11-24T08:00:00Z","CompletionTimestamp":"2026-11-24T08:01:30Z",
   "Input":{"S3Object":{"Bucket":"in-bucket","Name":"ads/one.jsonl"}},"OutputConfig":{"S3Bucket":"out"},
   "OperationsConfig":{"DetectModerationLabels":{"MinConfidence":50}}},
  {"JobId":"b2","JobName":"nightly*x","Status":"SUCCEEDED","CreationTimestamp":"2026-11-23T23:59:59.999Z",
   "CompletionTimestamp":"2026-11-24T01:59:59.999Z","Input":{"S3Object":{"Bucket":"in-bucket","Name":"ugc/two.jsonl"}},
   "OutputConfig":{"S3Bucket":"out","S3KeyPrefix":"done/x"},"KmsKeyId":"alias/Key",
   "OperationsConfig":{"DetectModerationLabels":{"MinConfidence":72.5,"ProjectVersion":"arn:aws:rekognition:p"}},
   "Results":{"S3Object":{"Bucket":"out","Name":"done/x/r.jsonl"},"ModelVersions":{"Moderation":"7.0"}},
   "ManifestSummary":{"S3Object":{"Bucket":"out","Name":"done/x/s.json"}}},
  {"JobId":"c3","Status":"IN_PROGRESS","CreationTimestamp":"2026-10-31T00:00:00Z","Input":{"S3Object":{"Version":"v"}}},
  {"JobId":"d4","Status":"PAUSED-NOW","FailureDetails":{}},
  {"JobId":"e5","JobName":"promo-0412","CreationTimestamp":"2026-11-24T08:00:00Z","Status":"SUCCEEDED"}
])";

/// The JobIds that a query finds, or its error's place.
std::string found(const std::string& text, const std::string& sort = "",
                  std::shared_ptr<JobStore> store = test::store_of(account)) {
  JobIndex jobs{.store = store};
  const auto key = parse_sort_key(sort);
  REQUIRE(key);
  auto answer = query_jobs(jobs, text, *key, now);
  if (const auto* error = std::get_if<QueryError>(&answer)) {
    return "error " + std::to_string(error->range.begin) + "-" + std::to_string(error->range.end);
  }
  JobView& view = std::get<JobView>(answer);
  std::string ids;
  std::string scratch;
  for (const Row row : view.rows(0, view.size()))
    ids.append(ids.empty() ? "" : " ").append(store->text(row, Member::JobId, scratch));
  return ids;
}

TEST_CASE("without a query or a sort: all, newest first, then by JobId, undated ones last") {
  CHECK(found("") == "a1 e5 b2 c3 d4");
}

TEST_CASE("jobs of one time stand by JobId, in whichever order they arrive") {
  const auto of = [](std::initializer_list<const char*> ids) {
    std::string listing;
    for (const std::string id : ids) {
      const std::string time = id < "m" ? R"(","CreationTimestamp":)" + std::to_string(20 - (id[0] - 'a') / 3) : R"(")";
      listing.append(R"({"JobId":")").append(id).append(time).append("}");
    }
    return test::store_of(listing);
  };
  CHECK(found("", "", of({"c", "b", "a", "f", "e", "d"})) == "a b c d e f");
  CHECK(found("", "", of({"a", "b", "c", "e", "d"})) == "a b c d e");
  CHECK(found("", "", of({"b", "a"})) == "a b");
  CHECK(found("", "-created", of({"b", "a", "e", "d"})) == "a b d e");
  CHECK(found("", "created", of({"b", "a", "e", "d"})) == "d e a b");
  CHECK(found("", "", of({"a", "z", "y", "x"})) == "a x y z");
}

TEST_CASE("words are looked for in names, ids, URIs and messages") {
  CHECK(found("PROMO") == "a1 e5");
  CHECK(found("b2") == "b2");
  CHECK(found("s3://in-bucket/ads") == "a1");
  CHECK(found("s3://out/") == "a1 b2");
  CHECK(found("\"access to\"") == "a1");
  CHECK(found("bucket/done") == "");
  CHECK(found("alias") == "");
  CHECK(found("*") == "b2");
  CHECK(found("promo -e5") == "a1");
  CHECK(found("promo nightly OR c3") == "c3");
}

TEST_CASE("values are compared whole, and must be known") {
  CHECK(found("status:failed") == "a1");
  CHECK(found("status:in-progress,FAILED") == "a1 c3");
  CHECK(found("status:paused_now") == "d4");
  CHECK(found("-status:succeeded") == "a1 c3 d4");
  CHECK(found("status:fail") == "error 7-11");
  CHECK(found("code:access-denied") == "a1");
  CHECK(found("code:throttled") == "");
  CHECK(found("code:nope") == "error 5-9");
  CHECK(found("model:7.0") == "b2");
  CHECK(found("model:8") == "");
  CHECK(found("code:\"\"") == "error 5-7");
}

TEST_CASE("text is a substring, a pattern, or exact") {
  CHECK(found("name:promo") == "a1 e5");
  CHECK(found("name:=promo") == "");
  CHECK(found("name:=promo-0412") == "a1 e5");
  CHECK(found("name:p*2") == "a1 e5");
  CHECK(found("name:p*1") == "");
  CHECK(found("name:*04*") == "a1 e5");
  CHECK(found("name:*") == "a1 e5 b2");
  CHECK(found("-name:*") == "c3 d4");
  CHECK(found("name:\"y*x\"") == "b2");
  CHECK(found("name:\"\"") == "a1 e5 b2");
  CHECK(found("name:=nightly*x") == "b2");
  CHECK(found("id:3,4") == "c3 d4");
  CHECK(found("message:ACCESS") == "a1");
  CHECK(found("kms:key") == "b2");
  CHECK(found("project:arn:*:p") == "b2");
  CHECK(found("input:*/ads/*") == "a1");
  CHECK(found("input:=s3://in-bucket/ads/one.jsonl") == "a1");
  CHECK(found("output:=s3://out/") == "a1");
  CHECK(found("output:s3://out") == "a1 b2");
  CHECK(found("results:r.jsonl") == "b2");
  CHECK(found("summary:*") == "b2");
}

TEST_CASE("numbers are compared or lie in ranges") {
  CHECK(found("confidence:50") == "a1");
  CHECK(found("confidence:>50") == "b2");
  CHECK(found("confidence:>=50") == "a1 b2");
  CHECK(found("confidence:<72.5") == "a1");
  CHECK(found("confidence:<=72.5") == "a1 b2");
  CHECK(found("confidence:50..72.5") == "a1 b2");
  CHECK(found("confidence:60..") == "b2");
  CHECK(found("confidence:..60") == "a1");
  CHECK(found("confidence:1,72.5") == "b2");
  CHECK(found("-confidence:>0") == "e5 c3 d4");
  for (const char* bad :
       {"confidence:..", "confidence:x", "confidence:>", "confidence:1e3", "confidence:50%", "confidence:>=50..60",
        "confidence:0x10", "confidence:inf", "confidence:nan", "confidence:5."}) {
    CAPTURE(bad);
    CHECK(found(bad).rfind("error 11-", 0) == 0);
  }
}

TEST_CASE("dates name their whole interval") {
  CHECK(found("created:2026-11-24") == "a1 e5");
  CHECK(found("created:2026-11") == "a1 e5 b2");
  CHECK(found("created:>2026-10") == "a1 e5 b2");
  CHECK(found("created:>=2026-11-24") == "a1 e5");
  CHECK(found("created:<2026-11-24") == "b2 c3");
  CHECK(found("created:<=2026-11-23") == "b2 c3");
  CHECK(found("created:2026-10..2026-11-23") == "b2 c3");
  CHECK(found("created:2026-11-24T08:00Z") == "a1 e5");
  CHECK(found("created:2026-11-24T09:00+01:00") == "a1 e5");
  CHECK(found("created:>2026-11-24T08:00") == "");
  CHECK(found("created:>=2026-11-24T08:00") == "a1 e5");
  CHECK(found("created:now-2h..") == "a1 e5");
  CHECK(found("created:>now-90m") == "");
  CHECK(found("created:>=now-90m") == "a1 e5");
  CHECK(found("created:today") == "a1 e5");
  CHECK(found("created:<today") == "b2 c3");
  CHECK(found("created:..now") == "a1 e5 b2 c3");
  CHECK(found("completed:2026-11-24") == "a1 b2");
  CHECK(found("-completed:2026") == "e5 c3 d4");
  for (const char* bad :
       {"created:2026-02-30", "created:2026-13", "created:yesterday", "created:now-7", "created:now7d", "created:26",
        "created:2026-11-24T25:00", "created:=2026", "created:now--1d"}) {
    CAPTURE(bad);
    CHECK(found(bad) == "error 8-" + std::to_string(std::string_view(bad).size()));
  }
}

TEST_CASE("durations have units") {
  CHECK(found("duration:90s") == "a1");
  CHECK(found("duration:1m30s") == "a1");
  CHECK(found("duration:1.5m") == "a1");
  CHECK(found("duration:90.0001s") == "a1");
  CHECK(found("duration:>90s") == "b2");
  CHECK(found("duration:<=15m") == "a1");
  CHECK(found("duration:1h..2h") == "b2");
  CHECK(found("duration:<1W") == "a1 b2");
  CHECK(found("duration:90") == "error 9-11");
  CHECK(found("duration:s") == "error 9-10");
}

TEST_CASE("presence is asked for by has and no") {
  CHECK(found("has:name") == "a1 e5 b2");
  CHECK(found("no:name") == "c3 d4");
  CHECK(found("-has:name") == "c3 d4");
  CHECK(found("has:failure") == "a1 d4");
  CHECK(found("has:code") == "a1");
  CHECK(found("has:kms,code") == "a1 b2");
  CHECK(found("no:completed") == "e5 c3 d4");
  CHECK(found("has:version") == "c3");
  CHECK(found("has:prefix,results,summary,model,project") == "b2");
  CHECK(found("has:nothing") == "error 4-11");
}

TEST_CASE("the region is that of a project version's ARN, or else of a key's") {
  const auto store = test::store_of(R"([
    {"JobId":"a","KmsKeyId":"arn:aws:kms:us-west-2:111122223333:key/1","OperationsConfig":{"DetectModerationLabels":
      {"ProjectVersion":"arn:aws:rekognition:us-east-1:111122223333:project/p/version/1/2"}}},
    {"JobId":"b","KmsKeyId":"arn:aws-cn:kms:cn-north-1:111122223333:key/1"},
    {"JobId":"c","KmsKeyId":"arn:aws:kms:us-east-1:111122223333:alias/eu","OperationsConfig":
      {"DetectModerationLabels":{"ProjectVersion":"us-west-2"}}},
    {"JobId":"d","KmsKeyId":"alias:us:west-2:x:y"},
    {"JobId":"e","KmsKeyId":"arn:aws:kms:us-east-1"},
    {"JobId":"f","KmsKeyId":"arn:aws:kms::111122223333:key/1"},
    {"JobId":"g","KmsKeyId":""},
    {"JobId":"h"}])");
  const auto is_found = [&](const char* text, const char* sort, const char* ids) {
    CAPTURE(text);
    CHECK(found(text, sort, store) == ids);
  };
  is_found("region:US-EAST", "", "a c");
  is_found("region:*-north-*,us-west-2", "", "b");
  is_found("region:=us-east-1", "", "a c");
  is_found("region:=us-east", "", "");
  is_found("region:*", "", "a b c");
  is_found("region:\"\"", "", "a b c");
  is_found("-region:us-east-1", "", "b d e f g h");
  is_found("", "region", "b a c d e f g h");
  is_found("", "-region", "a c b d e f g h");

  JobIndex jobs{.store = store};
  const auto answer = query_jobs(jobs, "", {}, now);
  const std::vector<ValueCount> facets = std::get<JobView>(answer).facets(*find_field("region")).value();
  REQUIRE(facets.size() == 2);
  CHECK(facets[0].value == "us-east-1");
  CHECK(facets[0].count == 2);
  CHECK(facets[1].value == "cn-north-1");
}

TEST_CASE("the version is that of the input's object, and no other's") {
  const auto store = test::store_of(R"([
    {"JobId":"a","Input":{"S3Object":{"Bucket":"b","Name":"m","Version":"3sL4.kqt"}}},
    {"JobId":"b","Input":{"S3Object":{"Bucket":"b","Name":"m","Version":"null"}}},
    {"JobId":"c","Input":{"S3Object":{"Bucket":"b","Name":"3sL4"}},
      "Results":{"S3Object":{"Bucket":"b","Name":"r","Version":"3sL4.kqt"}}}])");
  CHECK(found("version:3SL4", "", store) == "a");
  CHECK(found("version:*.kqt,=null", "", store) == "a b");
  CHECK(found("version:=3sL4", "", store).empty());
  CHECK(found("version:*", "", store) == "a b");
  CHECK(found("-version:3sL4", "", store) == "b c");
  CHECK(found("", "version", store) == "a b c");
  CHECK(found("", "-version", store) == "b a c");
}

TEST_CASE("sorting puts missing last either way and keeps the default order among ties") {
  CHECK(found("", "name") == "a1 b2 e5 c3 d4");
  CHECK(found("", "-name") == "e5 b2 a1 c3 d4");
  CHECK(found("", "created") == "c3 b2 a1 e5 d4");
  CHECK(found("", "-CreationTimestamp") == "a1 e5 b2 c3 d4");
  CHECK(found("", "status") == "a1 c3 d4 e5 b2");
  CHECK(found("", "-status") == "e5 b2 d4 c3 a1");
  CHECK(found("", "confidence") == "a1 b2 e5 c3 d4");
  CHECK(found("", "-duration") == "b2 a1 e5 c3 d4");
  CHECK(found("", "Input") == "a1 b2 e5 c3 d4");
  CHECK(found("", "-output") == "b2 a1 e5 c3 d4");
  CHECK(!parse_sort_key("-"));
  CHECK(!parse_sort_key("nope"));
  CHECK(!parse_sort_key("has"));
}

TEST_CASE("replaced jobs are found by what they are now") {
  const auto store = test::store_of(std::string(account) + R"({"JobId":"a1","Status":"SUCCEEDED"})");
  CHECK(found("a1", "", store) == "a1");
  CHECK(found("status:failed", "", store) == "");
  CHECK(found("", "", store) == "e5 b2 c3 a1 d4");
}

TEST_CASE("facets count values, most first") {
  JobIndex jobs{.store = test::store_of(account)};
  const auto answer = query_jobs(jobs, "", {}, now);
  const JobView& view = std::get<JobView>(answer);
  const auto counted = [&](const char* field) {
    std::string text;
    const auto facets = view.facets(*find_field_or_member(field));
    for (const ValueCount& facet : facets.value()) {
      text.append(facet.value).append("=").append(std::to_string(facet.count)).append(" ");
    }
    return text;
  };
  CHECK(counted("Status") == "SUCCEEDED=2 FAILED=1 IN_PROGRESS=1 PAUSED-NOW=1 ");
  CHECK(counted("code") == "ACCESS_DENIED=1 ");
  CHECK(counted("name") == "Promo-0412=1 nightly*x=1 promo-0412=1 ");
  CHECK(counted("confidence") == "50=1 72.5=1 ");
  CHECK(counted("created") == "2026-11-24T08:00:00.000Z=2 2026-10-31T00:00:00.000Z=1 2026-11-23T23:59:59.999Z=1 ");
  CHECK(counted("duration") == "7200s=1 90s=1 ");
  CHECK(counted("output") == "s3://out/=1 s3://out/done/x=1 ");
}

TEST_CASE("histograms spread values over equal buckets, the last with its end") {
  JobIndex jobs{
      .store = test::store_of(
          R"([{"JobId":"a","CreationTimestamp":0,"Status":"X"},{"JobId":"b","CreationTimestamp":5,"Status":"Y"},
          {"JobId":"c","CreationTimestamp":10,"Status":"X"},{"JobId":"d"}])")};
  const auto view_of = [&](const char* text) { return std::get<JobView>(query_jobs(jobs, text, {}, now)); };
  const auto buckets = view_of("").histogram(*find_field("created"), 2).value();
  REQUIRE(buckets.size() == 2);
  CHECK(buckets[0].from == 0);
  CHECK(buckets[0].to == 5'000);
  CHECK(buckets[0].count == 1);
  CHECK(buckets[1].to == 10'000);
  CHECK(buckets[1].count == 2);
  CHECK(buckets[1].by_group.size() == 2);
  CHECK(view_of("id:d").histogram(*find_field("created"), 4).value().empty());
  const auto single = view_of("id:b").histogram(*find_field("created"), 3).value();
  REQUIRE(single.size() == 3);
  CHECK(single[0].count == 1);
  CHECK(single[0].from == 5'000);
  for (std::size_t count = 1; count < 40; ++count) {
    std::size_t sum = 0;
    const auto histogram = view_of("").histogram(*find_field("created"), count);
    for (const StatusBucket& bucket : histogram.value()) sum += bucket.count;
    CHECK(sum == 3);
  }
}

TEST_CASE("a job's place is told in the view's own order, as it was when the view was made") {
  const auto store = test::store_of(account);
  JobIndex jobs{.store = store};
  const auto view_of = [&](const char* text, const char* sort) {
    return std::get<JobView>(query_jobs(jobs, text, *parse_sort_key(sort), now));
  };
  JobView all = view_of("", "");
  JobView named = view_of("has:name", "-name");
  test::StoringSink sink(*store);
  JobReader reader(sink);
  test::read_all(reader, R"([{"JobId":"b2","JobName":"zzz"}])");
  for (JobView* view : {&all, &named}) {
    std::string scratch;
    for (std::size_t index = 0; index < view->size(); ++index) {
      CHECK(view->index_of(store->text(view->rows(index, 1).front(), Member::JobId, scratch)) == index);
    }
  }
  CHECK(named.size() == 3);
  CHECK(named.index_of("c3") == std::nullopt);
  CHECK(all.index_of("nobody") == std::nullopt);
  CHECK(view_of("zzz", "").index_of("b2") == 0);
  CHECK(view_of("-zzz", "").index_of("b2") == std::nullopt);
}

TEST_CASE("exports are whole, in whatever parts they are made") {
  JobIndex jobs{.store = test::store_of(R"([{"JobId":"a"},{"JobId":"b"},{"JobId":"c"}])")};
  const auto export_of = [&](const char* text, ExportFormat format, std::size_t part) {
    JobView view = std::get<JobView>(query_jobs(jobs, text, {}, now));
    std::string out;
    std::size_t first = 0;
    do {
      view.append_part(out, format, first, part);
      first += part;
    } while (first < view.size());
    return out;
  };
  for (const std::size_t part : {1, 2, 3, 10}) {
    CHECK(export_of("", ExportFormat::json, part) ==
          R"({"MediaAnalysisJobs":[{"JobId":"a"},{"JobId":"b"},{"JobId":"c"}]})");
    CHECK(export_of("", ExportFormat::ndjson, part) == "{\"JobId\":\"a\"}\n{\"JobId\":\"b\"}\n{\"JobId\":\"c\"}\n");
    CHECK(export_of("zzz", ExportFormat::json, part) == R"({"MediaAnalysisJobs":[]})");
    CHECK(export_of("zzz", ExportFormat::csv, part).find("SummaryKey\r\n") != std::string::npos);
  }
}

}  // namespace
}  // namespace rekognition_jobs
