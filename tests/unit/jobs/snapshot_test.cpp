// Stores that are written and read again; and bytes that are damaged, cut off, of another version, or made to do harm.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jobs/query.h"
#include "jobs/signed_frames.h"
#include "jobs/snapshot_reader.h"
#include "jobs/snapshot_writer.h"
#include "support.h"

namespace rekognition_jobs {
namespace {

using Random = std::mt19937;

std::string bytes_of(const std::shared_ptr<const JobStore>& store, std::string notes = {}) {
  SnapshotWriter writer(store, std::move(notes));
  std::string bytes;
  while (!writer.is_done()) writer.append_part(bytes);
  return bytes;
}

struct Opened {
  SnapshotError error = SnapshotError::none;
  std::shared_ptr<JobStore> store{};
  std::string notes{};
};

Opened open(std::string_view bytes, std::size_t chunk_size = std::size_t{1} << 18) {
  SnapshotReader reader(std::make_shared<JobStore>(7));
  for (std::size_t at = 0; at < bytes.size(); at += chunk_size) {
    const SnapshotError error = reader.read(bytes.substr(at, chunk_size));
    if (error != SnapshotError::none) REQUIRE(reader.finish() == error);
  }
  const SnapshotError error = reader.finish();
  return {error, reader.store(), reader.notes()};
}

/// All of a store that can be seen, by row.
std::string all_of(const JobStore& store) {
  std::string all;
  std::string scratch;
  for (std::size_t i = 0; i < store.row_count(); ++i) {
    const auto row = static_cast<Row>(i);
    all += store.current_rows().contains(row) ? '+' : '-';
    append_json(all, store.job(row, scratch));
    all += '\n';
  }
  return all;
}

/// Whether the store answers as one that was filled by put().
bool is_consistent(JobStore& store) {
  std::string scratch;
  std::string written;
  std::size_t size = 0;
  const std::size_t rows = store.row_count();
  for (std::size_t i = 0; i < rows; ++i) {
    const auto row = static_cast<Row>(i);
    const MediaAnalysisJob job = store.job(row, scratch);
    std::size_t text_size = 0;
    for (const std::string_view text : job.texts) text_size += text.size();
    written.clear();
    append_json(written, job);
    if (text_size > store.longest() || written.size() > store.bytes_of_a_record()) return false;
    if (!store.current_rows().contains(row)) continue;
    ++size;
    if (store.find(job.texts[index_of(Member::JobId)]) != row || store.put(job) != UpsertResult::unchanged)
      return false;
  }
  return store.size() == size;
}

/// A text of `size` bytes or a little more.
std::string any_text(Random& random, std::size_t size) {
  static constexpr std::array<std::string_view, 7> pieces{
      "a", "promo-", "ü", "€", "😀", "\n\"", std::string_view("\0", 1)};
  std::string text;
  while (text.size() < size) text += pieces[random() % pieces.size()];
  return text;
}

std::string any_id(Random& random, std::size_t most) {
  const std::size_t number = random() % most;
  std::string id = std::to_string(number);
  if (number % 3 != 0) id.insert(0, 64 - id.size(), 'a');
  return id;
}

/// Puts a job with some of the members.
void put_any(JobStore& store, Random& random, std::size_t most_ids) {
  std::array<std::string, member_count> texts;
  MediaAnalysisJob job;
  job.members.insert(Member::Job);
  for (std::size_t i = index_of(Member::JobId); i < member_count; ++i) {
    const auto member = static_cast<Member>(i);
    if (!job.has(shape_of(member).parent) || (member != Member::JobId && random() % 4 == 0)) continue;
    job.members.insert(member);
    if (shape_of(member).type == MemberType::text) {
      texts[i] = random() % 9 == 0 ? "" : any_text(random, 1 + random() % (random() % 3 == 0 ? 90 : 3));
    }
  }
  texts[index_of(Member::JobId)] = any_id(random, most_ids);
  if (random() % 2 == 0) texts[index_of(Member::ResultsName)] = "out/" + texts[index_of(Member::JobId)] + ".jsonl";
  for (std::size_t i = 0; i < member_count; ++i) job.texts[i] = texts[i];
  job.min_confidence = random() % 3 == 0 ? -0.0 : static_cast<double>(random() % 400) / 4;
  job.creation_timestamp = random() % 5 == 0 ? -max_timestamp : static_cast<Timestamp>(random());
  job.completion_timestamp = random() % 5 == 0 ? max_timestamp : static_cast<Timestamp>(random());
  store.put(job);
}

std::shared_ptr<JobStore> any_store(Random& random, std::size_t puts) {
  auto store = std::make_shared<JobStore>(random());
  for (std::size_t i = 0; i < puts; ++i) put_any(*store, random, puts);
  return store;
}

void check_round_trip(const std::shared_ptr<JobStore>& store, std::size_t chunk_size, const std::string& notes) {
  const std::string bytes = bytes_of(store, notes);
  const Opened opened = open(bytes, chunk_size);
  REQUIRE(opened.error == SnapshotError::none);
  CHECK(opened.notes == notes);
  CHECK((all_of(*opened.store) == all_of(*store)));
  CHECK((bytes_of(opened.store, notes) == bytes));
  REQUIRE(is_consistent(*opened.store));
}

TEST_CASE("a store that is written and read again is the same, whatever it holds and wherever its chunks end") {
  Random random(2026);
  for (int i = 0; i < 60; ++i) {
    CAPTURE(i);
    const auto store = any_store(random, random() % 200);
    check_round_trip(store, 1 + random() % 5000, any_text(random, random() % 200));
  }
  check_round_trip(any_store(random, 0), 1, "");
}

TEST_CASE("a store of several chunks, with more values than a byte or two can number, and rows that were replaced") {
  Random random(4);
  auto store = any_store(random, 9'000);
  check_round_trip(store, 100'000, "");
  MediaAnalysisJob job;
  for (const Member member :
       {Member::Job, Member::JobId, Member::KmsKeyId, Member::FailureDetails, Member::FailureMessage}) {
    job.members.insert(member);
  }
  for (int i = 0; i < 70'000; ++i) {
    const std::string text = std::to_string(i);
    for (const Member member : {Member::JobId, Member::KmsKeyId}) job.texts[index_of(member)] = text;
    job.texts[index_of(Member::FailureMessage)] = i % 300 == 0 ? std::string_view(text) : std::string_view();
    store->put(job);
  }
  check_round_trip(store, 1'000'000, "");
}

TEST_CASE("texts that are longer than a frame, of each kind of column, and long notes") {
  Random random(5);
  auto store = std::make_shared<JobStore>();
  for (const std::size_t size :
       {snapshot::most_text - 1, snapshot::most_text, snapshot::most_text + 1, 3 * snapshot::most_text + 7}) {
    for (int i = 0; i < 3; ++i) put_any(*store, random, 1'000'000);
    const std::string text = any_text(random, size);
    const std::string id = std::to_string(size);
    const std::string key = text + id + text;
    std::array<std::string_view, member_count> texts;
    texts[index_of(Member::JobId)] = id;
    for (const Member member : {Member::JobName, Member::KmsKeyId, Member::InputName}) texts[index_of(member)] = text;
    texts[index_of(Member::ResultsName)] = key;
    MediaAnalysisJob job;
    for (std::size_t i = 0; i < member_count; ++i) {
      const auto member = static_cast<Member>(i);
      if (shape_of(member).type == MemberType::object || !texts[i].empty()) job.members.insert(member);
    }
    job.texts = texts;
    store->put(job);
    MediaAnalysisJob by_text;
    for (const Member member : {Member::Job, Member::JobId}) by_text.members.insert(member);
    by_text.texts[index_of(Member::JobId)] = text;
    store->put(by_text);
  }
  check_round_trip(store, 77'777, any_text(random, 2 * snapshot::most_text + 1));
}

TEST_CASE("a member that is there for a few late rows alone") {
  auto store = std::make_shared<JobStore>();
  MediaAnalysisJob job;
  for (const Member member : {Member::Job, Member::JobId}) job.members.insert(member);
  const auto put = [&](int number) {
    const std::string id = std::to_string(number);
    job.texts[index_of(Member::JobId)] = id;
    store->put(job);
  };
  for (int i = 0; i < 9'000; ++i) put(i);
  for (const Member member : {Member::JobName, Member::Status}) {
    job.members.insert(member);
    job.texts[index_of(member)] = "late";
  }
  put(9'000);
  put(9'001);
  check_round_trip(store, 5'000, "");
  const Opened opened = open(bytes_of(store));
  JobIndex jobs{.store = opened.store};
  const auto found = query_jobs(jobs, "name:late", {}, 0);
  CHECK(std::get<JobView>(found).size() == 2);
}

TEST_CASE("what is written is the store as it was, though it takes in more meanwhile") {
  Random random(6);
  auto store = any_store(random, 5'000);
  const std::string before = all_of(*store);
  SnapshotWriter writer(store, "");
  std::string bytes;
  while (!writer.is_done()) {
    writer.append_part(bytes);
    for (int i = 0; i < 300; ++i) put_any(*store, random, 4'000);
  }
  const Opened opened = open(bytes);
  REQUIRE(opened.error == SnapshotError::none);
  CHECK((all_of(*opened.store) == before));
  REQUIRE(is_consistent(*opened.store));
}

TEST_CASE("an opened store goes on as the one that was written") {
  Random random(8);
  auto store = any_store(random, 1'000);
  const Opened opened = open(bytes_of(store));
  for (int i = 0; i < 700; ++i) {
    Random same = random;
    put_any(*store, random, 4'000);
    put_any(*opened.store, same, 4'000);
  }
  CHECK((all_of(*opened.store) == all_of(*store)));
  for (const std::string_view query :
       {"promo", "name:promo kms:a", "status:failed", "has:completed", "id:1", "output:a"}) {
    CAPTURE(query);
    JobIndex ours{.store = opened.store};
    JobIndex theirs{.store = store};
    const auto a = query_jobs(ours, query, *parse_sort_key("name"), 0);
    const auto b = query_jobs(theirs, query, *parse_sort_key("name"), 0);
    if (const auto* view = std::get_if<JobView>(&a))
      CHECK(view->row_set().words() == std::get<JobView>(b).row_set().words());
  }
}

TEST_CASE("parts are of bounded size") {
  Random random(9);
  SnapshotWriter writer(any_store(random, 20'000), any_text(random, 1'000'000));
  std::size_t parts = 0;
  while (!writer.is_done()) {
    std::string part;
    writer.append_part(part);
    CHECK(part.size() <= snapshot::most_text + snapshot::most_payload + 64);
    ++parts;
  }
  CHECK(parts > 5);
}

TEST_CASE("a snapshot that is damaged in any byte, cut off anywhere, or gone on with is none") {
  Random random(10);
  const auto store = any_store(random, 3);
  const std::string bytes = bytes_of(store, "notes");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    CAPTURE(i);
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(static_cast<unsigned char>(damaged[i]) ^ (1U << random() % 8));
    const SnapshotError error = open(damaged, 1 + random() % 600).error;
    const bool is_told = i < snapshot::magic.size() ? error == SnapshotError::foreign
                         : i < snapshot::head_size
                             ? error == SnapshotError::other_version
                             : error == SnapshotError::damaged || error == SnapshotError::incomplete;
    CHECK(is_told);
    const SnapshotError cut = open(bytes.substr(0, i)).error;
    CHECK(cut == (i == 0 ? SnapshotError::foreign : SnapshotError::incomplete));
  }
  CHECK(open(bytes + '\0').error == SnapshotError::damaged);
  CHECK(open(bytes + bytes).error == SnapshotError::damaged);
  CHECK(open("{\"MediaAnalysisJobs\":[]}").error == SnapshotError::foreign);
}

TEST_CASE("frames that are left out, doubled or swapped are told, though each is whole") {
  Random random(11);
  const std::string bytes = bytes_of(any_store(random, 300), "notes");
  std::vector<std::string> frames;
  for (std::size_t at = snapshot::head_size; at < bytes.size();) {
    std::uint32_t size = 0;
    std::memcpy(&size, bytes.data() + at, sizeof size);
    frames.push_back(bytes.substr(at, size + 12));
    at += size + 12;
  }
  REQUIRE(frames.size() > 20);
  const std::string head = bytes.substr(0, snapshot::head_size);
  const auto joined = [&](const std::vector<std::string>& parts) {
    std::string all = head;
    for (const std::string& part : parts) all += part;
    return all;
  };
  CHECK((joined(frames) == bytes));
  for (std::size_t i = 0; i + 1 < frames.size(); ++i) {
    CAPTURE(i);
    auto without = frames;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK(open(joined(without)).error == SnapshotError::damaged);
    auto twice = frames;
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), frames[i]);
    CHECK(open(joined(twice)).error == SnapshotError::damaged);
    auto swapped = frames;
    std::swap(swapped[i], swapped[i + 1]);
    CHECK(open(joined(swapped)).error == SnapshotError::damaged);
  }
}

TEST_CASE("bytes that were made to do harm give nothing, or a store that put() could have made") {
  Random random(12);
  std::size_t good = 0;
  std::size_t refused = 0;
  for (int i = 0; i < 300; ++i) {
    CAPTURE(i);
    std::string bytes = bytes_of(any_store(random, 1 + random() % 12), "notes");
    for (std::size_t changes = 1 + random() % 3; changes > 0; --changes) {
      const std::size_t at = snapshot::head_size + random() % (bytes.size() - snapshot::head_size);
      bytes[at] =
          static_cast<char>(random() % 4 == 0 ? random() : static_cast<unsigned char>(bytes[at]) + random() % 3 - 1);
    }
    const Opened opened = open(test::with_checksums(bytes));
    ++(opened.error == SnapshotError::none ? good : refused);
    if (opened.error != SnapshotError::none) continue;
    REQUIRE(is_consistent(*opened.store));
    check_round_trip(opened.store, 300, "");
  }
  CHECK(good > 10);
  CHECK(refused > 40);
}

/// A frame in the snapshot of one job, changed at a byte behind its head; with right checksums.
std::string forged(std::string_view bytes, std::uint8_t part, std::size_t at, std::string_view instead) {
  std::string changed(bytes);
  for (std::size_t frame = snapshot::head_size; frame < bytes.size();) {
    std::uint32_t size = 0;
    std::memcpy(&size, bytes.data() + frame, sizeof size);
    if (static_cast<std::uint8_t>(bytes[frame + 4]) == part) changed.replace(frame + 4 + at, instead.size(), instead);
    frame += size + 12;
  }
  return test::with_checksums(changed);
}

TEST_CASE("what a store relies on is checked, checksums or not") {
  const auto store = test::store_of(
      R"([{"JobId":"one","JobName":"ü","Status":"FAILED","CreationTimestamp":1},{"JobId":"two","JobName":"n"}])");
  const std::string bytes = bytes_of(store, "notes");
  const auto error = [&](std::uint8_t part, std::size_t at, std::string_view instead) {
    const std::string made = forged(bytes, part, at, instead);
    CHECK((made != bytes));
    return open(made).error;
  };
  constexpr std::size_t payload = sizeof(snapshot::FrameHead);
  constexpr std::size_t count = 8;
  constexpr std::uint8_t members = 1;
  constexpr std::uint8_t current = 2;
  constexpr std::uint8_t ids = 5;
  constexpr std::uint8_t names = 6;
  CHECK((forged(bytes, 77, 0, "x") == bytes));
  // Members that no job has without their parents.
  CHECK(error(members, payload, std::string_view("\xFF\xFF\xFF\x0F", 4)) == SnapshotError::damaged);
  CHECK(error(members, count, "\x03") == SnapshotError::damaged);
  CHECK(error(current, count, "\x01") == SnapshotError::damaged);
  // Two jobs of one JobId; an id that ends before it begins, beyond the text, and within a character.
  CHECK(error(ids, payload + 8, "twotwo") == SnapshotError::damaged);
  CHECK(error(ids, payload, "\x07") == SnapshotError::damaged);
  CHECK(error(ids, payload + 4, "\x07") == SnapshotError::damaged);
  CHECK(error(names, payload, "\x01") == SnapshotError::damaged);
  CHECK(error(names, payload + 8, "\xFF") == SnapshotError::damaged);
  CHECK(error(names, 0, "\xFE") == SnapshotError::damaged);
}

}  // namespace
}  // namespace rekognition_jobs
