// The standing order, and sorts on top of it, against a plain model, in whichever order jobs arrive.
#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "jobs/kind.h"
#include "jobs/store.h"

namespace rekognition_jobs {
namespace {

struct PlainJob {
  std::string id;
  std::optional<Timestamp> created;
  std::optional<std::string> name;
};

bool stands_before(const PlainJob& a, const PlainJob& b) {
  if (a.created != b.created) return a.created > b.created;  // no time is less than any
  return a.id < b.id;
}

/// Few times and names, so that most jobs share theirs with others; ids of both kinds that the store tells apart.
std::vector<PlainJob> random_jobs(std::mt19937& random, std::size_t count) {
  std::vector<PlainJob> jobs;
  for (std::size_t i = 0; i < count; ++i) {
    PlainJob job{.id = std::to_string(random() % 1'000) + "-" + std::to_string(i)};
    if (random() % 3 == 0) job.id = std::string(64 - std::to_string(i).size(), 'a') + std::to_string(i);
    if (random() % 8 != 0) job.created = static_cast<Timestamp>(random() % 4) - 1;
    if (random() % 4 != 0) job.name = std::string("n") + static_cast<char>('a' + random() % 3);
    jobs.push_back(std::move(job));
  }
  return jobs;
}

void put_all(JobStore& store, const std::vector<PlainJob>& jobs) {
  for (const PlainJob& plain : jobs) {
    MediaAnalysisJob job;
    const auto set_text = [&](Member member, std::string_view text) {
      job.members.insert(member);
      job.texts[index_of(member)] = text;
    };
    job.members.insert(Member::Job);
    set_text(Member::JobId, plain.id);
    if (plain.name) set_text(Member::JobName, *plain.name);
    if (plain.created) {
      job.members.insert(Member::CreationTimestamp);
      job.creation_timestamp = *plain.created;
    }
    store.put(job);
  }
}

std::vector<std::string> sorted_ids(const JobStore& store, std::string_view sort) {
  JobSortIndexes orders;
  SortCursor cursor = orders.from_start(store, *parse_sort_key(sort));
  std::vector<std::string> ids;
  std::string scratch;
  for (std::size_t i = 0; i < store.size(); ++i) {
    ids.emplace_back(store.text(cursor.next(), Member::JobId, scratch));
  }
  return ids;
}

std::vector<std::string> ids_of(const std::vector<PlainJob>& jobs) {
  std::vector<std::string> ids;
  for (const PlainJob& job : jobs) ids.push_back(job.id);
  return ids;
}

/// The jobs in the standing order, then stably by `value`, those without one last.
template <class Value>
std::vector<std::string> ids_by(std::vector<PlainJob> jobs, Value PlainJob::* value, bool is_descending) {
  std::sort(jobs.begin(), jobs.end(), stands_before);
  std::stable_sort(jobs.begin(), jobs.end(), [&](const PlainJob& a, const PlainJob& b) {
    if (!(a.*value) || !(b.*value)) return (a.*value).has_value() && !(b.*value);
    return is_descending ? a.*value > b.*value : a.*value < b.*value;
  });
  return ids_of(jobs);
}

void check_orders(const std::vector<PlainJob>& arriving) {
  JobStore store;
  put_all(store, arriving);
  std::vector<PlainJob> standing = arriving;
  std::sort(standing.begin(), standing.end(), stands_before);
  CHECK(sorted_ids(store, "") == ids_of(standing));
  CHECK(sorted_ids(store, "created") == ids_by(arriving, &PlainJob::created, false));
  CHECK(sorted_ids(store, "-created") == ids_by(arriving, &PlainJob::created, true));
  CHECK(sorted_ids(store, "-CreationTimestamp") == ids_by(arriving, &PlainJob::created, true));
  CHECK(sorted_ids(store, "name") == ids_by(arriving, &PlainJob::name, false));
  CHECK(sorted_ids(store, "-name") == ids_by(arriving, &PlainJob::name, true));
}

TEST_CASE("jobs stand newest first, then by JobId, and sorts are stable on that, in whichever order jobs arrive") {
  std::mt19937 random(16);
  for (std::size_t count : {0U, 1U, 2U, 3U, 4U, 7U, 20U, 300U}) {
    for (int round = 0; round < 12; ++round) {
      CAPTURE(count);
      CAPTURE(round);
      std::vector<PlainJob> jobs = random_jobs(random, count);
      check_orders(jobs);
      std::sort(jobs.begin(), jobs.end(), stands_before);
      check_orders(jobs);
      std::reverse(jobs.begin(), jobs.end());
      check_orders(jobs);
      // Newest first, as the service lists them, but those of one time in any order, and against that of their JobIds.
      std::shuffle(jobs.begin(), jobs.end(), random);
      std::stable_sort(jobs.begin(), jobs.end(),
                       [](const PlainJob& a, const PlainJob& b) { return a.created > b.created; });
      check_orders(jobs);
      std::sort(jobs.begin(), jobs.end(), [](const PlainJob& a, const PlainJob& b) {
        return std::tie(b.created, b.id) < std::tie(a.created, a.id);
      });
      check_orders(jobs);
    }
  }
}

TEST_CASE("jobs that were all created at one time stand by JobId") {
  check_orders({{"c", 5, {}}, {"b", 5, {}}, {"a", 5, {}}});
  check_orders({{"b", 5, {}}, {"a", 5, {}}, {"c", 4, {}}});
  check_orders({{"c", 6, {}}, {"b", 5, {}}, {"a", 5, {}}});
  check_orders({{"b", {}, {}}, {"a", {}, {}}});
}

TEST_CASE("an order follows what was added and replaced since") {
  JobStore store;
  JobSortIndexes orders;
  put_all(store, {{"b", 5, {}}, {"a", 5, {}}});
  CHECK(orders.ascending(store, nullptr)->rows == std::vector<Row>{1, 0});
  put_all(store, {{"a", 5, "x"}, {"aa", 5, {}}});
  CHECK(orders.ascending(store, nullptr)->rows == std::vector<Row>{1, 2, 3, 0});
}

TEST_CASE("orders of more fields than are kept are each right") {
  JobStore store;
  JobSortIndexes orders;
  put_all(store, {{"b", 1, "x"}, {"a", 2, "y"}, {"c", 3, {}}});
  for (int round = 0; round < 3; ++round) {
    for (const Field& field : fields) {
      const std::vector<Row> rows = orders.ascending(store, &field)->rows;
      CAPTURE(field.name);
      if (field.name == "name") {
        CHECK(rows == std::vector<Row>{0, 1, 2});
      } else if (field.name == "id") {
        CHECK(rows == std::vector<Row>{1, 0, 2});
      } else if (field.name == "created") {
        CHECK(rows == std::vector<Row>{0, 1, 2});
      } else {
        CHECK(rows == std::vector<Row>{2, 1, 0});
      }
    }
  }
}

}  // namespace
}  // namespace rekognition_jobs
