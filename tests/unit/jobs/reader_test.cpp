// Reading jobs: every form of listing, chunk borders anywhere, and what is bad told with its place.
#include "jobs/reader.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support.h"

namespace rekognition_jobs {
namespace {

using test::read_text;
using test::RememberingSink;

using test::joined;

using Texts = std::vector<std::string>;

std::string job(const std::string& id) { return R"({"JobId":")" + id + R"("})"; }

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

Texts offsets(const RememberingSink& sink) {
  Texts offsets;
  for (const auto& rejected : sink.rejected) offsets.push_back(std::to_string(rejected.offset));
  return offsets;
}

const std::string whole_job =
    R"({"JobId":"861a","JobName":"job-name","OperationsConfig":{"DetectModerationLabels":{"MinConfidence":50,)"
    R"("ProjectVersion":"arn:aws:rekognition:us-east-1:111122223333:project/my-project/version/1/1690556751958"}},)"
    R"("Status":"FAILED","FailureDetails":{"Code":"ACCESS_DENIED","Message":"No \"access\"\n"},)"
    R"("CreationTimestamp":1690553151.958,"CompletionTimestamp":1690556751.958,)"
    R"("Input":{"S3Object":{"Bucket":"input-bucket","Name":"input-manifest.json","Version":"v1"}},)"
    R"("OutputConfig":{"S3Bucket":"output-bucket","S3KeyPrefix":"output-location"},"KmsKeyId":"alias/key",)"
    R"("Results":{"S3Object":{"Bucket":"b","Name":"n","Version":"v"},"ModelVersions":{"Moderation":"7.0"}},)"
    R"("ManifestSummary":{"S3Object":{"Bucket":"b","Name":"n","Version":"v"}}})";

TEST_CASE("a job with every member comes out as it went in") {
  const RememberingSink sink = read_text(whole_job);
  CHECK(sink.jobs == Texts{whole_job});
  CHECK(sink.rejected.empty());
}

TEST_CASE("all forms of listing are read") {
  const Texts both{job("a"), job("b")};
  const std::string list = R"({"MediaAnalysisJobs":[{"JobId":"a"},{"JobId":"b"}]})";
  for (const std::string& text :
       Texts{list, R"({"NextToken":"t","MediaAnalysisJobs":[{"JobId":"a"},{"JobId":"b"}],"More":{"x":[1]}})",
             job("a") + job("b"), job("a") + "\n" + job("b") + "\n", "[" + job("a") + "," + job("b") + "]",
             "[" + job("a") + "]\n\n[" + job("b") + "]", "\xEF\xBB\xBF" + list,
             "\xEF\xBB\xBF" + job("a") + "\xEF\xBB\xBF" + job("b"),
             R"({"MediaAnalysisJobs":[{"JobId":"a"}]} {"MediaAnalysisJobs":[{"JobId":"b"}]})",
             R"([{"MediaAnalysisJobs":[{"JobId":"a"}]},{"JobId":"b"}])",
             R"({"MediaAnalysisJobs":[{"JobId":"a"}],"MediaAnalysisJobs":[{"JobId":"b"}]})",
             "  [ [ " + job("a") + " ] , [ [ ] ] , " + job("b") + " ]  "}) {
    CAPTURE(text);
    for (const std::size_t chunk_size : {1, 2, 3, 7, 65'536}) {
      CAPTURE(chunk_size);
      const RememberingSink sink = read_text(text, chunk_size);
      CHECK(sink.jobs == both);
      CHECK(joined(offsets(sink)) == joined(Texts{}));
    }
  }
}

TEST_CASE("an empty list is good") {
  CHECK(read_text("[]").rejected.empty());
  CHECK(read_text(R"({"MediaAnalysisJobs":[]})").rejected.empty());
}

TEST_CASE("next tokens are told wherever they stand") {
  CHECK(read_text(R"({"NextToken":"x","MediaAnalysisJobs":[]})").tokens == Texts{"x"});
  CHECK(read_text(R"({"MediaAnalysisJobs":[],"A":1,"NextToken":"y"})").tokens == Texts{"y"});
  CHECK(read_text(R"({"MediaAnalysisJobs":[],"NextToken":null})").tokens.empty());
  CHECK(read_text(R"({"MediaAnalysisJobs":[],"NextToken":5})").rejected.size() == 1);
}

TEST_CASE("unknown and null members are left out, the last of two counts") {
  CHECK(read_text(R"({"JobId":"a","X":{"JobId":[1,{"Status":"y"}]},"JobName":null,"Input":{"S3Object":null,"Y":1}})")
            .jobs == Texts{R"({"JobId":"a","Input":{}})"});
  CHECK(read_text(R"({"JobId":"a","Input":{"S3Object":{"Bucket":"x"}},"Input":{"S3Object":{"Name":"y"}}})").jobs ==
        Texts{R"({"JobId":"a","Input":{"S3Object":{"Name":"y"}}})"});
  CHECK(read_text(R"({"JobId":"a","JobName":"x","JobName":null})").jobs == Texts{job("a")});
  CHECK(read_text(R"({"JobId":"a","__proto__":{"JobName":"x"}})").jobs == Texts{job("a")});
}

TEST_CASE("a mistyped record is told by its start, and its neighbours are kept") {
  for (const char* member :
       {R"("JobName":5)", R"("Status":{})", R"("Input":"s3://x")", R"("Input":{"S3Object":[]})",
        R"("CreationTimestamp":"soon")", R"("CreationTimestamp":true)", R"("CreationTimestamp":1e300)", R"("JobId":"")",
        R"("JobId":null)", R"("OperationsConfig":{"DetectModerationLabels":{"MinConfidence":"50"}})"}) {
    CAPTURE(member);
    const std::string bad = std::string(R"({"JobId":"x",)") + member + "}";
    const RememberingSink sink = read_text("[" + job("a") + "," + bad + "," + job("b") + "]");
    CHECK(sink.jobs == Texts{job("a"), job("b")});
    CHECK(joined(offsets(sink)) == joined(Texts{"15"}));
  }
  CHECK(read_text(R"({"JobId":"x","Status":5})").rejected[0].message == "Status must be a string");
  CHECK(read_text(R"({"JobId":"x","Input":{"S3Object":{"Name":[]}}})").rejected[0].message ==
        "Input.S3Object.Name must be a string");
  CHECK(offsets(read_text(R"([1, -2.5e3, "x", true, null, {}, {"JobId":"a"}])")) ==
        Texts{"1", "4", "12", "17", "23", "29"});
  CHECK(joined(offsets(read_text(R"({"MediaAnalysisJobs":5})"))) == joined(Texts{"0"}));
}

TEST_CASE("a syntax error is told by its byte, and reading goes on at the next line that opens a document") {
  struct Case {
    std::string text;
    Texts jobs;
    Texts offsets;
  };
  const std::string a = job("a");
  const std::string b = job("b");
  for (const Case& c : std::vector<Case>{
           {"", {}, {"0"}},
           {" \n ", {}, {"3"}},
           {"\xEF\xBB\xBF", {}, {"3"}},
           {"<html>\n<body>{}", {}, {"0"}},
           {"nul", {}, {"3"}},
           {"nulx", {}, {"3"}},
           {a + "\n" + R"({"JobId":"x",})" + "\n" + b, {a, b}, {"27"}},
           {a + "\r\n" + R"({"JobId":)" + "\r\n" + b + "\r\n", {a, b}, {"41"}},
           {R"({"JobId":"x","FailureDetails":{"Message":)"
            "\n" +
                b + "\n" + a,
            {b, a},
            {"56"}},
           {R"({"MediaAnalysisJobs":[{"JobId":"a"},{"JobId":"x","Jo)"
            "\n"
            R"({"MediaAnalysisJobs":[{"JobId":"b"}]})",
            {a, b},
            {"52"}},
           {R"({"MediaAnalysisJobs":[{"JobId":"a"},{"JobId":"x")", {a}, {"48"}},
           {R"({"MediaAnalysisJobs":[{"JobId":"a"})", {a}, {"35"}},
           {R"({"MediaAnalysisJobs":[{"JobId":"a"}])", {a}, {"36"}},
           {"[" + a + " " + b + "]", {a}, {"15"}},
           {"[" + a + "\n" + b + "]", {a, b}, {"15", "28"}},
           {"[" + a + ",]\n" + b, {a, b}, {"15"}},
           {a + "}\n" + b, {a, b}, {"13"}},
           {R"({"JobId" "x"})"
            "\n" +
                a,
            {a},
            {"9"}},
           {R"({"JobId":"x" "JobName":"y"})"
            "\n" +
                a,
            {a},
            {"13"}},
           {R"({"JobId":"x" 12.5})"
            "\n" +
                a,
            {a},
            {"13"}},
           {R"({"JobId":01})"
            "\n" +
                a,
            {a},
            {"10"}},
           {R"({"JobId":"x\q"})"
            "\n" +
                a,
            {a},
            {"12"}},
           {"{\"JobId\":\"x\ty\"}\n" + a, {a}, {"11"}},
           {R"({"JobId":'x'})"
            "\n" +
                a,
            {a},
            {"9"}},
           {"// note\n" + a, {a}, {"0"}},
           {"[5-2]\n" + a, {a}, {"2"}},
           {R"({"MediaAnalysisJobs":[],})"
            "\n" +
                a,
            {a},
            {"24"}},
           {R"({"MediaAnalysisJobs":[],"x":})"
            "\n" +
                a,
            {a},
            {"28"}},
       }) {
    CAPTURE(c.text);
    for (const std::size_t chunk_size : {1, 5, 65'536}) {
      CAPTURE(chunk_size);
      const RememberingSink sink = read_text(c.text, chunk_size);
      CHECK(joined(sink.jobs) == joined(c.jobs));
      CHECK(joined(offsets(sink)) == joined(c.offsets));
    }
  }
}

TEST_CASE("a value that cannot be read costs its record alone") {
  struct Case {
    std::string record;
    std::size_t place;  ///< in the record
  };
  const std::string lead = R"({"JobId":"x","Y":)";
  for (const Case& c : std::vector<Case>{
           {lead + "1e400}", lead.size()},
           {lead + "-1e400}", lead.size()},
           {lead + std::string(400, '9') + "}", lead.size()},
           {lead + nested(64) + "}", lead.size() + 62},
           {lead + "\"\xFF\"}", lead.size() + 1},
           {lead + "\"\xC0\xAF\"}", lead.size() + 1},
           {lead + "\"\xED\xA0\x80\"}", lead.size() + 1},
           {lead + "\"\xE2\x82z\"}", lead.size() + 1},
           {lead + "\"\xF0\x9F\x98\"}", lead.size() + 1},
           {lead + "\"\xC3\xA9\x80\"}", lead.size() + 3},
           {lead + R"("\ud800"})", lead.size() + 1},
           {lead + R"("\ud800\n"})", lead.size() + 1},
           {lead + R"("\uD800\u0041"})", lead.size() + 1},
           {lead + R"("\ud83d\\ud8"})", lead.size() + 1},
           {lead + R"("\udc00"})", lead.size() + 1},
           {R"({"JobId":"x","MediaAnalysisJobs":[],"Y":1e400})", 40},
       }) {
    CAPTURE(c.record);
    for (const std::size_t chunk_size : {1, 65'536}) {
      CAPTURE(chunk_size);
      const RememberingSink sink = read_text("[" + job("a") + "," + c.record + "," + job("b") + "]", chunk_size);
      CHECK(sink.jobs == Texts{job("a"), job("b")});
      REQUIRE(sink.rejected.size() == 1);
      CHECK(sink.rejected[0].offset == 15 + c.place);
    }
  }
  CHECK(read_text(lead + "1e-400}").jobs.size() == 1);
  CHECK(read_text(lead + std::string(300, '9') + "}").jobs.size() == 1);
  CHECK(read_text("[1e400," + job("a") + "]").jobs == Texts{job("a")});
}

TEST_CASE("64 levels of nesting are read, 65 are an error") {
  CHECK(read_text(nested(64)).rejected.empty());
  CHECK(joined(offsets(read_text(nested(65)))) == joined(Texts{"64"}));
  CHECK(read_text(R"({"JobId":"a","X":)" + nested(63) + "}").jobs.size() == 1);
  CHECK(joined(offsets(read_text(R"({"JobId":"a","X":)" + nested(64) + "}"))) == joined(Texts{"80"}));
  CHECK(read_text(R"({"MediaAnalysisJobs":[{"JobId":"a","X":)" + nested(61) + "}]}").jobs.size() == 1);
  CHECK(read_text(R"({"MediaAnalysisJobs":[{"JobId":"a","X":)" + nested(62) + "}]}").rejected.size() == 1);
  CHECK(read_text(R"({"MediaAnalysisJobs":[],"X":)" + nested(63) + "}").rejected.empty());
  CHECK(read_text(R"({"MediaAnalysisJobs":[],"X":)" + nested(64) + "}").rejected.size() == 1);
  CHECK(read_text(std::string(100'000, '[') + "\n" + job("a")).jobs == Texts{job("a")});
}

TEST_CASE("a record without an end is broken once it is too large") {
  RememberingSink sink;
  JobReader reader(sink, {.largest_record = 1'000});
  reader.read(job("a") + "{\"JobId\":\"x\",\"X\":[");
  for (int i = 0; i < 2'000; ++i) reader.read("1,");
  reader.read("1\n" + job("b") + "\n");
  reader.finish();
  CHECK(sink.jobs == Texts{job("a"), job("b")});
  CHECK(joined(offsets(sink)) == "13");
}

TEST_CASE("a file in another encoding is called by its name") {
  CHECK(read_text(std::string("\xFF\xFE{\0", 4)).rejected[0].message.find("UTF-16") != std::string::npos);
}

TEST_CASE("messages are short whatever the input") {
  const RememberingSink sink = read_text("{\"" + std::string(10'000, 'x') + "\" 1}");
  REQUIRE(sink.rejected.size() == 1);
  CHECK(sink.rejected[0].message.size() <= 200);
}

TEST_CASE("every cut of a listing keeps the jobs before it and tells where it ends") {
  const std::string text = R"({"MediaAnalysisJobs":[)" + whole_job + "," + whole_job + R"(],"NextToken":"t"})";
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    const RememberingSink sink = read_text(text.substr(0, size), 64);
    CHECK(sink.jobs.size() == (size >= 22 + whole_job.size() ? 1 : 0) + (size >= 23 + 2 * whole_job.size() ? 1 : 0));
    CHECK(joined(offsets(sink)) == joined(Texts{std::to_string(size)}));
  }
}

}  // namespace
}  // namespace rekognition_jobs
