// The query language's syntax: trees, their printed form, and the places of errors.
#include "query/parser.h"

#include <doctest/doctest.h>

#include <string>

#include "jobs/fields.h"

namespace rekognition_jobs {
namespace {

std::string printed(std::string_view text) {
  const auto tree = parse_query(text, job_query_schema);
  REQUIRE(std::holds_alternative<QueryNode>(tree));
  return print_query(std::get<QueryNode>(tree));
}

/// "begin-end" of the error.
std::string error_place(std::string_view text) {
  const auto tree = parse_query(text, job_query_schema);
  if (!std::holds_alternative<QueryError>(tree)) return "none";
  const TextRange range = std::get<QueryError>(tree).range;
  return std::to_string(range.begin) + "-" + std::to_string(range.end);
}

TEST_CASE("terms side by side bind tighter than OR") {
  CHECK(printed("a b OR c") == "(a b) OR c");
  CHECK(printed("a (b OR c)") == "a (b OR c)");
  CHECK(printed("-a b") == "NOT a b");
  CHECK(printed("NOT (a b) OR -c") == "NOT (a b) OR NOT c");
  CHECK(printed("--a") == "NOT NOT a");
  CHECK(printed("((a))") == "(a)");
  CHECK(printed("  ") == "");
}

TEST_CASE("words are words unless they are fields") {
  CHECK(printed("and or not") == "and or not");
  CHECK(printed("s3://bucket/key arn:aws:x ARN:y 12:30 :x a-b:c") == "s3://bucket/key arn:aws:x ARN:y 12:30 :x a-b:c");
  CHECK(printed("STATUS:Failed,queued") == "status:Failed,queued");
  CHECK(printed(R"(name:"a \"b\" \\c",=d,="e f",g*)") == R"(name:"a \"b\" \\c",=d,="e f",g*)");
  CHECK(printed("\"OR\" \"status:failed\"") == "\"OR\" \"status:failed\"");
  CHECK(printed("has:name no:kms,code") == "has:name no:kms,code");
  CHECK(printed("a,b") == "a,b");
  CHECK(printed("(a)(b)c(d)") == "(a) (b) c (d)");
}

TEST_CASE("what is printed reads as the same tree") {
  for (const char* text :
       {"a b OR c d OR (e OR f) g", "-(a OR b)", "NOT -a", "status:failed -name:x,\"y z\" OR has:name",
        R"("quo\"te" back\slash "back\\slash")", "created:2026-10..2026-11 (a (b (c OR d)))"}) {
    CAPTURE(text);
    const auto tree = parse_query(text, job_query_schema);
    REQUIRE(std::holds_alternative<QueryNode>(tree));
    const std::string again = print_query(std::get<QueryNode>(tree));
    const auto reread = parse_query(again, job_query_schema);
    REQUIRE(std::holds_alternative<QueryNode>(reread));
    CHECK(std::get<QueryNode>(reread) == std::get<QueryNode>(tree));
  }
}

TEST_CASE("errors tell their place") {
  CHECK(error_place("colour:red") == "0-6");
  CHECK(error_place("a http://x") == "2-6");
  CHECK(error_place("OR a") == "0-2");
  CHECK(error_place("a OR") == "2-4");
  CHECK(error_place("a OR OR b") == "5-7");
  CHECK(error_place("(a OR) b") == "5-6");
  CHECK(error_place("a (b") == "2-3");
  CHECK(error_place("a )") == "2-3");
  CHECK(error_place("()") == "1-2");
  CHECK(error_place("(") == "0-1");
  CHECK(error_place("a \"b c") == "2-6");
  CHECK(error_place("a\"b\"") == "1-2");
  CHECK(error_place("\"a\"b") == "3-4");
  CHECK(error_place("name:") == "5-5");
  CHECK(error_place("name:= x") == "5-6");
  CHECK(error_place("status:failed,") == "14-14");
  CHECK(error_place("status:,failed") == "7-7");
  CHECK(error_place("NOT") == "0-3");
  CHECK(error_place("a -") == "2-3");
  CHECK(error_place("-)") == "1-2");
  CHECK(error_place("NOT OR a") == "4-6");
  CHECK(error_place("name:\"x") == "5-7");
}

TEST_CASE("deep nesting is an error, not a crash") {
  CHECK(error_place(std::string(100'000, '(')) != "none");
  CHECK(error_place(std::string(100'000, '-') + "a") != "none");
  CHECK(error_place(std::string(100, '(') + "a" + std::string(100, ')')) == "none");
}

}  // namespace
}  // namespace rekognition_jobs
