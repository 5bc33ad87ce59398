// What keeps costs linear: the hash with a key, searches that fall back, many texts at once, slices of long texts.
#include <doctest/doctest.h>

#include <array>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/borders.h"
#include "base/hash.h"
#include "base/substring.h"
#include "base/text_automaton.h"
#include "base/text_slice.h"
#include "jobs/query.h"
#include "query/tokenizer.h"
#include "service/listing_sync.h"
#include "support.h"

namespace rekognition_jobs {
namespace {

TEST_CASE("a hash depends on its seed, on each byte and on the size") {
  for (const std::size_t size : {0, 1, 7, 8, 9, 16, 63, 64, 127, 128, 129, 136, 300}) {
    const std::string text(size, 'x');
    CHECK(TextHash(1)(text) == TextHash(1)(text));
    CHECK(TextHash(1)(text) != TextHash(2)(text));
    CHECK(TextHash(1)(text) != TextHash(1)(text + "x"));
    CHECK(TextHash(1)(text) != TextHash(1)(text + std::string(1, '\0')));
    for (std::size_t i = 0; i < size; ++i) {
      std::string other = text;
      other[i] = 'y';
      REQUIRE(TextHash(1)(text) != TextHash(1)(other));
    }
  }
}

TEST_CASE("ten thousand texts collide hardly more often than by chance, in all bits and in the lowest ones") {
  const TextHash hash(7);
  std::set<std::uint32_t> whole;
  std::array<int, 256> lowest{};
  for (int i = 0; i < 10'000; ++i) {
    const std::uint32_t bits = hash("job-" + std::to_string(i));
    whole.insert(bits);
    ++lowest[bits & 0xFF];
  }
  CHECK(whole.size() >= 9'998);
  for (const int count : lowest) CHECK(count < 100);
}

/// As std::string finds it.
std::vector<std::size_t> places_of(std::string_view wanted, std::string_view text) {
  std::vector<std::size_t> places;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1))
    places.push_back(at);
  return places;
}

TEST_CASE("a search finds the same places where it falls back on the linear one") {
  for (const std::size_t size : {17, 40, 100}) {
    const std::string letters(size, 'a');
    for (const std::string& wanted : {letters, letters + "b", "b" + letters, letters + "b" + letters}) {
      for (const std::string& text :
           {std::string(600, 'a'), std::string(300, 'a') + "b" + std::string(300, 'a'), std::string(600, 'a') + wanted,
            wanted + std::string(600, 'a') + wanted + "x" + wanted}) {
        std::vector<std::size_t> found;
        const Substring substring(wanted);
        substring.for_each_match(text, [&](std::size_t place) { found.push_back(place); });
        const auto expected = places_of(wanted, text);
        REQUIRE(found == expected);
        REQUIRE(substring.is_in(text) == !expected.empty());
        if (!expected.empty()) REQUIRE(substring.find(text) == expected.front());
      }
    }
  }
}

TEST_CASE("borders tell how much has just been read") {
  const Borders borders("abab");
  std::size_t size = 0;
  std::vector<std::size_t> sizes;
  for (const char c : std::string_view("xABABABbab")) sizes.push_back(size = borders.step(size, c));
  CHECK(sizes == std::vector<std::size_t>{0, 1, 2, 3, 4, 3, 4, 0, 1, 2});
}

TEST_CASE("an automaton finds what a search for each would") {
  const std::vector<std::string> words{"he", "she", "his", "hers", "aaab", "x"};
  TextAutomaton automaton;
  CHECK(automaton.is_empty());
  for (const std::string& word : words) automaton.add(word, false);
  automaton.add("whole text", true);
  automaton.finish();
  CHECK(!automaton.is_empty());
  for (const std::string text : {"", "h", "USHERS", "ahishers", "sh", "hi", "aaaaab", "aaaaa", "whole text",
                                 "a whole text", "whole texts", "whole", "sxs"}) {
    bool expected = text == "whole text";
    for (const std::string& word : words) expected = expected || ascii::to_lower(text).find(word) != std::string::npos;
    CHECK(automaton.matches(text) == expected);
  }
}

TEST_CASE("a slice of pieces is that of the whole") {
  const std::vector<std::string_view> pieces{"s3://", "bucket", "/", "", "prefix/", "id", "-results.jsonl"};
  std::string whole;
  for (const std::string_view piece : pieces) whole += piece;
  for (std::size_t begin = 0; begin < whole.size() + 3; ++begin) {
    TextSlice slice(begin, 8);
    for (const std::string_view piece : pieces) slice.add(piece);
    CHECK(slice.text() == std::string_view(whole).substr(std::min(begin, whole.size()), 8));
  }
}

constexpr Timestamp now = 1'795'512'600'000;

std::string found(const std::shared_ptr<JobStore>& store, const std::string& text) {
  JobIndex jobs{.store = store};
  auto answer = query_jobs(jobs, text, *parse_sort_key("id"), now);
  if (const auto* error = std::get_if<QueryError>(&answer)) return error->message;
  std::string ids;
  std::string scratch;
  JobView& view = std::get<JobView>(answer);
  for (const Row row : view.rows(0, view.size())) ids += store->text(row, Member::JobId, scratch).substr(0, 3);
  return ids;
}

TEST_CASE("a list of many values finds what its values find one by one") {
  const std::string digits(61, '0');
  const auto store =
      test::store_of("[{\"JobId\":\"a01" + digits +
                     "\",\"JobName\":\"Promo\",\"Input\":{\"S3Object\":{\"Bucket\":\"in\",\"Name\":\"k/1\"}}},"
                     "{\"JobId\":\"b02" +
                     digits +
                     "\",\"JobName\":\"promo-2\",\"KmsKeyId\":\"alias/x\"},"
                     "{\"JobId\":\"C03" +
                     digits + "\",\"JobName\":\"\"},{\"JobId\":\"d04\"}]");
  std::string fill;
  for (int i = 0; i < 20; ++i) fill += ",none" + std::to_string(i);
  CHECK(found(store, "id:a01" + digits + fill) == "a01");
  CHECK(found(store, "id:A01" + digits + fill) == "a01");
  CHECK(found(store, "id:c03" + digits + ",d04" + fill) == "C03d04");
  CHECK(found(store, "id:=d0,=D04,=a01" + fill) == "d04");
  CHECK(found(store, "id:01,02" + fill) == "a01b02");
  CHECK(found(store, "name:PROMO" + fill) == "a01b02");
  CHECK(found(store, "name:=promo" + fill) == "a01");
  CHECK(found(store, "name:=\"\"" + fill) == "C03");
  CHECK(found(store, "name:\"\"" + fill) == "C03a01b02");
  CHECK(found(store, "name:*-2" + fill) == "b02");
  CHECK(found(store, "-name:promo" + fill) == "C03d04");
  CHECK(found(store, "kms:alias" + fill) == "b02");
  CHECK(found(store, "input:s3://in/k" + fill) == "a01");
  std::string words = "in/k";
  std::string negated = "-promo";
  for (int i = 0; i < 600; ++i) {
    words += " OR none" + std::to_string(i);
    negated += " -none" + std::to_string(i);
  }
  CHECK(found(store, words) == "a01");
  CHECK(found(store, words + " OR name:-2") == "a01b02");
  CHECK(found(store, negated) == "C03d04");
  std::string patterns = "name:*x";
  for (int i = 0; i < 600; ++i) patterns += ",*" + std::to_string(i);
  CHECK(found(store, patterns).find("more than 500") != std::string::npos);
}

TEST_CASE("a URI is found across its bucket's end, however its slashes repeat") {
  const auto store = test::store_of(R"([
    {"JobId":"a01","Input":{"S3Object":{"Bucket":"b//","Name":"//k"}}},
    {"JobId":"b02","Input":{"S3Object":{"Bucket":"b","Name":"k//"}}},
    {"JobId":"c03","Input":{"S3Object":{"Name":"k"}}}])");
  CHECK(found(store, "input://///k") == "a01");
  CHECK(found(store, "input://////k") == "");
  CHECK(found(store, "input:b/////k") == "a01");
  CHECK(found(store, "input:b/k") == "b02");
  CHECK(found(store, "input:s3:///k") == "c03");
  CHECK(found(store, "input:b///") == "a01");
  CHECK(found(store, "input:s3://b/") == "a01b02");
}

TEST_CASE(
    "refreshes ask for a hundred single jobs each, in turns, and no more for one that the service does not know") {
  std::vector<std::string> ids;
  for (int i = 100; i < 350; ++i) ids.push_back("j" + std::to_string(i));
  SingleJobs singles;
  std::set<std::string> asked;
  std::vector<std::size_t> counts;
  for (int refresh = 0; refresh < 4; ++refresh) {
    ListingSync sync = ListingSync::refresh(ids, now, singles);
    static_cast<void>(sync.next_request());
    CHECK(!sync.page_read(std::nullopt));
    std::size_t count = 0;
    while (const auto request = sync.next_request()) {
      const std::string body = std::get<Request>(*request).body;
      ++count;
      if (asked.insert(body).second && body.find("j2") != std::string::npos) {
        CHECK(sync.recovers_from({.name = "ResourceNotFoundException"}));
      } else {
        sync.observe(body.substr(10, 4), now, false);
        sync.job_read();
      }
    }
    CHECK(sync.done());
    counts.push_back(count);
  }
  CHECK(asked.size() == 250);
  CHECK(counts == std::vector<std::size_t>{100, 100, 100, 100});
  CHECK(singles.foreign.size() == 100);
  ListingSync list = ListingSync::refresh({}, now, singles);
  static_cast<void>(list.next_request());
  list.observe("j200", now, true);
  CHECK(singles.foreign.count("j200") == 0);
}

}  // namespace
}  // namespace rekognition_jobs
