// A query's tokens: of texts that can be read and of those that cannot, and that the parser sees the same.
#include "query/tokenizer.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "jobs/fields.h"
#include "query/parser.h"

namespace rekognition_jobs {
namespace {

/// "kind(text)" of each token, with the field before a value.
std::string cut(std::string_view text) {
  std::string out;
  for (const QueryToken& token : query_tokens(text, job_query_schema)) {
    if (!out.empty()) out += ' ';
    if (token.kind == TokenKind::value) out.append(token.field).append("=");
    out.append(token_kind_name(token.kind)).append("(");
    out.append(text.substr(token.range.begin, token.range.end - token.range.begin)).append(")");
  }
  return out;
}

/// The words and values of a tree, in the order of the text.
void collect(const QueryNode& node, std::vector<QueryValue>& values) {
  for (const QueryValue& value : node.values) values.push_back(value);
  for (const QueryNode& child : node.children) collect(child, values);
}

TEST_CASE("terms, keywords and parentheses") {
  CHECK(cut("") == "");
  CHECK(cut(" \t ") == "");
  CHECK(cut("a OR -b") == "word(a) or(OR) not(-) word(b)");
  CHECK(cut("NOT (a NOTb)") == "not(NOT) open(() word(a) word(NOTb) close())");
  CHECK(cut("status:failed,\"in progress\"") ==
        "field(status:) status=value(failed) comma(,) status=value(\"in progress\")");
  CHECK(cut("NAME:=x s3://a arn:aws:b a-b") == "field(NAME:) name=value(=x) word(s3://a) word(arn:aws:b) word(a-b)");
  CHECK(cut("created:a..b has:kms") == "field(created:) created=value(a..b) field(has:) has=value(kms)");
}

TEST_CASE("what the parser refuses is cut all the same") {
  CHECK(cut("colour:red") == "field(colour:) =value(red)");
  CHECK(cut("status:") == "field(status:)");
  CHECK(cut("status:failed,") == "field(status:) status=value(failed) comma(,)");
  CHECK(cut("name:=") == "field(name:) name=value(=)");
  CHECK(cut("a \"b c") == "word(a) phrase(\"b c)");
  CHECK(cut("a\"b\"c") == "word(a) phrase(\"b\") word(c)");
  CHECK(cut(") OR ((") == "close()) or(OR) open(() open(()");
  CHECK(cut("name:\"x\"y") == "field(name:) name=value(\"x\") word(y)");
}

TEST_CASE("a token's value is without quotes, escapes and the sign of an exact one") {
  const auto tokens = query_tokens(R"(name:="a \"b\" \\c" "d)", job_query_schema);
  REQUIRE(tokens.size() == 3);
  CHECK(tokens[1].value == R"(a "b" \c)");
  CHECK(tokens[1].is_exact);
  CHECK(tokens[1].is_quoted);
  CHECK(tokens[2].value == "d");
}

TEST_CASE("the parser sees the same words and values at the same places") {
  for (const char* text :
       {"a b OR c d OR (e OR f) g", "-(a OR b) NOT -c", "status:failed -name:x,\"y z\",=w OR has:name no:kms,code",
        R"("quo\"te" back\slash "back\\slash" name:"a \"b\"")", "created:2026-10..2026-11 (a (b (c OR d)))",
        "(a)(b)c(d)", "s3://bucket/key arn:aws:x 12:30 :x a-b:c", "input:s3://a/*,=s3://b/c \"OR\" or", "a,b --c"}) {
    CAPTURE(text);
    const auto tree = parse_query(text, job_query_schema);
    REQUIRE(std::holds_alternative<QueryNode>(tree));
    std::vector<QueryValue> values;
    collect(std::get<QueryNode>(tree), values);
    std::size_t next = 0;
    for (const QueryToken& token : query_tokens(text, job_query_schema)) {
      if (token.kind != TokenKind::word && token.kind != TokenKind::phrase && token.kind != TokenKind::value) continue;
      REQUIRE(next < values.size());
      CHECK(token.range == values[next].range);
      CHECK(token.value == values[next].text);
      CHECK(token.is_quoted == values[next].is_quoted);
      CHECK(token.is_exact == values[next].is_exact);
      ++next;
    }
    CHECK(next == values.size());
  }
}

TEST_CASE("as JSON") {
  CHECK(query_tokens_json("", job_query_schema) == "[]");
  CHECK(query_tokens_json("-name:=\"a\" x", job_query_schema) ==
        R"([{"start":0,"end":1,"kind":"not"},{"start":1,"end":6,"kind":"field","field":"name"},)"
        R"({"start":6,"end":10,"kind":"value","field":"name","value":"a","quoted":true,"exact":true},)"
        R"({"start":11,"end":12,"kind":"word","value":"x"}])");
  const std::string fields = query_fields_json(job_query_schema);
  CHECK(fields.find(R"({"name":"status","type":"value","values":["CREATED",)") == 1);
  CHECK(fields.find(R"({"name":"created","type":"time"})") != std::string::npos);
  CHECK(fields.find(R"({"name":"no","type":"presence","values":["name",)") != std::string::npos);
}

}  // namespace
}  // namespace rekognition_jobs
