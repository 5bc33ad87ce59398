// The store's columns, over many chunks: what comes out is what came in.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "columns/bitmap.h"
#include "columns/dictionary_column.h"
#include "columns/radix_sort.h"
#include "columns/scan.h"
#include "columns/text_column.h"
#include "jobs/job_id_column.h"
#include "jobs/object_key_column.h"

namespace rekognition_jobs {
namespace {

constexpr Row rows = 3 * rows_per_chunk + 7;

TEST_CASE("a set is a subset of one that holds all its rows, and of no other") {
  for (const std::size_t size : {1U, 64U, 65U, 200U}) {
    CAPTURE(size);
    Bitmap all(size);
    for (std::size_t row = 0; row < size; ++row) all.insert(static_cast<Row>(row));
    CHECK(Bitmap(size).is_subset_of(all));
    CHECK(all.is_subset_of(all));
    CHECK_FALSE(all.is_subset_of(Bitmap(size)));
    CHECK_FALSE(Bitmap(size).is_subset_of(Bitmap(size + 1)));
    for (std::size_t row = 0; row < size; ++row) {
      Bitmap one(size);
      one.insert(static_cast<Row>(row));
      Bitmap others = all;
      others -= one;
      CHECK(one.is_subset_of(all));
      CHECK_FALSE(one.is_subset_of(others));
      CHECK(others.is_subset_of(all));
    }
  }
}

TEST_CASE("unset rows of a column are empty, wherever they lie") {
  Column<int> numbers;
  TextColumn texts;
  for (Row row = 5; row < rows; row += 4'000) {
    numbers.set(row, static_cast<int>(row));
    texts.set(row, std::to_string(row));
  }
  for (Row row = 0; row < rows + 2 * rows_per_chunk; ++row) {
    const bool is_set = row < rows && row % 4'000 == 5;
    REQUIRE(numbers[row] == (is_set ? static_cast<int>(row) : 0));
    REQUIRE(texts[row] == (is_set ? std::to_string(row) : ""));
  }
}

TEST_CASE("symbols widen as values come") {
  DictionaryColumn column;
  const auto value = [](Row row) {
    return row % 3 == 0 ? std::string() : "value " + std::to_string(row * 31 % 70'000);
  };
  for (Row row = 0; row < 110'000; ++row) column.set(row, value(row), TextHash(1));
  for (Row row = 0; row < 110'000; ++row) REQUIRE(column[row] == value(row));
  CHECK(column.values()[0].empty());
}

TEST_CASE("JobIds of any form are told apart and come out as they were") {
  const std::string digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  const std::array<std::string, 7> ids{digits, "0" + digits.substr(1, 62) + "A", digits.substr(1),    digits + "0",
                                       "x",    "g" + digits.substr(1),           std::string(64, 'f')};
  const TextHash hash(1);
  JobIdColumn column;
  for (const std::string& id : ids) column.push({id, hash});
  std::string scratch;
  for (Row row = 0; row < ids.size(); ++row) {
    CHECK(column.text(row, scratch) == ids[row]);
    for (Row other = 0; other < ids.size(); ++other) CHECK(column.is(row, {ids[other], hash}) == (row == other));
  }
  CHECK(rows_containing(column, Substring("89AB"), Bitmap(ids.size(), true)).count() == 5);
  CHECK(rows_containing(column, Substring("ffff"), Bitmap(ids.size(), true)).count() == 1);
}

TEST_CASE("keys are kept whole, whether or not a JobId is in them") {
  const std::string id = "a1b2";
  const std::array<std::string, 7> keys{"p/a1b2-results.jsonl", "a1b2-results.jsonl", "p/a1b2", "a1b2", "", "other",
                                        "a1b2/a1b2/x"};
  ObjectKeyColumn column;
  for (Row row = 0; row < keys.size(); ++row) column.set(row, keys[row], id, TextHash(1));
  for (Row row = 0; row < keys.size(); ++row) {
    std::string key;
    column.append_to(key, row, id);
    CHECK(key == keys[row]);
  }
}

TEST_CASE("the row of every byte is found, whatever lies before it") {
  TextColumn column;
  std::vector<Row> row_of_byte;
  for (Row row = 0; row < rows_per_chunk; ++row) {
    const std::size_t size = row % 100 < 30 ? 0 : row % 64 == 0 ? 200 : row % 9;
    if (size == 0 && row % 3 == 0) continue;
    column.set(row, std::string(size, 'x'));
    row_of_byte.insert(row_of_byte.end(), size, row);
    if (row % 1000 != 0 && row + 1 != rows_per_chunk) continue;
    const TextColumn::Chunk& chunk = *column.chunk(0);
    REQUIRE(chunk.text().size() == row_of_byte.size());
    for (std::size_t at = 0; at < row_of_byte.size(); ++at) REQUIRE(chunk.place_at(at) == row_of_byte[at]);
  }
}

TEST_CASE("a search over a chunk finds what each row has, and nothing across rows") {
  TextColumn column;
  Bitmap expected(rows);
  Bitmap some(rows);
  for (Row row = 0; row < rows; ++row) {
    const std::string text = row % 7 == 0   ? ""
                             : row % 5 == 0 ? "a longer text with a NeedLe " + std::to_string(row)
                             : row % 2 == 0 ? "nee"
                                            : "dle";
    column.set(row, text);
    if (text.find("NeedLe") != std::string::npos) expected.insert(row);
    if (row % 601 < 2) some.insert(row);
  }
  const Substring needle("nEEdle");
  CHECK(rows_containing(column, needle, Bitmap(rows, true)).words() == expected.words());
  Bitmap few = expected;
  few &= some;
  CHECK(rows_containing(column, needle, some).words() == few.words());
}

std::vector<std::size_t> matches(std::string_view wanted, const std::string& text) {
  std::vector<std::size_t> places;
  Substring(wanted).for_each_match(text, [&](std::size_t place) { places.push_back(place); });
  return places;
}

TEST_CASE("every match in a text of every length is found, and no other") {
  for (const std::string_view wanted : {"q", "qz", "qrz", "a needle of more than 16", "\xC3\xA9t\xC3\xA9"}) {
    for (std::size_t size = wanted.size(); size < 200; size += size < 60 || size > 132 ? 9 : 1) {
      for (std::size_t place = 0; place + wanted.size() <= size; ++place) {
        std::string text(size, 'x');
        text.replace(place, wanted.size(), wanted);
        REQUIRE(matches(wanted, text) == std::vector{place});
        text[place + wanted.size() / 2] = '?';
        REQUIRE(matches(wanted, text).empty());
      }
    }
  }
  const auto overlapping = matches("aa", std::string(150, 'A'));
  REQUIRE(overlapping.size() == 149);
  for (std::size_t i = 0; i < overlapping.size(); ++i) CHECK(overlapping[i] == i);
}

TEST_CASE("a substring is found at every place of a text of every length, and reads no byte beyond") {
  for (std::size_t size = 1; size < 50; ++size) {
    for (std::size_t length = 1; length <= size && length < 20; ++length) {
      for (std::size_t place = 0; place + length <= size; ++place) {
        std::string text(size, 'x');
        text.replace(place, length, std::string(length, 'Q'));
        REQUIRE(Substring(std::string(length, 'q')).find(text) == place);
      }
    }
    CHECK(!Substring("q").is_in(std::string(size, 'x')));
    CHECK(!Substring(std::string(size + 1, 'x')).is_in(std::string(size, 'x')));
  }
  CHECK(Substring("").is_in(""));
  CHECK(Substring("@").is_in("@"));
  CHECK(!Substring("@").is_in("`"));
  CHECK(!Substring("[").is_in("{"));
}

TEST_CASE("keys sort by their bytes, equal ones as they were") {
  class Texts : public SortKeyReader {
   public:
    KeyChunk part(std::uint32_t number, std::size_t depth) override { return text_chunk(texts[number], depth); }
    std::vector<std::string> texts;
  };
  Texts keys;
  std::vector<std::uint32_t> numbers;
  std::uint32_t state = 1;
  for (std::uint32_t i = 0; i < 3'000; ++i) {
    state = state * 1'664'525 + 1'013'904'223;
    std::string text = i % 3 == 0 ? "a common prefix of some length " : "";
    for (std::uint32_t rest = state >> 20; rest != 0; rest >>= 3)
      text += static_cast<char>(rest % 5 == 0 ? '\0' : 'a' + rest % 7);
    if (i % 11 == 0) text += '\xFF';
    keys.texts.push_back(text);
    numbers.push_back(i);
  }
  std::vector<std::uint32_t> expected = numbers;
  std::stable_sort(expected.begin(), expected.end(), [&](auto a, auto b) { return keys.texts[a] < keys.texts[b]; });
  const Bitmap starts = sort_by_keys(numbers, keys);
  CHECK(numbers == expected);
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    REQUIRE(starts.contains(static_cast<Row>(i)) == (keys.texts[numbers[i]] != keys.texts[numbers[i - 1]]));
  }
  CHECK(sortable_bits(-2) < sortable_bits(-1));
  CHECK(sortable_bits(-1) < sortable_bits(-0.0));
  CHECK(sortable_bits(-0.0) == sortable_bits(0));
  CHECK(sortable_bits(0) < sortable_bits(5e-324));
}

TEST_CASE("keys sort however few or many differ, equal ones as they were") {
  class Remainders : public SortKeyReader {
   public:
    explicit Remainders(std::uint32_t divisor) : divisor_(divisor) {}
    KeyChunk part(std::uint32_t number, std::size_t /*depth*/) override { return {sortable_bits(number % divisor_)}; }

   private:
    std::uint32_t divisor_;
  };
  for (const std::uint32_t divisor : {1U, 2U, 47U, 127U, 128U, 129U, 200U, 999U}) {
    Remainders keys(divisor);
    std::vector<std::uint32_t> numbers(1'000);
    for (std::uint32_t i = 0; i < numbers.size(); ++i) numbers[i] = (i * 7) % 1'000;
    std::vector<std::uint32_t> expected = numbers;
    std::stable_sort(expected.begin(), expected.end(), [&](auto a, auto b) { return a % divisor < b % divisor; });
    const Bitmap starts = sort_by_keys(numbers, keys);
    CHECK(numbers == expected);
    CHECK(starts.count() == divisor);
  }
}

}  // namespace
}  // namespace rekognition_jobs
