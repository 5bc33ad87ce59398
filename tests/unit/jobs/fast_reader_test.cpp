// The scan of plain jobs: what it takes is what the full reader reads, and it declines the rest.
#include "jobs/fast_reader.h"

#include <doctest/doctest.h>

#include <string>

#include "jobs/writer.h"
#include "support.h"

namespace rekognition_jobs {
namespace {

bool is_taken(const std::string& text) {
  FastJobReader reader;
  MediaAnalysisJob job;
  return reader.read(text, job).has_value();
}

TEST_CASE("a plain job is taken up to its end, and reads as the full reader reads it") {
  for (
      const char* members :
      {R"("JobId":"a")", R"( "JobName" : "n" , "JobId" : "a" )",
       R"("JobId":"a","Input":{"S3Object":{"Bucket":"b","Name":"k"}},"Results":{})",
       R"("JobId":"a","CreationTimestamp":1690556751.958,"CompletionTimestamp":"2023-07-28T08:05:51.958000-07:00")",
       R"("JobId":"a","CreationTimestamp":1690556751.9585,"CompletionTimestamp":0.0005)",
       R"("JobId":"a","OperationsConfig":{"DetectModerationLabels":{"MinConfidence":33.29999923706055}})",
       R"("JobId":"a","OperationsConfig":{"DetectModerationLabels":{"MinConfidence":72.72570037841797}})",
       R"("JobId":"a","OperationsConfig":{"DetectModerationLabels":{"MinConfidence":0.123456789012345678}})",
       R"("JobId":"a","OperationsConfig":{"DetectModerationLabels":{"MinConfidence":9007199254740993}})",
       R"("JobId":"a","JobName":"\u00e9\ud83d\ude00 \"\\\/\b\f\n\r\t","Status":"a long one, escaped \u0041t the end\n")",
       "\"JobId\":\"a\",\"JobName\":\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80 in a text of some length\"",
       R"("JobId":"a","JobName":"","Status":"a status of some length, to go through several words")"}) {
    const std::string text = std::string("{") + members + "}";
    CAPTURE(text);
    FastJobReader reader;
    MediaAnalysisJob job;
    const std::string followed = text + ",{";
    CHECK(reader.read(followed, job) == text.size());
    std::string taken;
    append_json(taken, job);
    const auto fully = test::read_text(std::string("{\"Unknown\":0,") + members + "}");
    REQUIRE(fully.jobs.size() == 1);
    CHECK(taken == fully.jobs[0]);
  }
}

TEST_CASE("what stands between values is learnt, and what is written otherwise is read all the same") {
  FastJobReader reader;
  MediaAnalysisJob job;
  for (int round = 0; round < 3; ++round) {
    for (const char* text :
         {R"({"JobId":"a","JobName":"n","Input":{"S3Object":{"Bucket":"b"}}})", R"({"JobId":"a"})",
          R"({"JobId":"a","Input":{"S3Object":{"Bucket":"b","Name":"k"}},"JobName":"n"})",
          R"({ "JobId": "a", "CreationTimestamp": 5, "JobName": "n" })",
          R"({"JobId":"a","CreationTimestamp":5,"CompletionTimestamp":  6})", R"({"JobName":"n","JobId":"a"})",
          R"({"Input":{},"JobId":"a"})", "{\n  \"JobId\": \"a\",\n  \"Status\": \"FAILED\"\n}",
          R"({"Status":"FAILED","JobId":"a"})"}) {
      CAPTURE(std::string(text));
      REQUIRE(reader.read(text, job) == std::string_view(text).size());
      std::string taken;
      append_json(taken, job);
      CHECK(taken == test::read_text(std::string("[") + text + ",0]").jobs[0]);
      for (std::size_t size = 0; size < std::string_view(text).size(); ++size) {
        CHECK(!reader.read(std::string_view(text).substr(0, size), job));
      }
    }
    CHECK(!reader.read(R"({"JobId":"a","JobName":"n","JobId":"b"})", job));
    CHECK(!reader.read(R"({"JobId":"a","Input":{"S3Object":{"Bucket":"b"}},"Input":{}})", job));
  }
}

TEST_CASE("anything else is declined") {
  for (const char* text : {"",
                           "{",
                           "{}",
                           "[]",
                           R"({"JobId":"a")",
                           R"({"JobId":"a",})",
                           R"({"JobId":""})",
                           R"({"JobName":"a"})",
                           R"({"JobId":"a\x"})",
                           R"({"JobId":"a\u12"})",
                           R"({"JobId":"a\ud800"})",
                           R"({"JobId":"a\udc00\ud800"})",
                           R"({"JobId":"a\ud800\u0041"})",
                           "{\"JobId\":\"a\xC3\"}",
                           "{\"JobId\":\"a\xC0\xAF\"}",
                           "{\"JobId\":\"a\xED\xA0\x80\"}",
                           "{\"JobId\":\"a\xF4\x90\x80\x80\"}",
                           "{\"JobId\":\"a\tb\"}",
                           R"({"JobId":null})",
                           R"({"JobId":5})",
                           R"({"JobId":"a","Other":1})",
                           R"({"JobId":"a","JobId":"b"})",
                           R"({"JobId":"a","Input":{},"Input":{}})",
                           R"({"JobId":"a","Status":{}})",
                           R"({"JobId":"a" "Status":"b"})",
                           R"({"JobId":"a","CreationTimestamp":01})",
                           R"({"JobId":"a","CreationTimestamp":1.})",
                           R"({"JobId":"a","CreationTimestamp":.5})",
                           R"({"JobId":"a","CreationTimestamp":-1})",
                           R"({"JobId":"a","CreationTimestamp":1e3})",
                           R"({"JobId":"a","CreationTimestamp":"soon"})",
                           R"({"JobId":"a","CreationTimestamp":99999999999999999999})",
                           R"({"JobId":"a","MediaAnalysisJobs":[]})",
                           R"({"MediaAnalysisJobs":[]})"}) {
    CAPTURE(text);
    CHECK(!is_taken(text));
  }
}

TEST_CASE("a special character is seen wherever it stands in a word") {
  for (std::size_t place = 0; place < 24; ++place) {
    for (const char special : {'\\', '\x1f', '\x00', '\x80', '\xff'}) {
      std::string name(24, 'x');
      name[place] = special;
      CHECK(!is_taken("{\"JobId\":\"" + name + "\"}"));
    }
    std::string name(24, 'x');
    name[place] = ' ';
    CHECK(is_taken("{\"JobId\":\"" + name + "\"}"));
    CHECK(is_taken("{\"JobId\":\"" + name.substr(0, place + 1) + "\"}"));
  }
}

}  // namespace
}  // namespace rekognition_jobs
