// How far a list was read, as bytes: written and read, cut off and damaged.
#include "service/sync_state.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace rekognition_jobs {
namespace {

SyncState some_state() {
  SyncState state;
  state.coverage.reached_end(1'700'000'000'000);
  state.coverage.stopped("a token", 1'700'000'000'001);
  state.coverage.stopped("", -1);
  state.singles.last_asked = "job-7";
  state.singles.foreign = {"", "a", std::string(100, 'b')};
  return state;
}

std::string bytes_of(const SyncState& state) {
  std::string bytes;
  append_bytes(bytes, state);
  return bytes;
}

TEST_CASE("a state is read as it was written, and written again as the same bytes") {
  for (const SyncState& state : {SyncState{}, some_state()}) {
    const std::string bytes = bytes_of(state);
    CHECK(bytes.size() <= size_in_bytes(state));
    ByteReader reader(bytes);
    const auto read = read_sync_state(reader);
    REQUIRE(read.has_value());
    CHECK(reader.rest().empty());
    CHECK(read->coverage.covered() == state.coverage.covered());
    CHECK(read->coverage.newest_before("a token") == state.coverage.newest_before("a token"));
    CHECK(read->singles.last_asked == state.singles.last_asked);
    CHECK(read->singles.foreign == state.singles.foreign);
    CHECK(bytes_of(*read) == bytes);
  }
}

TEST_CASE("stops that were read go on to be forgotten, the first ones first") {
  SyncState state;
  for (const std::string_view token : {"1", "2", "3", "4", "5"}) state.coverage.stopped(std::string(token), 5);
  const std::string bytes = bytes_of(state);
  ByteReader reader(bytes);
  auto read = read_sync_state(reader);
  REQUIRE(read.has_value());
  read->coverage.stopped("6", 6);
  CHECK_FALSE(read->coverage.newest_before("2").has_value());
  CHECK(read->coverage.newest_before("3") == 5);
  CHECK(read->coverage.newest_before("6") == 6);
}

TEST_CASE("what is cut off anywhere is no state") {
  const std::string bytes = bytes_of(some_state());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    ByteReader reader(std::string_view(bytes).substr(0, size));
    CHECK_FALSE(read_sync_state(reader).has_value());
  }
}

TEST_CASE("a size that is claimed allocates nothing") {
  std::string bytes = bytes_of(SyncState{});
  for (std::size_t i = bytes.size() - sizeof(std::uint64_t); i < bytes.size(); ++i) bytes[i] = '\x7F';
  ByteReader reader(bytes);
  CHECK_FALSE(read_sync_state(reader).has_value());
}

}  // namespace
}  // namespace rekognition_jobs
