// Writing jobs as JSON and CSV, and JSON's own strings and numbers.
#include "jobs/writer.h"

#include <doctest/doctest.h>

#include <string>

#include "json/json_writer.h"
#include "support.h"

namespace rekognition_jobs {
namespace {

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string json_number(double number) {
  std::string out;
  append_json_number(out, number);
  return out;
}

std::string csv_of(std::string_view job) {
  const auto store = test::store_of(job);
  REQUIRE(store->size() == 1);
  std::string out;
  std::string scratch;
  append_csv(out, store->job(0, scratch));
  return out;
}

TEST_CASE("strings are escaped no more than they must be") {
  CHECK(json_string("a/b \xC3\xA9 \x7F") == "\"a/b \xC3\xA9 \x7F\"");
  CHECK(json_string("\"\\\b\f\n\r\t") == R"("\"\\\b\f\n\r\t")");
  CHECK(json_string(std::string_view("\0\x1f", 2)) == R"("\u0000\u001f")");
  CHECK(json_string("") == "\"\"");
}

TEST_CASE("numbers are the shortest that read back the same") {
  CHECK(json_number(50) == "50");
  CHECK(json_number(72.7257) == "72.7257");
  CHECK(json_number(0.1) == "0.1");
  CHECK(json_number(33.29999923706055) == "33.29999923706055");
  CHECK(json_number(1e22) == "1e+22");
  CHECK(json_number(-0.5) == "-0.5");
  CHECK(json_number(-0.0) == "-0");
}

TEST_CASE("a CSV record has its columns in their order") {
  std::string header;
  append_csv_header(header);
  CHECK(header ==
        "JobId,JobName,Status,FailureCode,FailureMessage,CreationTimestamp,CompletionTimestamp,DurationSeconds,"
        "MinConfidence,"
        "ProjectVersion,Model,InputBucket,InputKey,InputVersion,OutputBucket,OutputPrefix,KmsKeyId,ResultsBucket,"
        "ResultsKey,"
        "SummaryBucket,SummaryKey\r\n");
  CHECK(
      csv_of(R"({"JobId":"id","JobName":"name","Status":"FAILED","FailureDetails":{"Code":"THROTTLED","Message":"slow"},
    "CreationTimestamp":1,"CompletionTimestamp":91.5,"OperationsConfig":{"DetectModerationLabels":{"MinConfidence":50.5,
    "ProjectVersion":"arn"}},"Input":{"S3Object":{"Bucket":"b","Name":"k","Version":"v"}},"OutputConfig":{"S3Bucket":"ob",
    "S3KeyPrefix":"p"},"KmsKeyId":"kms","Results":{"S3Object":{"Bucket":"rb","Name":"rk"},"ModelVersions":{"Moderation":"7.0"}},
    "ManifestSummary":{"S3Object":{"Bucket":"sb","Name":"sk"}}})") ==
      "id,name,FAILED,THROTTLED,slow,1970-01-01T00:00:01.000Z,1970-01-01T00:01:31.500Z,90.5,50.5,arn,7.0,b,k,v,ob,p,"
      "kms,rb,"
      "rk,sb,sk\r\n");
  CHECK(csv_of(R"({"JobId":"id"})") == "id,,,,,,,,,,,,,,,,,,,,\r\n");
}

TEST_CASE("a negative number is a number in CSV, also where the timestamps' signs make their cells text") {
  const std::string numbers = csv_of(
      R"({"JobId":"-12","CreationTimestamp":100,"CompletionTimestamp":9.5,
    "OperationsConfig":{"DetectModerationLabels":{"MinConfidence":-1.5e3}}})");
  CHECK(numbers == "'-12,,,,,1970-01-01T00:01:40.000Z,1970-01-01T00:00:09.500Z,-90.5,-1500,,,,,,,,,,,,\r\n");
  CHECK(csv_of(R"({"JobId":"a","OperationsConfig":{"DetectModerationLabels":{"MinConfidence":-0}}})") ==
        "a,,,,,,,,-0,,,,,,,,,,,,\r\n");
  CHECK(csv_of(R"({"JobId":"a","CreationTimestamp":"-000001-01-01T00:00:00Z"})") ==
        "a,,,,,'-000001-01-01T00:00:00.000Z,,,,,,,,,,,,,,,\r\n");
}

TEST_CASE("CSV cells are quoted where RFC 4180 asks for it, and never a formula") {
  CHECK(csv_of(R"({"JobId":"a,b","JobName":"say \"x\"","Status":"two\nlines"})")
            .rfind("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",", 0) == 0);
  for (const char* formula : {"=1+1", "+1", "-1", "@x"}) {
    CHECK(csv_of(std::string(R"({"JobId":")") + formula + "\"}").rfind(std::string("'") + formula + ",", 0) == 0);
  }
  CHECK(csv_of(R"({"JobId":"\tx"})").rfind("'\tx,", 0) == 0);
  CHECK(csv_of(R"({"JobId":"\rx"})").rfind("\"'\rx\",", 0) == 0);
  CHECK(csv_of(R"({"JobId":"=\"a\",b"})").rfind("\"'=\"\"a\"\",b\",", 0) == 0);
}

}  // namespace
}  // namespace rekognition_jobs
