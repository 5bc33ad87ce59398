// Results files: what a line may be, what is told of one that is none, and where.
#include "results/reader.h"

#include <doctest/doctest.h>

#include <string>

#include "results_support.h"

namespace rekognition_jobs {
namespace {

using test::read_results;

constexpr const char* sample =
    R"({"source-ref":"s3://foo/bar/1.jpg", "detect-moderation-labels": {"ModerationLabels":[],"ModerationModelVersion":"7.0","ContentTypes":[{"Confidence":72.7257,"Name":"Animated"}]}})";

std::string only_image(const std::string& line) {
  const auto found = read_results(line);
  REQUIRE(found.rejected.empty());
  REQUIRE(found.images.size() == 1);
  return found.images.front();
}

std::string only_message(const std::string& source) {
  const auto found = read_results(source);
  REQUIRE(found.rejected.size() == 1);
  CHECK(found.images.empty());
  return found.rejected.front().message;
}

TEST_CASE("the service's own line") {
  CHECK(
      only_image(sample) ==
      R"({"source-ref":"s3://foo/bar/1.jpg","detect-moderation-labels":{"ModerationLabels":[],"ModerationModelVersion":"7.0","ContentTypes":[{"Name":"Animated","Confidence":72.7257}]}})");
}

TEST_CASE("members in any order, unknown ones left out, null ones dropped, and the last of two counts") {
  CHECK(
      only_image(
          R"({"x":[{"Name":"a"}],"detect-moderation-labels":{"ContentTypes":[],"y":{"ModerationLabels":[{}]},"ModerationLabels":[]},"source-ref":"a"})") ==
      R"({"source-ref":"a","detect-moderation-labels":{"ModerationLabels":[],"ContentTypes":[]}})");
  CHECK(
      only_image(
          R"({"detect-moderation-labels":{"ModerationLabels":[{"Name":"n","z":[1],"Confidence":null}],"ModerationModelVersion":null},"source-ref":"a"})") ==
      R"({"source-ref":"a","detect-moderation-labels":{"ModerationLabels":[{"Name":"n"}]}})");
  CHECK(
      only_image(
          R"({"source-ref":"a","detect-moderation-labels":{"ModerationLabels":[{"Name":"n"}]},"source-ref":"b","detect-moderation-labels":{"ContentTypes":[{"Name":"t"}]}})") ==
      R"({"source-ref":"b","detect-moderation-labels":{"ModerationLabels":[],"ContentTypes":[{"Name":"t"}]}})");
  CHECK(only_image(R"({"source-ref":"a","detect-moderation-labels":null})") == R"({"source-ref":"a"})");
}

TEST_CASE("an error, in whatever form") {
  const std::string expected = R"({"source-ref":"a","code":"C","message":"m"})";
  for (const char* members :
       {R"("code":"C","message":"m")", R"("Code":"C","Message":"m")", R"("error-code":"C","error-message":"m")",
        R"("errorCode":"C","errorMessage":"m")", R"("error":{"code":"C","message":"m"})",
        R"("errors":[{"code":"C","message":"m"},{"code":"D","message":"n"}])",
        R"("failure":{"Code":"C","Message":"m","x":[{}]})",
        R"("detect-moderation-labels":null,"error":{"cause":{"code":"no"},"message":"m","code":"C"})"}) {
    CAPTURE(std::string(members));
    CHECK(only_image(std::string(R"({"source-ref":"a",)") + members + "}") == expected);
  }
  CHECK(only_image(R"({"source-ref":"a","error":"m"})") == R"({"source-ref":"a","message":"m"})");
  CHECK(only_image(R"({"source-ref":"a","errors":["m","n"]})") == R"({"source-ref":"a","message":"m"})");
  CHECK(only_image(R"({"source-ref":"a","code":403})") == R"({"source-ref":"a","code":"403"})");
  CHECK(only_image(R"({"source-ref":"a","errors":[],"detect-moderation-labels":{"error":{"code":"C"}}})") ==
        R"({"source-ref":"a","detect-moderation-labels":{"ModerationLabels":[]},"code":"C"})");
}

TEST_CASE("bad lines are told by number, offset and reason, and the others are kept") {
  const std::string good = std::string(sample) + "\n";
  const std::string source =
      good + "\n  \r\n" + "{\"source-ref\":5}\n" + good + "nonsense\r\n" + "{\"a\":1}\n" + good +
      "{\"source-ref\":\"a\xFF\"}\n" + "[]\n" + "{\"source-ref\":\"\"}\n" +
      R"({"source-ref":"a","detect-moderation-labels":{"ModerationLabels":[{"Confidence":5}]}})" + "\n" +
      R"({"source-ref":"a","detect-moderation-labels":{"ModerationLabels":[5]}})" + "\n" +
      R"({"source-ref":"a","detect-moderation-labels":{"ModerationLabels":[{"Name":"n","Confidence":"9"}]}})" + "\n" +
      good + "{\"source-ref\":\"x";
  for (const std::size_t size : {std::size_t{1}, std::size_t{7}, std::size_t{100}, source.size()}) {
    CAPTURE(size);
    const auto found = read_results(source, size);
    CHECK(found.images.size() == 4);
    REQUIRE(found.rejected.size() == 10);
    const std::uint64_t lines[] = {4, 6, 7, 9, 10, 11, 12, 13, 14, 16};
    for (std::size_t i = 0; i < 10; ++i) CHECK(found.rejected[i].line == lines[i]);
    CHECK(found.rejected[0].offset == good.size() + 5);
    CHECK(found.rejected[0].message == "source-ref must be a string");
    CHECK(found.rejected[1].offset == source.find("nonsense") + 1);
    CHECK(found.rejected[2].message ==
          "neither an image's result (no source-ref) nor a manifest summary (no statistics)");
    CHECK(found.rejected[3].offset == source.find('\xFF'));
    CHECK(found.rejected[4].message == "a line must be an object");
    CHECK(found.rejected[5].message == "source-ref must not be empty");
    CHECK(found.rejected[6].message == "detect-moderation-labels.ModerationLabels.Name is missing");
    CHECK(found.rejected[7].message == "detect-moderation-labels.ModerationLabels must be an array of objects");
    CHECK(found.rejected[8].message == "detect-moderation-labels.ModerationLabels.Confidence must be a number");
    CHECK(found.rejected[9].message == "the last line is cut off");
    CHECK(found.rejected[9].offset == source.size());
  }
}

TEST_CASE("a file cut off anywhere") {
  const std::string line = sample;
  for (std::size_t size = 1; size < line.size(); ++size) {
    const auto found = read_results(line + "\n" + line.substr(0, size));
    CHECK(found.images.size() == 1);
    REQUIRE(found.rejected.size() == 1);
    CHECK(found.rejected[0].line == 2);
    CHECK(found.rejected[0].message == "the last line is cut off");
  }
  CHECK(read_results(line + "\n" + line).images.size() == 2);
  CHECK(only_message("{\"source-ref\":\"a\"}}").find("unexpected '}'") != std::string::npos);
  CHECK(only_message("{\"source-ref\":\"an unexpected") == "the last line is cut off");
}

TEST_CASE("lines are lines: an object does not go on in the next") {
  const auto found = read_results(std::string(sample) + "\n{\"source-ref\":\n\"a\"}\n" + sample + "\n");
  CHECK(found.images.size() == 2);
  CHECK(found.rejected.size() == 2);
}

TEST_CASE("empty sources, byte order marks, UTF-16") {
  CHECK(only_message("") == "the source is empty");
  CHECK(only_message("\n \r\n\n") == "the source is empty");
  CHECK(read_results(std::string("\xEF\xBB\xBF") + sample, 1).images.size() == 1);
  CHECK(read_results(std::string("\xEF\xBB\xBF\n\n") + sample, 2).images.size() == 1);
  CHECK(only_message(std::string("\xFF\xFE{\0\n\0{\0", 8)).find("UTF-16") != std::string::npos);
}

TEST_CASE("lines have a limit, before and behind which reading goes on") {
  const ResultsReader::Options options{.longest_line = 1000};
  const std::string good = std::string(sample) + "\n";
  const std::string fits = "{\"source-ref\":\"" + std::string(983, 'x') + "\"}\n";
  const std::string long_line = "{\"source-ref\":\"" + std::string(5000, 'x') + "\"}\n";
  for (const std::size_t size : {std::size_t{1}, std::size_t{64}, std::size_t{100'000}}) {
    CAPTURE(size);
    const auto found = read_results(good + fits + "{" + long_line + good, size, options);
    CHECK(found.images.size() == 3);
    REQUIRE(found.rejected.size() == 1);
    CHECK(found.rejected[0].line == 3);
    CHECK(found.rejected[0].message.find("a line is longer than") == 0);
  }
}

TEST_CASE("a listing of jobs is told as such, once, however it is laid out") {
  const std::string jobs = R"([{"JobId":"a","Status":"FAILED"},{"JobId":"b"}])";
  const std::string listing = R"({"MediaAnalysisJobs":)" + jobs + "}";
  const std::string pretty =
      "{\n  \"NextToken\": \"x}\",\n  \"MediaAnalysisJobs\": [\n    {\n      \"JobId\": \"a\"\n    }\n  ]\n}\n";
  for (const std::string& source : {listing, jobs, pretty, "[\n" + pretty + "]\n", std::string(R"({"JobId":"a"})")}) {
    CAPTURE(source);
    for (const std::size_t size : {std::size_t{1}, std::size_t{9}, std::size_t{1000}}) {
      const auto found = read_results(source, size);
      REQUIRE(found.rejected.size() == 1);
      CHECK(found.rejected[0].message == "this is a listing of jobs, not results");
      CHECK(found.rejected[0].line == 1);
      CHECK(found.rejected[0].offset == 0);
    }
  }
  CHECK(read_results(pretty + pretty).rejected.size() == 2);
  CHECK(read_results(pretty + pretty).rejected[1].line == 9);
  CHECK(read_results("{\"MediaAnalysisJobs\":[\"" + std::string(5000, 'x'), 64, {.longest_line = 1000})
            .rejected.at(0)
            .message == "this is a listing of jobs, not results");
}

TEST_CASE("an array over lines is told once") {
  const auto found = read_results("[\n" + std::string(sample) + ",\n" + sample + "\n]\n");
  CHECK(found.images.empty());
  REQUIRE(found.rejected.size() == 1);
  CHECK(found.rejected[0].message.find("results must have one image per line") == 0);
}

TEST_CASE("a manifest summary, in one line or over several, in either spelling") {
  const std::string expected =
      R"({"version":"1.0","statistics":{"total-json-lines":3,"valid-json-lines":2,"invalid-json-lines":1},"errors":[{"line-number":2,"source-ref":"s","code":"C","message":"m"},{"line-number":3}]})";
  for (const char* name : {"line-numer", "line-number"}) {
    for (const char* quote : {"", "\""}) {
      const std::string number = std::string(quote) + "3" + quote;
      const std::string summary = "{\"version\":\"1.0\",\n\"statistics\":{\"total-json-lines\":" + number +
                                  ",\"valid-json-lines\":2,\"invalid-json-lines\":1,\"x\":[]},\n\"errors\":[{\"" +
                                  name + "\":2,\"source-ref\":\"s\",\"code\":\"C\",\"message\":\"m\"},\n{\"" + name +
                                  "\":" + number + ",\"code\":null}],\"y\":{}\n}\n";
      for (const std::size_t size : {std::size_t{1}, std::size_t{50}, std::size_t{1000}}) {
        const auto found = read_results(summary, size);
        CHECK(found.rejected.empty());
        CHECK(found.images.empty());
        REQUIRE(found.summaries.size() == 1);
        CHECK(found.summaries.front() == expected);
      }
    }
  }
  CHECK(read_results(R"({"statistics":{}})").summaries.at(0) == R"({"statistics":{},"errors":[]})");
  CHECK(only_message("{\"statistics\":{\n\"total-json-lines\":") == "the document is cut off");
  CHECK(only_message("{\"statistics\":\n") != "the document is cut off");
}

TEST_CASE("the scan and the full parser read the same") {
  const std::string lines =
      std::string(sample) + "\n" +
      test::result_line("1", {test::label("A & B", "", 1, "98.12345886230469"), test::label("C", "A & B", 2, "5e1")},
                        R"(,"ModerationModelVersion":"7.0")") +
      test::result_line("2 \\u00e9\\ud83d\\ude00\\n", {test::label("\\\"q\\\"", "", 1, "0.1")}) +
      "{ \"source-ref\" : \"z\" }\t\r\n" + "{\"source-ref\":\"caf\xC3\xA9\"}\n" +
      R"({"source-ref":"a","detect-moderation-labels":{"ModerationLabels":[{}]}})" + "\n" +
      R"({"source-ref":"a","source-ref":"b"})" + "\n" +
      R"({"source-ref":"a","detect-moderation-labels":{"ModerationLabels":[{"Name":"a","Name":"b"}]}})" + "\n" +
      R"({"source-ref":"a","detect-moderation-labels":{"ModerationLabels":[{"Name":"a"},{"Confidence":01}]}})" + "\n" +
      R"({"source-ref":"a","detect-moderation-labels":{}})" + "\n" +
      R"({"detect-moderation-labels":{"ContentTypes":[{"Name":"t"},{"Name":"u","Confidence":1}],"ModerationLabels":[]},"source-ref":"a"})" +
      "\n";
  const std::string twice = lines + lines;
  const auto scanned = read_results(twice);
  const auto read = read_results(twice, 1 << 16, {.scans_plain_lines = false});
  CHECK(scanned.images == read.images);
  CHECK(scanned.images.size() == 18);
  REQUIRE(scanned.rejected.size() == read.rejected.size());
  for (std::size_t i = 0; i < read.rejected.size(); ++i) {
    CHECK(scanned.rejected[i].line == read.rejected[i].line);
    CHECK(scanned.rejected[i].offset == read.rejected[i].offset);
    CHECK(scanned.rejected[i].message == read.rejected[i].message);
  }
}

}  // namespace
}  // namespace rekognition_jobs
