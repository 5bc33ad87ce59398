// Jobs in the forms that programs save: what is read of each, in chunks of any size, and with a byte damaged anywhere.
#include "formats/format_reader.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "formats/source_kind.h"
#include "support.h"

namespace rekognition_jobs::formats {
namespace {

struct Outcome {
  std::string jobs;
  std::string format;
  std::uint64_t rejected = 0;
  std::vector<std::string> notices;
  std::string token;
  bool operator==(const Outcome&) const = default;
};

Outcome read(std::string_view source, std::size_t chunk_size = 1 << 20, RecordKind kind = RecordKind::jobs) {
  FormatReader reader({.kind = kind});
  Outcome outcome;
  for (std::size_t at = 0; at < source.size(); at += chunk_size) {
    reader.read(source.substr(at, chunk_size));
    outcome.jobs += reader.take_lines();
  }
  reader.finish();
  outcome.jobs += reader.take_lines();
  outcome.format = reader.format();
  outcome.rejected = reader.rejections().count();
  for (const Notice& notice : reader.notices().all()) {
    outcome.notices.push_back(std::string(code_name(notice.code)) + " " + std::to_string(notice.count));
  }
  outcome.token = reader.next_token().value_or("");
  return outcome;
}

constexpr std::string_view job_a = "{\"JobId\":\"a\",\"Status\":\"FAILED\",\"CreationTimestamp\":1690538700.123}\n";
constexpr std::string_view job_b =
    "{\"JobId\":\"b\",\"OperationsConfig\":{\"DetectModerationLabels\":{\"MinConfidence\":50}}}\n";

struct Form {
  std::string_view source;
  std::string_view format;
};

/// All of them are job_a.
const std::vector<Form> forms{
    {R"({"MediaAnalysisJobs":[{"JobId":"a","Status":"FAILED","CreationTimestamp":1690538700.123}]})", "API JSON"},
    {"[{\"job_id\":\"a\",\"status\":\"FAILED\",\"creation_timestamp\":1690538700123}]", "JSON array"},
    {R"({"Item":{"JobId":{"S":"a"},"Status":{"S":"FAILED"},"CreationTimestamp":{"N":"1690538700.123"}}})", "JSON"},
    {R"({"statusCode":200,"body":"{\"JobId\":\"a\",\"Status\":\"FAILED\",\"CreationTimestamp\":1690538700.123}"})",
     "JSON"},
    {R"("[{\"JobId\":\"a\",\"Status\":\"FAILED\",\"CreationTimestamp\":1690538700.123}]")", "JSON"},
    {"INFO 12:00 "
     "{\"JobId\":[\"a\"],\"Status\":{\"Value\":\"FAILED\"},\"CreationTimestamp\":\"/Date(1690538700123)/\"}\n",
     "JSON"},
    {"// a comment\n{\"JobId\":\"a\",\"Status\":\"FAILED\",\"CreationTimestamp\":\"2023-07-28 10:05:00.123 UTC\",}",
     "JSON"},
    {"JobId;Status;CreationTimestamp\r\n\"a\";FAILED;2023-07-28T10:05:00.123Z\r\n", "CSV"},
    {"{\"cells\":[{\"text\":[\"{\\\"JobId\\\":\\\"a\\\",\\n\",\"\\\"Status\\\":\\\"FAILED\\\","
     "\\\"CreationTimestamp\\\":1690538700.123}\"]}]}",
     "JSON"},
    {"\x1B[1m{\x1B[0m\"JobId\": \x1B[32m\"a\"\x1B[0m, \"Status\": \"FAILED\", \"CreationTimestamp\": 1690538700.123}",
     "JSON"},
};

TEST_CASE("forms of saved files are read as the jobs that they hold") {
  for (const Form& form : forms) {
    CAPTURE(form.source);
    const Outcome whole = read(form.source);
    CHECK(whole.jobs == job_a);
    CHECK(whole.rejected == 0);
    CHECK(whole.format.substr(0, form.format.size()) == form.format);
    for (const std::size_t size : {1U, 2U, 3U, 7U, 64U}) CHECK(read(form.source, size) == whole);
  }
}

TEST_CASE("the same in UTF-16, with and without a mark") {
  for (const Form& form : forms) {
    for (const bool is_big : {false, true}) {
      for (const bool has_mark : {false, true}) {
        const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
        if (!std::all_of(form.source.begin(), form.source.end(), is_ascii) || form.source.front() == '\x1B') continue;
        std::string wide = has_mark ? (is_big ? "\xFE\xFF" : "\xFF\xFE") : "";
        for (const char c : form.source) wide.append(is_big ? std::string{'\0', c} : std::string{c, '\0'});
        CAPTURE(form.source);
        const Outcome whole = read(wide);
        CHECK(whole.jobs == job_a);
        CHECK(whole.format.find(is_big ? "UTF-16BE" : "UTF-16LE") != std::string::npos);
        for (const std::size_t size : {1U, 3U}) CHECK(read(wide, size) == whole);
      }
    }
  }
}

TEST_CASE("an odd value costs that value, and is told") {
  const Outcome outcome =
      read(R"({"JobId":"b","Status":true,"JobName":NaN,"KmsKeyId":{"a":1},"CompletionTimestamp":"05/06/2024","Odd":1,)"
           R"("Input":"@{S3Object=}","operations_config":"{\"DetectModerationLabels\":{\"MinConfidence\":\"50\"}}"})");
  CHECK(outcome.jobs == job_b);
  CHECK(outcome.rejected == 0);
  CHECK(std::count(outcome.notices.begin(), outcome.notices.end(), "dropped-value 1") == 5);
  CHECK(std::count(outcome.notices.begin(), outcome.notices.end(), "ignored-member 1") == 1);
}

TEST_CASE("a token of the last page is told, also behind a broken record") {
  CHECK(read(R"({"mediaAnalysisJobs":[{"jobId":"a"}],"nextToken":"t"})").token == "t");
  CHECK(read(R"({"MediaAnalysisJobs":[{"JobId":"a"}],"NextToken":"t"}{"MediaAnalysisJobs":[{"JobId":"b"}]})")
            .token.empty());
  CHECK(read(R"({"MediaAnalysisJobs":[{"JobId":"a","Status":]}],"NextToken":"t"})").token == "t");
}

TEST_CASE("a byte that is damaged costs its record at most") {
  std::string source = "{\"MediaAnalysisJobs\": [\n";
  std::vector<std::size_t> ends;
  for (int i = 0; i < 6; ++i) {
    source += "  {\"JobId\": \"job-" + std::to_string(i) +
              "\", \"JobName\": \"name\", \"Input\": {\"S3Object\": {\"Bucket\": \"b\"}}}";
    ends.push_back(source.size());
    source += i == 5 ? "\n" : ",\n";
  }
  source += "]}\n";
  for (std::size_t at = 0; at < source.size(); ++at) {
    for (const char byte : {'x', '"', '{', '}', ',', '\0', '\\'}) {
      if (source[at] == byte) continue;
      std::string damaged = source;
      damaged[at] = byte;
      const Outcome outcome = read(damaged, 16);
      const auto hit = static_cast<std::size_t>(std::lower_bound(ends.begin(), ends.end(), at) - ends.begin());
      std::size_t lost = 0;
      for (std::size_t i = 0; i < ends.size(); ++i) {
        const bool is_there = outcome.jobs.find("\"job-" + std::to_string(i) + "\"") != std::string::npos;
        // What separates two records belongs to either.
        if (!is_there && i != hit && i + 1 != hit) ++lost;
      }
      CAPTURE(at);
      CAPTURE(byte);
      CHECK(lost == 0);
    }
  }
}

TEST_CASE("64 levels are read, 65 are an error") {
  for (const std::size_t levels : {60U, 64U, 65U, 1000U}) {
    const std::string inside = std::string(levels - 1, '[') + std::string(levels - 1, ']');
    const Outcome outcome = read("{\"JobId\":\"a\",\"Odd\":" + inside + "}");
    CHECK(outcome.rejected == (levels > 64 ? 1 : 0));
  }
}

TEST_CASE("what cannot end well ends") {
  for (const std::string_view part :
       {"[", "{", "{\"JobId\":", "\"", "{\"a\":[", "[1,", "{\"JobId\":\"a\",\"b\":", "x", "\\", "{\"JobId\":1}", "/*",
        "'", "[#", "[/*", "{\"JobId\":/*", "{\xE2\x80\x9C"}) {
    std::string source;
    while (source.size() < 20'000) source += part;
    CAPTURE(part);
    const Outcome outcome = read(source, 1024);
    CHECK(outcome.jobs.empty());
    CHECK(outcome.rejected > 0);
    const Outcome with_job = read(source + "\n{\"JobId\":\"last\"}\n", 4096);
    CHECK(with_job.rejected + with_job.notices.size() > 0);
  }
}

TEST_CASE("a record that does not end is passed over, and the next one is read") {
  const std::string endless(std::size_t{20} << 20, 'a');
  for (const std::string_view begin : {"[{\"JobId\":\"first\"},[{\"JobId\":\"", "[{\"JobId\":\"first\"},[{\"JobId\":/*",
                                       "[{\"JobId\":\"first\"},[{\"JobId\":\"a\",\"x\":[\"\",\"",
                                       "[{\"JobId\":\"first\"},[ ", "{\"JobId\":\"first\"}\n\"["}) {
    CAPTURE(begin);
    const Outcome outcome = read(std::string(begin) + endless + "\n{\"JobId\":\"last\"}", 1 << 16);
    CHECK(outcome.jobs == "{\"JobId\":\"first\"}\n{\"JobId\":\"last\"}\n");
    CHECK(outcome.rejected + outcome.notices.size() > 0);
  }
}

TEST_CASE("what holds no job is named") {
  struct Named {
    std::string_view source;
    std::string_view name;
  };
  for (const Named& named : std::vector<Named>{{"", "empty"},
                                               {" \n", "empty"},
                                               {"MediaAnalysisJobs:\n- JobId: a\n", "YAML"},
                                               {"{'MediaAnalysisJobs': []}", "Python's repr"},
                                               {"PK\x03\x04", "a ZIP archive"},
                                               {"<!DOCTYPE html>", "an HTML page"},
                                               {"hello", "unknown"},
                                               {"{\"source-ref\":\"s3://b/k\"}", "results"}}) {
    CAPTURE(named.source);
    const Outcome outcome = read(named.source);
    CHECK(outcome.jobs.empty());
    CHECK(outcome.rejected == 1);
    CHECK(outcome.format == named.name);
  }
}

TEST_CASE("it goes on where another reader stopped") {
  const std::string before = "{\"MediaAnalysisJobs\":[{\"JobId\":\"a\"},\n";
  const std::string after = "{\"jobId\":\"b\",\"odd\":1},x],\"NextToken\":\"t\"}";
  FormatReader reader({.place = {before.size(), 2}, .context = "{\"MediaAnalysisJobs\":[[],", .follows_records = true});
  reader.read(after);
  reader.finish();
  CHECK(reader.take_lines() == "{\"JobId\":\"b\"}\n");
  REQUIRE(reader.rejections().kept().size() == 1);
  CHECK(reader.rejections().kept()[0].place.offset == before.size() + after.find('x'));
  CHECK(reader.rejections().kept()[0].place.line == 2);
  CHECK(reader.next_token() == "t");
}

constexpr std::string_view image_a =
    R"({"source-ref":"s3://b/a","detect-moderation-labels":{"ModerationLabels":[{"Name":"Violence","ParentName":"","Confidence":91.5,"TaxonomyLevel":1}],"ModerationModelVersion":"7.0"}})"
    "\n";

TEST_CASE("results in any layout are the images that they hold") {
  const std::vector<Form> layouts{
      {image_a, "JSON Lines"},
      {R"([{"source-ref":"s3://b/a","detect-moderation-labels":{"ModerationLabels":[{"Name":"Violence","ParentName":"","Confidence":91.5,"TaxonomyLevel":1}],"ModerationModelVersion":"7.0"}}])",
       "JSON array"},
      {R"({"detect_moderation_labels":{"moderationLabels":[{"name":"Violence","parentName":"","confidence":"91.5","taxonomyLevel":1}],"moderationModelVersion":7.0},"SourceRef":"s3://b/a"})",
       "JSON Lines"},
      {R"(log {"source-ref":"s3://b/a","detect-moderation-labels":"{\"ModerationLabels\":[{\"Name\":\"Violence\",\"ParentName\":\"\",\"Confidence\":91.5,\"TaxonomyLevel\":1}],\"ModerationModelVersion\":\"7.0\"}"} end)",
       "JSON Lines"},
      {"Image,Label,ParentLabel,TaxonomyLevel,Confidence,ContentTypes,ModerationModelVersion,ErrorCode,ErrorMessage\r\n"
       "s3://b/a,Violence,,1,91.5,,7.0,,\r\n",
       "CSV"}};
  for (const Form& layout : layouts) {
    CAPTURE(layout.source);
    for (const std::size_t chunk : {1UL, 7UL, 1UL << 20U}) {
      const Outcome outcome = read(layout.source, chunk, RecordKind::images);
      CHECK(outcome.jobs == image_a);
      CHECK(outcome.format == layout.format);
      CHECK(outcome.rejected == 0);
    }
  }
}

TEST_CASE("an image keeps what can be read of it; without a source-ref it is none") {
  const auto lines = [](std::string_view source) { return read(source, 1 << 20, RecordKind::images); };
  Outcome odd = lines(
      R"({"source-ref":"a","detect-moderation-labels":{"ModerationLabels":[{"Name":"x","Confidence":NaN},{"Confidence":1},7],"ContentTypes":3},"code":"X","odd":1})");
  CHECK(
      odd.jobs ==
      "{\"source-ref\":\"a\",\"detect-moderation-labels\":{\"ModerationLabels\":[{\"Name\":\"x\"}]},\"code\":\"X\"}\n");
  std::sort(odd.notices.begin(), odd.notices.end());
  CHECK(odd.notices == std::vector<std::string>{"converted 1", "dropped-value 1", "dropped-value 1", "dropped-value 1",
                                                "dropped-value 1", "ignored-member 1"});
  CHECK(lines("[{\"source-ref\":\"a\"},{\"detect-moderation-labels\":{}},{\"x\":1},5]").rejected == 3);
  CHECK(lines("{\"source-ref\":7}\n{\"source-ref\":\"\"}").rejected == 2);
  CHECK(lines(R"({"version":"1","errors":[{"source-ref":"a","code":"X"}]})").format == "manifest summary");
  CHECK(lines("{\"JobId\":\"a\",\"Status\":\"FAILED\"}").format == "listing of jobs");
}

TEST_CASE("objects without a record are told") {
  CHECK(read("{\"JobId\":\"a\"}\n{\"x\":1}\n{\"JobId\":\"b\"}").rejected == 1);
  CHECK(read("[{\"x\":1},{\"JobId\":\"b\"}]").rejected == 1);
  CHECK(read("{\"index\":{}}\n{\"JobId\":\"b\"}").rejected == 0);
  const Outcome log = read("{\"level\":1}\n{\"event\":{\"JobId\":\"b\"}}");
  CHECK(log.rejected == 0);
  CHECK(log.notices == std::vector<std::string>{"skipped 1"});
}

TEST_CASE("records of the other kind among those that are wanted are told") {
  const std::string both = std::string(job_a) + std::string(image_a);
  const Outcome jobs = read(both);
  CHECK(jobs.jobs == job_a);
  CHECK(jobs.notices == std::vector<std::string>{"skipped 1"});
  const Outcome images = read(both, 1, RecordKind::images);
  CHECK(images.jobs == image_a);
  CHECK(images.notices == std::vector<std::string>{"skipped 1"});
}

TEST_CASE("a source's kind is told by its names") {
  CHECK(source_kind("{\"MediaAnalysisJobs\":[]}") == SourceKind::listing);
  CHECK(source_kind("[{\"job_id\" : \"a\"}]") == SourceKind::listing);
  CHECK(source_kind("{\"body\":\"{\\\"source-ref\\\": \\\"a\\\"}\"}") == SourceKind::results);
  CHECK(source_kind("{\"errors\":[{\"source-ref\":\"a\"}],\"statistics\":{}}") == SourceKind::summary);
  CHECK(source_kind("{\"JobName\":\"\\\"source-ref\\\" is missing\",\"JobId\":\"a\"}") == SourceKind::listing);
  CHECK(source_kind("Image,Label\na,b\n") == SourceKind::results);
  CHECK(source_kind("") == SourceKind::listing);
}

}  // namespace
}  // namespace rekognition_jobs::formats
