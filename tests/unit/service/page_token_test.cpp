// A NextToken from a caller, from the CLI and from the service, of any length.
#include "service/page_token.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>

#include "service/listing_sync.h"
#include "service/paginator.h"
#include "service/response.h"
#include "service_support.h"

namespace rekognition_jobs {
namespace {

using Text = std::optional<std::string>;

std::string base64(std::string_view bytes, bool is_padded = true) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t at) {
      return at < bytes.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])) : 0U;
    };
    const std::uint32_t bits = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
    for (std::uint32_t k = 0; k < 4; ++k) {
      if (i + k <= bytes.size())
        text += alphabet[bits >> (18U - 6U * k) & 63U];
      else if (is_padded)
        text += '=';
    }
  }
  return text;
}

Text token_of(std::string text) { return list_input(std::move(text), std::nullopt, {}).next_token; }

std::string body_of(const Expected<Request, ServiceError>& request) {
  return std::holds_alternative<Request>(request) ? std::get<Request>(request).body
                                                  : std::get<ServiceError>(request).name;
}

TEST_CASE("the CLI's token is turned into the service's") {
  // `aws rekognition list-media-analysis-jobs --max-items 2`, which ended within the first page.
  CHECK(token_of("eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAyfQ==") == std::nullopt);
  for (const char* rest : {"", R"(, "boto_truncate_amount": 2)"}) {
    for (const std::string& token : {std::string("t"), std::string("tok/en+=="), std::string(1'024, 'x')}) {
      const std::string json = R"({"NextToken": ")" + token + "\"" + rest + "}";
      CHECK(token_of(base64(json)) == token);
      CHECK(token_of(base64(json, false)) == token);
    }
    CHECK(token_of(base64(std::string(R"({"NextToken": null)") + rest + "}")) == std::nullopt);
  }
  CHECK(token_of(base64(R"({"boto_truncate_amount": 2, "NextToken": "after"})")) == "after");
  CHECK(token_of(base64(R"({"NextToken":"t\u00e9\"x"})")) == "t\xC3\xA9\"x");
  const auto input = list_input(base64(R"({"NextToken": "t"})"), 5, {});
  CHECK(body_of(list_request(input)) == R"({"MaxResults":5,"NextToken":"t"})");
}

TEST_CASE("any other token is the service's own, and is sent as it is") {
  for (const std::string& text : {
           std::string("t"),
           std::string("eyJ"),
           std::string("ey=="),
           base64(R"({"NextToken": "t")"),
           base64(R"({"NextToken": 5})"),
           base64(R"({"NextToken": {"a": "t"}})"),
           base64(R"({"NextToken": ["t"]})"),
           base64(R"({"NextToken": "t", "NextToken": "u"})"),
           base64(R"({"NextToken": "t", "exclusiveStartKey": "u"})"),
           base64(R"({"NextToken": "t", "boto_truncate_amount": "2"})"),
           base64(R"({"boto_truncate_amount": 2})"),
           base64(R"({})"),
           base64(R"({"JobId": "t"})"),
           base64(R"({"NextToken": "t"} x)"),
           base64("{\"NextToken\": \"\xFF\"}"),
           base64(R"({"NextToken": "t"})") + "-",
           base64(R"([{"NextToken": "t"}])"),
       }) {
    CAPTURE(text);
    CHECK(token_of(text) == text);
  }
  CHECK(!list_input(std::nullopt, std::nullopt, {}).next_token);
  CHECK(token_of("") == "");
}

TEST_CASE("a caller's token has 1,024 characters at most, unless the service gave it") {
  const std::string lengthy(1'500, 'x');
  GivenTokens given;
  CHECK(body_of(list_request(list_input(lengthy, std::nullopt, given))) == "InvalidParameterException");
  given.add(lengthy);
  CHECK(given.has(lengthy));
  CHECK(!given.has(std::string(1'500, 'y')));
  CHECK(!given.has(std::string(1'501, 'x')));
  CHECK(body_of(list_request(list_input(lengthy, std::nullopt, given))) == R"({"NextToken":")" + lengthy + "\"}");
  CHECK(body_of(list_request(list_input(std::string(1'025, 'x'), std::nullopt, given))) == "InvalidParameterException");
  // The CLI had it from the service.
  const std::string wrapped = base64(R"({"NextToken": ")" + lengthy + "\"}");
  CHECK(body_of(list_request(list_input(wrapped, std::nullopt, {}))) == R"({"NextToken":")" + lengthy + "\"}");
}

TEST_CASE("tokens that the service gives are passed back whatever their length, once each") {
  for (const std::size_t size : {1'024U, 1'025U, 1'500U, 5'000U, 1U << 20U}) {
    CAPTURE(size);
    const std::string first(size, 'a');
    const std::string second = std::string(size - 1, 'a') + "b";
    const auto asking_for = [](const std::string& token) { return R"({"NextToken":")" + token + "\"}"; };
    Paginator pages({});
    CHECK(body_of(pages.request()) == "{}");
    REQUIRE(pages.request_after(first));
    CHECK(pages.request_after(first)->body == asking_for(first));
    CHECK(!pages.page_read(first));
    CHECK(body_of(pages.request()) == asking_for(first));
    CHECK(!pages.request_after(first));
    CHECK(!pages.page_read(second));
    CHECK(body_of(pages.request()) == asking_for(second));
    const auto repeated = pages.page_read(first);
    REQUIRE(repeated);
    CHECK(repeated->name == "RepeatedTokenError");

    const std::string page = R"({"MediaAnalysisJobs":[],"NextToken":")" + first + "\"}";
    CHECK(outer_next_token(page) == first);
    ListingSync sync = ListingSync::all(std::nullopt, std::nullopt);
    static_cast<void>(sync.next_request());
    CHECK(sync.request_after(page)->body == asking_for(first));
    ListingSync rest = ListingSync::all(first, std::nullopt, /*is_token_given=*/true);
    CHECK(body_of(*rest.next_request()) == asking_for(first));
  }
}

TEST_CASE("no token of the service has more than a megabyte") {
  Paginator pages({});
  static_cast<void>(pages.request());
  const std::string endless(longest_service_token + 1, 'a');
  const auto error = pages.page_read(endless);
  REQUIRE(error);
  CHECK(error->name == "InvalidResponseError");
  CHECK(error->message == "the service gave a NextToken of 1048577 bytes");
  CHECK(error->attempts == 1);
  CHECK(!outer_next_token(R"({"MediaAnalysisJobs":[],"NextToken":")" + endless + "\"}"));
  GivenTokens given;
  given.add(endless);
  CHECK(body_of(list_request(list_input(endless, std::nullopt, given))) == "InvalidParameterException");
}

}  // namespace
}  // namespace rekognition_jobs
