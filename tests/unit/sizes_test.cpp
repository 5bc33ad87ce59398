// Sizes that are computed do not wrap, by 32 bits either: as 32-bit code these tests see what 64-bit code cannot.
#include <doctest/doctest.h>

#include <set>
#include <string>

#include "base/checked_size.h"
#include "base/string_arena.h"
#include "columns/list_column.h"
#include "columns/text_column.h"
#include "jobs/query.h"
#include "support.h"

namespace rekognition_jobs {
namespace {

TEST_CASE("a sum or product that does not fit is the largest size") {
  static_assert(checked_sum(2, 3) == 5);
  static_assert(checked_sum(largest_size - 1, 1) == largest_size);
  static_assert(checked_sum(largest_size, 1) == largest_size);
  static_assert(checked_sum(1, largest_size) == largest_size);
  static_assert(checked_product(6, 7) == 42);
  static_assert(checked_product(0, largest_size) == 0);
  static_assert(checked_product(largest_size, 0) == 0);
  static_assert(checked_product(largest_size / 2, 2) == largest_size - 1);
  static_assert(checked_product(largest_size / 2 + 1, 2) == largest_size);
}

TEST_CASE("a set of rows has a word for each 64 of them, to the largest number of rows") {
  CHECK(Bitmap(0).words().empty());
  CHECK(Bitmap(64).words().size() == 1);
  CHECK(Bitmap(65, true).count() == 65);
  Bitmap rows;
  rows.extend(129);
  CHECK(rows.words().size() == 3);
}

TEST_CASE("a chunk of text takes no more than its offsets can tell") {
  TextColumn column;
  column.set(3, "four");
  CHECK(column.has_room_for(4, 1'000));
  CHECK(column.has_room_for(rows_per_chunk, TextColumn::most_text));
  if constexpr (sizeof(std::size_t) > sizeof(std::uint32_t)) {
    CHECK(column.has_room_for(4, TextColumn::most_text - 4));
    CHECK_FALSE(column.has_room_for(4, TextColumn::most_text - 3));
    CHECK_FALSE(column.has_room_for(4, largest_size));
  }
}

TEST_CASE("a chunk of lists takes no more than its ends can tell") {
  ListColumn column;
  column.add(1, 0.5);
  constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
  CHECK(column.has_room_for(most - 1));
  if constexpr (sizeof(std::size_t) > sizeof(std::uint32_t)) CHECK_FALSE(column.has_room_for(most));
  for (std::size_t row = 0; row < rows_per_chunk; ++row) column.end_row();
  CHECK(column.has_room_for(most));
}

TEST_CASE("what cannot be told any more is left out, and the store is as it was") {
  if constexpr (sizeof(std::size_t) == sizeof(std::uint32_t)) return;  // memory ends before
  JobStore store;
  MediaAnalysisJob job;
  job.members.insert(Member::JobId);
  job.texts[index_of(Member::JobId)] = "a";
  CHECK(store.put(job) == UpsertResult::added);
  // Nothing but its size is looked at.
  job.members.insert(Member::JobName);
  job.texts[index_of(Member::JobName)] = std::string_view("x", TextColumn::most_text + 1);
  CHECK(store.put(job) == UpsertResult::full);
  CHECK(store.size() == 1);
  CHECK(store.row_count() == 1);
  CHECK_FALSE(store.has(0, Member::JobName));
}

TEST_CASE("an arena of many texts goes on in large blocks") {
  StringArena arena;
  const std::string text(60'000, 'x');
  std::set<const char*> ends;
  for (int i = 0; i < 70; ++i) arena.add(text);
  const std::string_view first = arena.add("short");
  const std::string_view second = arena.add("texts");
  CHECK(second.data() == first.data() + first.size());
}

TEST_CASE("a histogram of more buckets and statuses than cells can be counted") {
  // 42,950 · 100,000 is 32,704 by 32 bits.
  constexpr std::size_t statuses = 42'950;
  constexpr std::size_t bucket_count = max_buckets;
  JobIndex jobs;
  for (std::size_t i = 0; i < statuses; ++i) {
    const std::string id = std::to_string(i);
    const std::string status = "S" + id;
    MediaAnalysisJob job;
    for (const Member member : {Member::JobId, Member::Status, Member::CreationTimestamp}) job.members.insert(member);
    job.texts[index_of(Member::JobId)] = id;
    job.texts[index_of(Member::Status)] = status;
    job.creation_timestamp = static_cast<Timestamp>(i * i);
    jobs.store->put(job);
  }
  auto view = std::get<JobView>(query_jobs(jobs, "", {}, 0));
  const auto buckets = view.histogram(*find_field("created"), bucket_count).value();
  REQUIRE(buckets.size() == bucket_count);
  std::size_t count = 0;
  std::set<std::string_view> seen;
  for (const StatusBucket& bucket : buckets) {
    count += bucket.count;
    std::size_t in_bucket = 0;
    for (const auto& [status, jobs_of_status] : bucket.by_group) {
      in_bucket += jobs_of_status;
      seen.insert(status);
    }
    REQUIRE(in_bucket == bucket.count);
  }
  CHECK(count == statuses);
  CHECK(seen.size() == statuses);
  std::string scratch;
  for (Row row = 0; row < statuses; ++row) {
    REQUIRE(jobs.store->text(row, Member::JobId, scratch) == std::to_string(row));
  }
}

}  // namespace
}  // namespace rekognition_jobs
