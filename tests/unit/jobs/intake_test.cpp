// Imports that fill one store at a time, while it is cleared and compacted.
#include "jobs/intake.h"

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "support.h"

namespace rekognition_jobs {
namespace {

using test::make_job;
using Names = std::map<std::string, std::string>;

Names names_of(const JobStore& store) {
  Names names;
  std::string scratch;
  store.current_rows().for_each([&](Row row) {
    const std::string id(store.text(row, Member::JobId, scratch));
    names[id] = store.text(row, Member::JobName, scratch);
  });
  return names;
}

struct Counts {
  std::size_t added;
  std::size_t updated;
  std::size_t unchanged;

  bool operator==(const Counts&) const = default;
};

Counts counts_of(const JobIntake& intake) {
  return {intake.counts()[UpsertResult::added], intake.counts()[UpsertResult::updated],
          intake.counts()[UpsertResult::unchanged]};
}

TEST_CASE("a store that nothing fills is cleared of all") {
  const auto store = test::store_of(R"([{"JobId":"a"},{"JobId":"b"}])");
  CHECK(JobIntake::clear({}, *store)->row_count() == 0);
}

TEST_CASE("a clear keeps what running imports have put in and confirmed, and counts it anew") {
  auto store = test::store_of(R"([{"JobId":"known","JobName":"1"},{"JobId":"other","JobName":"1"}])");
  RunningIntakes running;
  JobIntake intake(running);
  for (const char* name : {"1", "1"}) intake.put(*store, make_job("known", name));
  intake.put(*store, make_job("new", "1"));
  intake.put(*store, make_job("new", "2"));
  CHECK(counts_of(intake) == Counts{1, 1, 2});
  store->put(make_job("new", "of another call"));
  store = JobIntake::clear(running, *store);
  CHECK(names_of(*store) == Names{{"known", "1"}, {"new", "2"}});
  CHECK(counts_of(intake) == Counts{2, 1, 1});
  intake.put(*store, make_job("new", "2"));
  CHECK(counts_of(intake) == Counts{2, 1, 2});
  store = JobIntake::clear(running, *store);
  CHECK(names_of(*store) == Names{{"known", "1"}, {"new", "2"}});
  CHECK(counts_of(intake) == Counts{2, 1, 2});
}

TEST_CASE("of two running imports the last one's job stays, and it is added once") {
  auto store = std::make_shared<JobStore>();
  RunningIntakes running;
  JobIntake first(running);
  {
    JobIntake second(running);
    first.put(*store, make_job("a", "1"));
    first.put(*store, make_job("b", "1"));
    second.put(*store, make_job("a", "2"));
    second.put(*store, make_job("b", "1"));
    store = JobIntake::clear(running, *store);
    CHECK(names_of(*store) == Names{{"a", "2"}, {"b", "1"}});
    CHECK(first.counts()[UpsertResult::added] + second.counts()[UpsertResult::added] == 2);
    CHECK(second.counts()[UpsertResult::updated] == 1);
    CHECK(first.counts()[UpsertResult::unchanged] + second.counts()[UpsertResult::unchanged] == 1);
  }
  store = JobIntake::clear(running, *store);
  CHECK(names_of(*store) == Names{{"a", "1"}, {"b", "1"}});
}

TEST_CASE("a compacted store has the current rows, in their order") {
  std::string scratch;
  const auto store = test::store_of(
      R"([{"JobId":"a","JobName":"1"},{"JobId":"b"},{"JobId":"a","JobName":"2"},{"JobId":"c","KmsKeyId":"k"},
          {"JobId":"b","Status":"X"},{"JobId":"b","Status":"Y"},{"JobId":"b","Status":"Z"}])");
  const auto compacted = JobIntake::compact({}, *store);
  REQUIRE(compacted);
  CHECK(compacted->row_count() == 3);
  CHECK(compacted->size() == 3);
  CHECK(compacted->text(0, Member::JobId, scratch) == "a");
  CHECK(compacted->text(0, Member::JobName, scratch) == "2");
  CHECK(compacted->text(1, Member::KmsKeyId, scratch) == "k");
  CHECK(compacted->find("b") == Row{2});
  CHECK(!JobIntake::compact({}, *compacted));
}

TEST_CASE("compacting keeps a replaced row as long as its import runs") {
  auto store = std::make_shared<JobStore>();
  RunningIntakes running;
  {
    JobIntake intake(running);
    intake.put(*store, make_job("a", "0"));
    for (const char* name : {"1", "2", "3", "4"}) store->put(make_job("a", name));
    store = JobIntake::compact(running, *store);
    REQUIRE(store);
    CHECK(store->row_count() == 2);
    CHECK(names_of(*store) == Names{{"a", "4"}});
    CHECK(counts_of(intake) == Counts{1, 0, 0});
    CHECK(!JobIntake::compact(running, *store));
    CHECK(names_of(*JobIntake::clear(running, *store)) == Names{{"a", "0"}});
  }
}

/// What a store must hold: every import's jobs are remembered as they came.
class Model {
 public:
  void put(std::size_t import, const std::string& id, const std::string& name) {
    puts_.push_back({import, id, name});
    names_[id] = name;
  }
  void can_allocate_another(const std::string& id, const std::string& name) { names_[id] = name; }
  void end(std::size_t import) {
    std::erase_if(puts_, [&](const Put& put) { return put.import == import; });
  }
  void clear() {
    names_.clear();
    for (const Put& put : puts_) names_[put.id] = put.name;
  }
  [[nodiscard]] const Names& names() const { return names_; }

  /// Records that an import has taken.
  [[nodiscard]] std::size_t total(std::size_t import) const {
    std::size_t total = 0;
    for (const Put& put : puts_) total += put.import == import ? 1 : 0;
    return total;
  }

 private:
  struct Put {
    std::size_t import;
    std::string id;
    std::string name;
  };

  std::vector<Put> puts_;  ///< of running imports
  Names names_;
};

TEST_CASE("any succession of puts, clears and compactions by several imports is as a plain map has it") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto below = [&](unsigned count) { return static_cast<std::size_t>(random() % count); };
    RunningIntakes running;
    auto store = std::make_shared<JobStore>();
    Model model;
    std::vector<std::unique_ptr<JobIntake>> imports(3);
    for (auto& import : imports) import = std::make_unique<JobIntake>(running);
    for (int step = 0; step < 120; ++step) {
      const std::string id = "job-" + std::to_string(below(12));
      const std::string name = std::to_string(below(3));
      const std::size_t import = below(3);
      switch (below(16)) {
        case 0:
          store = JobIntake::clear(running, *store);
          model.clear();
          break;
        case 1:
        case 2:
          if (auto compacted = JobIntake::compact(running, *store)) store = std::move(compacted);
          break;
        case 3:
          imports[import] = nullptr;
          imports[import] = std::make_unique<JobIntake>(running);
          model.end(import);
          break;
        case 4:
        case 5:
        case 6:
          store->put(make_job(id, name));
          model.can_allocate_another(id, name);
          break;
        default: imports[import]->put(*store, make_job(id, name)); model.put(import, id, name);
      }
      REQUIRE(names_of(*store) == model.names());
      for (std::size_t i = 0; i < imports.size(); ++i) {
        const UpsertCounts& counts = imports[i]->counts();
        REQUIRE(counts[UpsertResult::added] + counts[UpsertResult::updated] + counts[UpsertResult::unchanged] ==
                model.total(i));
      }
    }
    store = JobIntake::clear(running, *store);
    std::size_t added = 0;
    for (const auto& import : imports) added += import->counts()[UpsertResult::added];
    CHECK(added == store->size());
  }
}

}  // namespace
}  // namespace rekognition_jobs
