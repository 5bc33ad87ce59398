// What people are told: the messages of queries, readers and requests, their places, and what was expected instead.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "jobs/facet_field.h"
#include "jobs/query.h"
#include "query/export_format.h"
#include "query/parser.h"
#include "query/tokenizer.h"
#include "service/error_response.h"
#include "service/operation.h"
#include "service/paginator.h"
#include "service/request.h"
#include "service/response.h"
#include "support.h"

namespace rekognition_jobs {
namespace {

constexpr Timestamp now = 1'795'512'600'000;  // 2026-11-24T09:30:00Z

/// "begin-end message [expected|…]" of what a query is refused for.
std::string refusal(const std::string& query) {
  JobIndex jobs;
  auto answer = query_jobs(jobs, query, {}, now);
  const auto* error = std::get_if<QueryError>(&answer);
  if (error == nullptr) return "none";
  std::string told = std::to_string(error->range.begin) + "-" + std::to_string(error->range.end) + " " + error->message;
  for (std::size_t i = 0; i < error->expected.size(); ++i) told.append(i == 0 ? " [" : "|").append(error->expected[i]);
  return error->expected.empty() ? told : told + "]";
}

TEST_CASE("a query that cannot be read is refused with a reason, its place, and what could stand there") {
  const std::string term = " [a word|field:value|(]";
  CHECK(refusal("OR a") == "0-2 OR needs a term on both sides" + term);
  CHECK(refusal("a OR") == "2-4 OR needs a term on both sides" + term);
  CHECK(refusal("a OR OR b") == "5-7 OR needs a term on both sides" + term);
  CHECK(refusal("()") == "1-2 expected a term before )" + term);
  CHECK(refusal("(a OR )") == "6-7 expected a term before )" + term);
  CHECK(refusal("NOT") == "0-3 expected a term to negate" + term);
  CHECK(refusal("a - ") == "2-3 expected a term to negate" + term);
  CHECK(refusal("a )") == "2-3 unmatched )");
  CHECK(refusal("a ( b") == "2-3 this parenthesis is never closed [)]");
  CHECK(refusal("a (") == "2-3 this parenthesis is never closed [)]");
  CHECK(refusal("a ( ") == "2-3 this parenthesis is never closed [)]");
  CHECK(refusal("a \"b") == "2-4 this quote is never closed [\"]");
  CHECK(refusal("\"a\"b") == "3-4 expected a space after the closing quote [a space]");
  CHECK(refusal("a\"b\"") == "1-2 unexpected quote inside a word [a space]");
  CHECK(refusal("name:a\"b\"") == "6-7 unexpected quote inside a word [a space]");
  CHECK(refusal("name:") == "5-5 expected a value [a value]");
  CHECK(refusal("name:= x") == "5-6 expected a value [a value]");
  CHECK(refusal("colour:red") ==
        "0-6 unknown field \"colour\" [status|code|model|name|id|message|kms|project|region|version|input|output|"
        "results|summary|confidence|created|completed|duration|has|no]");
  CHECK(refusal("status:nope") == "7-11 unknown status \"nope\" [CREATED|QUEUED|IN_PROGRESS|SUCCEEDED|FAILED]");
  CHECK(refusal("code:nope") ==
        "5-9 unknown code \"nope\" [INTERNAL_ERROR|INVALID_S3_OBJECT|INVALID_MANIFEST|INVALID_OUTPUT_CONFIG|"
        "INVALID_KMS_KEY|ACCESS_DENIED|RESOURCE_NOT_FOUND|RESOURCE_NOT_READY|THROTTLED]");
  CHECK(refusal("has:x") ==
        "4-5 \"x\" is not a member that has: and no: know "
        "[name|completed|failure|code|message|kms|project|confidence|model|"
        "results|summary|version|prefix]");
  CHECK(refusal("confidence:x") == "11-12 \"x\" is not a number or a range of them [75|>=50|50..80]");
  CHECK(refusal("duration:5") == "9-10 \"5\" is not a duration or a range of them [>90s|<=15m|1h..2h]");
  CHECK(refusal("created:2026-13") ==
        "8-15 \"2026-13\" is not a date or a range of them "
        "[2026-11|2026-11-24|>=2026-11-24T09:30Z|2026-10..2026-11|now-7d|today]");
}

TEST_CASE("a query may nest so deep and ask so much, and no more") {
  const auto repeated = [](const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
  };
  std::size_t deepest = 0;
  while (refusal(std::string(deepest + 1, '(') + "a" + std::string(deepest + 1, ')')) == "none") ++deepest;
  CHECK(deepest == 200);
  CHECK(refusal(std::string(deepest + 1, '(') + "a" + std::string(deepest + 1, ')')) ==
        std::to_string(deepest) + "-" + std::to_string(deepest + 1) + " the query is nested too deeply");
  CHECK(refusal(repeated("a ", 500)) == "none");
  CHECK(refusal(repeated("a ", 501)) ==
        "0-1002 the query has more than 500 terms, patterns, numbers or dates; texts can be a list: name:a,b,c");
}

TEST_CASE("tokens and fields are written as JSON") {
  CHECK(query_tokens_json(R"(a OR -"b c" (NAME:=x,"y" colour:z))", job_query_schema) ==
        R"([{"start":0,"end":1,"kind":"word","value":"a"},{"start":2,"end":4,"kind":"or"},)"
        R"({"start":5,"end":6,"kind":"not"},{"start":6,"end":11,"kind":"phrase","value":"b c","quoted":true},)"
        R"({"start":12,"end":13,"kind":"open"},{"start":13,"end":18,"kind":"field","field":"name"},)"
        R"({"start":18,"end":20,"kind":"value","field":"name","value":"x","exact":true},)"
        R"({"start":20,"end":21,"kind":"comma"},)"
        R"({"start":21,"end":24,"kind":"value","field":"name","value":"y","quoted":true},)"
        R"({"start":25,"end":32,"kind":"field"},{"start":32,"end":33,"kind":"value","value":"z"},)"
        R"({"start":33,"end":34,"kind":"close"}])");
  CHECK(query_tokens_json("", job_query_schema) == "[]");
  CHECK(
      query_fields_json(job_query_schema) ==
      R"([{"name":"status","type":"value","values":["CREATED","QUEUED","IN_PROGRESS","SUCCEEDED","FAILED"]},)"
      R"({"name":"code","type":"value","values":["INTERNAL_ERROR","INVALID_S3_OBJECT","INVALID_MANIFEST",)"
      R"("INVALID_OUTPUT_CONFIG","INVALID_KMS_KEY","ACCESS_DENIED","RESOURCE_NOT_FOUND","RESOURCE_NOT_READY",)"
      R"("THROTTLED"]},{"name":"model","type":"value"},{"name":"name","type":"text"},{"name":"id","type":"text"},)"
      R"({"name":"message","type":"text"},{"name":"kms","type":"text"},{"name":"project","type":"text"},)"
      R"({"name":"region","type":"text"},{"name":"version","type":"text"},{"name":"input","type":"uri"},)"
      R"({"name":"output","type":"uri"},{"name":"results","type":"uri"},{"name":"summary","type":"uri"},{"name":"confidence","type":"number"},)"
      R"({"name":"created","type":"time"},{"name":"completed","type":"time"},{"name":"duration","type":"duration"},)"
      R"({"name":"has","type":"presence","values":["name","completed","failure","code","message","kms","project",)"
      R"("confidence","model","results","summary","version","prefix"]},{"name":"no","type":"presence","values":["name",)"
      R"("completed","failure","code","message","kms","project","confidence","model","results","summary","version",)"
      R"("prefix"]}])");
}

/// "offset message" of each rejection.
std::string rejections(std::string_view text) {
  std::string told;
  for (const auto& [offset, message] : test::read_text(text).rejected) {
    told.append(told.empty() ? "" : "; ").append(std::to_string(offset)).append(" ").append(message);
  }
  return told;
}

TEST_CASE("a record that is not a job is refused with a reason and its place") {
  CHECK(rejections("") == "0 the source is empty");
  CHECK(rejections("[") == "1 unexpected end of the source");
  CHECK(rejections("{}") == "0 not a job listing (found neither JobId nor MediaAnalysisJobs)");
  CHECK(rejections(R"({"source-ref":"s3://a/b"})") == "0 this is a line of a job's results, not a listing of jobs");
  CHECK(rejections(R"({"statistics":{}})") == "0 this is a job's manifest summary, not a listing of jobs");
  CHECK(rejections(R"({"x":{"source-ref":1,"statistics":1}})") ==
        "0 not a job listing (found neither JobId nor MediaAnalysisJobs)");
  CHECK(rejections(R"({"JobId":""})") == "0 JobId must not be empty");
  CHECK(rejections(R"( {"JobId":"", "Status":"x"})") == "1 JobId must not be empty");
  CHECK(rejections("[5]") == "1 a job must be an object");
  CHECK(rejections("[true]") == "1 a job must be an object");
  CHECK(rejections(R"({"MediaAnalysisJobs":5})") == "0 MediaAnalysisJobs must be an array");
  CHECK(rejections(R"({"MediaAnalysisJobs":{}})") == "0 MediaAnalysisJobs must be an array");
  CHECK(rejections(R"({"JobId":5})") == "0 JobId must be a string");
  CHECK(rejections(R"({"JobId":"a","Input":5})") == "0 Input must be an object");
  CHECK(rejections(R"({"JobId":"a","Input":{"S3Object":{"Bucket":[]}}})") ==
        "0 Input.S3Object.Bucket must be a string");
  CHECK(rejections(R"({"JobId":"a","CreationTimestamp":"soon"})") ==
        "0 CreationTimestamp must be an ISO 8601 timestamp or epoch seconds");
  CHECK(rejections(R"({"JobId":"a","CreationTimestamp":true})") ==
        "0 CreationTimestamp must be an ISO 8601 timestamp or epoch seconds");
  CHECK(rejections(R"({"JobId":"a","OperationsConfig":{"DetectModerationLabels":{"MinConfidence":"5"}}})") ==
        "0 OperationsConfig.DetectModerationLabels.MinConfidence must be a number");
  CHECK(rejections(R"({"JobId":5,"Status":6})") == "0 JobId must be a string");
  CHECK(rejections(R"({"NextToken":5,"MediaAnalysisJobs":[]})") == "0 NextToken must be a string");
  CHECK(rejections(R"({"MediaAnalysisJobs":[],"NextToken":5})") == "24 NextToken must be a string");
}

TEST_CASE("bytes that are not JSON are refused with what was expected there") {
  const std::string job = R"({"JobId":"a"})";
  CHECK(rejections("x") == "0 syntax error: unexpected 'x'; expected a JSON object or array");
  CHECK(rejections("\x01") == "0 syntax error: unexpected byte 0x01; expected a JSON object or array");
  CHECK(rejections("\x7F") == "0 syntax error: unexpected byte 0x7F; expected a JSON object or array");
  CHECK(rejections("~") == "0 syntax error: unexpected '~'; expected a JSON object or array");
  CHECK(rejections("!") == "0 syntax error: unexpected '!'; expected a JSON object or array");
  CHECK(rejections("\xC3\xA9") == "0 syntax error: unexpected byte 0xC3; expected a JSON object or array");
  CHECK(rejections("[" + job + "}") == "14 syntax error: unexpected '}'; expected ',' or ']'");
  CHECK(rejections(R"({"MediaAnalysisJobs":[])" + job) == "23 syntax error: unexpected '{'; expected ',' or '}'");
  CHECK(rejections(R"({"MediaAnalysisJobs":[],5})") == "24 syntax error: unexpected '5'; expected a member's name");
  const std::string utf16("\xFF\xFE{\0}\0", 6);
  CHECK(rejections(utf16) == "0 syntax error: UTF-16 text; save the file as UTF-8");
  CHECK(rejections(std::string("\xFE\xFF\0{\0}", 6)) == "0 syntax error: UTF-16 text; save the file as UTF-8");
  CHECK(rejections(std::string(65, '[')) == "64 nested deeper than 64 levels");
  CHECK(rejections(std::string(64, '[') + std::string(64, ']')) == "");
  CHECK(rejections("\xEF\xBB\xBF" + job) == "");
  CHECK(rejections("\xEF\xBB\xBFx") == "3 syntax error: unexpected 'x'; expected a JSON object or array");
}

TEST_CASE("a message to people is at most 200 bytes of it long") {
  const std::string name(300, 'n');
  const auto rejected = test::read_text(R"({"JobId":"a","Status":")" + name + "\\q\"}").rejected;
  REQUIRE(rejected.size() == 1);
  CHECK(rejected[0].message ==
        "syntax error: unexpected 'q'; expected an escape: one of \" \\ / b f n r t u");  // however long the value is
  const auto start_of_body = [](std::size_t size) {
    return invalid_response({.status = 200, .body = std::string(size, 'x')}, "why").message;
  };
  CHECK(start_of_body(0) == "why; the body is empty");
  CHECK(start_of_body(199) == "why: " + std::string(199, 'x'));
  CHECK(start_of_body(200) == "why: " + std::string(200, 'x'));
  CHECK(start_of_body(201) == "why: " + std::string(200, 'x'));
  CHECK(start_of_body(5'000) == "why: " + std::string(200, 'x'));
  CHECK(read_error({.status = 500, .body = std::string(201, 'x')}).message == "HTTP 500: " + std::string(200, 'x'));
}

TEST_CASE("input that the service would refuse is refused with a reason, before anything is sent") {
  const auto refused = [](const Expected<Request, ServiceError>& request) {
    const ServiceError& error = std::get<ServiceError>(request);
    CHECK(error.name == "InvalidParameterException");
    CHECK(error.attempts == 0);
    CHECK(error.retryable == Retryable::no);
    CHECK(error.http_status == 0);
    return error.message;
  };
  CHECK(refused(list_request({.max_results = 0})) == "MaxResults must be a whole number from 1 to 100");
  CHECK(refused(list_request({.max_results = 1.5})) == "MaxResults must be a whole number from 1 to 100");
  CHECK(refused(list_request({.max_results = 100.5})) == "MaxResults must be a whole number from 1 to 100");
  CHECK(refused(list_request({.next_token = std::string(1'025, 'x')})) == "NextToken must not exceed 1024 characters");
  CHECK(refused(get_request("")) == "JobId must be 1 to 64 letters, digits, hyphens and underscores");
  CHECK(std::get<Request>(list_request({.next_token = ""})).body == R"({"NextToken":""})");
  CHECK(std::get<Request>(list_request({.max_results = 1})).body == R"({"MaxResults":1})");
  CHECK(std::get<Request>(list_request({.max_results = 2})).body == R"({"MaxResults":2})");
  CHECK(std::get<Request>(get_request(std::string(64, 'z'))).body == R"({"JobId":")" + std::string(64, 'z') + "\"}");
  CHECK(std::get<Request>(get_request("x")).target == "RekognitionService.GetMediaAnalysisJob");
}

TEST_CASE("answers that are none say what is wrong with them") {
  test::RememberingSink sink;
  const auto list = [&](std::string body) {
    const HttpResponse response{.status = 200, .request_id = "r", .body = std::move(body)};
    return std::get<ServiceError>(parse_list_response(response, sink));
  };
  CHECK(list("").message == "at byte 0 of the answer: the source is empty; the body is empty");
  CHECK(list("[]").message == "not a list of jobs: []");
  CHECK(list(R"( {"JobId":"a"})").message == R"(not a list of jobs:  {"JobId":"a"})");
  CHECK(list("{}").message.find("at byte 0 of the answer: not a job listing") == 0);
  const ServiceError error = list("[]");
  CHECK(error.name == "InvalidResponseError");
  CHECK(error.retryable == Retryable::transient);
  CHECK(error.http_status == 200);
  CHECK(error.request_id == "r");
  CHECK(parse_get_response({.status = 200, .body = "[]"}, sink)->message == "not a job: []");
  for (const char* const space : {" ", "\t", "\r", "\n"}) {
    CHECK(!parse_get_response({.status = 200, .body = std::string(space) + R"({"JobId":"a"})"}, sink));
    CHECK(std::holds_alternative<ListOutput>(
        parse_list_response({.status = 200, .body = std::string(space) + R"({"MediaAnalysisJobs":[]})"}, sink)));
  }
}

TEST_CASE("a call that ends says why, with how many attempts") {
  RetryContext client(1, {.max_attempts = 1});
  Operation call(Request{}, client);
  CHECK(call.attempts() == 0);
  static_cast<void>(call.begin(now));
  CHECK(call.attempts() == 1);
  const auto late = std::get<ServiceError>(call.timed_out(29'999.6, now));
  CHECK(late.name == "TimeoutError");
  CHECK(late.message == "no answer within 30000 ms");
  CHECK(late.retryable == Retryable::transient);
  CHECK(late.attempts == 1);
  Operation lost(Request{}, client);
  static_cast<void>(lost.begin(now));
  const auto gone = std::get<ServiceError>(lost.lost_connection("gone", now));
  CHECK(gone.name == "NetworkError");
  CHECK(gone.message == "gone");
  CHECK(gone.retryable == Retryable::transient);
  Paginator lister({});
  CHECK(!lister.page_read("t"));
  static_cast<void>(lister.request());
  const auto repeated = lister.page_read("t");
  REQUIRE(repeated);
  CHECK(repeated->message == "the service gave a NextToken again that had been followed before");
  CHECK(repeated->attempts == 1);
}

TEST_CASE("a refusal's request id and status are told with it") {
  const ServiceError error = read_error(
      {.status = 400, .error_type = " #ThrottlingException ", .request_id = "r", .body = R"({"message":"m"})"});
  CHECK(error.name == "ThrottlingException");
  CHECK(error.http_status == 400);
  CHECK(error.request_id == "r");
  CHECK(error.retryable == Retryable::throttling);
  CHECK(read_error({.status = 400, .error_type = "   ", .body = R"({"Code":"C","x":{"code":"no"},"Message":"M"})"})
            .name == "C");
  CHECK(read_error({.status = 400, .body = R"({"code":"A","code":"B"})"}).name == "B");
  CHECK(read_error({.status = 400, .body = R"([{"code":"A"}])"}).name == "UnknownError");
  CHECK(read_error({.status = 400, .body = R"({"x":{"code":"A"}})"}).name == "UnknownError");
  CHECK(read_error({.status = 400, .body = R"({"x":1})"}).message == "HTTP 400");
}

TEST_CASE("views are written whole and in parts, in each format") {
  auto store = test::store_of(
      R"([{"JobId":"a","CreationTimestamp":3.5},{"JobId":"b","CreationTimestamp":2},{"JobId":"c","Status":"QUEUED"}])");
  JobIndex jobs{.store = store};
  auto answer = query_jobs(jobs, "", {}, now);
  JobView& view = std::get<JobView>(answer);
  const auto array = [&](std::size_t first, std::size_t count) {
    std::string out;
    view.append_part(out, ExportFormat::rows, first, count);
    return out;
  };
  const auto exported = [&](ExportFormat format, std::size_t part) {
    std::string out;
    for (std::size_t first = 0; first < 3; first += part) view.append_part(out, format, first, part);
    return out;
  };
  CHECK(array(0, 2) == R"([{"JobId":"a","CreationTimestamp":3500},{"JobId":"b","CreationTimestamp":2000}])");
  CHECK(array(2, 9) == R"([{"JobId":"c","Status":"QUEUED"}])");
  CHECK(array(3, 1) == "[]");
  CHECK(array(9, 1) == "[]");
  for (const std::size_t part : {1U, 2U, 3U, 4U}) {
    CAPTURE(part);
    CHECK(exported(ExportFormat::json, part) ==
          R"({"MediaAnalysisJobs":[{"JobId":"a","CreationTimestamp":3.5},{"JobId":"b","CreationTimestamp":2},)"
          R"({"JobId":"c","Status":"QUEUED"}]})");
    CHECK(exported(ExportFormat::ndjson, part) == R"({"JobId":"a","CreationTimestamp":3.5})"
                                                  "\n"
                                                  R"({"JobId":"b","CreationTimestamp":2})"
                                                  "\n"
                                                  R"({"JobId":"c","Status":"QUEUED"})"
                                                  "\n");
  }
  std::string empty;
  auto none = query_jobs(jobs, "nothing", {}, now);
  std::get<JobView>(none).append_part(empty, ExportFormat::json, 0, 5);
  CHECK(empty == R"({"MediaAnalysisJobs":[]})");
  CHECK(view.index_of("c") == std::size_t{2});
  CHECK(view.index_of("a") == std::size_t{0});
  CHECK(!view.index_of("d"));
}

TEST_CASE("a page's token is told once, as the last of its members of that name has it") {
  const auto tokens = [](std::string_view text, std::size_t chunk = 1 << 16) {
    return test::joined(test::read_text(text, chunk).tokens);
  };
  CHECK(tokens(R"({"NextToken":"t","MediaAnalysisJobs":[]})") == "t");
  CHECK(tokens(R"({"NextToken":"t","MediaAnalysisJobs":[{"JobId":"a"}]})") == "t");
  CHECK(tokens(R"({"MediaAnalysisJobs":[{"JobId":"a"}],"NextToken":"t"})") == "t");
  CHECK(tokens(R"({"MediaAnalysisJobs":[],"NextToken":"t"}{"MediaAnalysisJobs":[]})") == "t");
  CHECK(tokens(R"({"MediaAnalysisJobs":[],"NextToken":null})") == "");
  CHECK(tokens(R"({"NextToken":"t","NextToken":null,"MediaAnalysisJobs":[]})") == "");
  CHECK(tokens(R"({"MediaAnalysisJobs":[{"JobId":"a","NextToken":"no"}]})") == "");
  CHECK(tokens(R"({"JobId":"a","NextToken":"no"})") == "");
  for (std::size_t chunk = 1; chunk < 40; ++chunk) {
    CHECK(tokens(R"({"NextToken":"t","MediaAnalysisJobs":[{"JobId":"a"}]}{"MediaAnalysisJobs":[],"NextToken":"u"})",
                 chunk) == "t, u");
  }
}

TEST_CASE("UTF-16 is told from its first two bytes, also when they come apart") {
  for (const std::string& text : {std::string("\xFF\xFE{\0}\0", 6), std::string("\xFE\xFF\0{\0}", 6)}) {
    for (std::size_t chunk = 1; chunk < 4; ++chunk) {
      CHECK(test::read_text(text, chunk).rejected.at(0).message == "syntax error: UTF-16 text; save the file as UTF-8");
    }
  }
  CHECK(rejections("\xFF") == "0 syntax error: unexpected byte 0xFF; expected a JSON object or array");
}

TEST_CASE("a success is what HTTP calls one") {
  for (const int status : {200, 201, 299}) CHECK(HttpResponse{.status = status}.is_success());
  for (const int status : {0, 100, 199, 300, 304, 400, 500}) CHECK(!HttpResponse{.status = status}.is_success());
}

TEST_CASE("each field is asked for by its name, and sorted by the member that the job has for it") {
  const auto named = [](std::string_view name) {
    const Field* const field = find_field_or_member(name);
    return field == nullptr ? std::string_view("none") : field->name;
  };
  for (const auto& [member, field] :
       {std::pair{"Status", "status"}, std::pair{"FailureDetails", "code"}, std::pair{"JobName", "name"},
        std::pair{"JobId", "id"}, std::pair{"KmsKeyId", "kms"}, std::pair{"Input", "input"},
        std::pair{"OutputConfig", "output"}, std::pair{"Results", "results"}, std::pair{"ManifestSummary", "summary"},
        std::pair{"OperationsConfig", "confidence"}, std::pair{"CreationTimestamp", "created"},
        std::pair{"CompletionTimestamp", "completed"}}) {
    CHECK(named(member) == field);
    CHECK(named(field) == field);
  }
  for (const char* const field : {"model", "message", "project", "region", "version", "duration"})
    CHECK(named(field) == field);
  for (const char* const other : {"", "Outputs", "outputconfig", "has", "Job"}) CHECK(named(other) == "none");
  CHECK(named("STATUS") == "status");
  CHECK(find_facet_field("InputBucket")->member == Member::InputBucket);
  CHECK(find_facet_field("OutputBucket")->member == Member::OutputBucket);
  CHECK(find_facet_field("ResultsBucket")->member == Member::ResultsBucket);
  CHECK(find_facet_field("SummaryBucket")->member == Member::SummaryBucket);
  CHECK(find_facet_field("status")->member == Member::Status);
  CHECK(find_facet_field("nope") == nullptr);
  CHECK(parse_sort_key("-OutputConfig")->is_descending);
  CHECK(!parse_sort_key("OutputConfig")->is_descending);
  CHECK(!parse_sort_key("-"));
  CHECK(!parse_sort_key("--created"));
}

TEST_CASE("space around a query and an empty one ask for everything") {
  auto store = test::store_of(R"([{"JobId":"a","JobName":"x"},{"JobId":"b"}])");
  JobIndex jobs{.store = store};
  const auto count = [&](std::string_view text) {
    auto answer = query_jobs(jobs, text, {}, now);
    return std::get<JobView>(answer).size();
  };
  for (const char* const all : {"", " ", "\t\n "}) CHECK(count(all) == 2);
  for (const char* const one : {"x", " x", "x ", "\t x \n", " (x)", " ( x )", " name:x "}) CHECK(count(one) == 1);
  CHECK(print_query(std::get<QueryNode>(parse_query("  a  b ", job_query_schema))) == "a b");
  CHECK(std::get<QueryNode>(parse_query("  ", job_query_schema)).children.empty());
  CHECK(std::get<QueryNode>(parse_query("  ", job_query_schema)).values.empty());
}

TEST_CASE("of no rows there is nothing to count") {
  auto store = test::store_of(R"([{"JobId":"a","Status":"QUEUED","CreationTimestamp":1},{"JobId":"b","Status":""}])");
  JobIndex jobs{.store = store};
  auto none = query_jobs(jobs, "nothing", {}, now);
  for (const Field& field : fields) CHECK(std::get<JobView>(none).facets(field)->empty());
  for (const Field& field : bucket_fields) CHECK(std::get<JobView>(none).facets(field)->empty());
  CHECK(std::get<JobView>(none).histogram(*find_field("created"), 4)->empty());
  auto all = query_jobs(jobs, "", {}, now);
  const auto statuses = *std::get<JobView>(all).facets(*find_field("status"));
  REQUIRE(statuses.size() == 2);
  CHECK(statuses[0].value.empty());
  CHECK(statuses[1].value == "QUEUED");
}

}  // namespace
}  // namespace rekognition_jobs
