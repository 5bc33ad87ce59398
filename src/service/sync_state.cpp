// Writes the high watermark, the resume tokens and the JobIds that the service does not know, and reads them.
#include "sync_state.h"

#include <cstdint>
#include <string_view>
#include <utility>

namespace rekognition_jobs {
namespace {

void append_optional(std::string& out, const std::optional<Timestamp>& time) {
  append_value(out, std::uint8_t{time.has_value()});
  append_value(out, time.value_or(0));
}

/// False if it is not there.
bool read_optional(ByteReader& bytes, std::optional<Timestamp>& time) {
  const auto has_value = bytes.value<std::uint8_t>();
  const auto value = bytes.value<Timestamp>();
  if (!value) return false;
  time = *has_value == 0 ? std::nullopt : value;
  return true;
}

}  // namespace

void Coverage::append_bytes(std::string& out) const {
  append_optional(out, covered_);
  for (std::size_t i = 0; i < stops_.size(); ++i) {
    const Stop& stop = stops_[(oldest_ + i) % stops_.size()];
    append_sized_text(out, stop.token);
    append_optional(out, stop.newest);
  }
}

bool Coverage::read_bytes(ByteReader& bytes) {
  if (!read_optional(bytes, covered_)) return false;
  oldest_ = 0;
  for (Stop& stop : stops_) {
    const auto token = bytes.sized_text();
    if (!token || !read_optional(bytes, stop.newest)) return false;
    stop.token = *token;
  }
  return true;
}

std::uint64_t Coverage::size_in_bytes() const {
  std::uint64_t size = 256;
  for (const Stop& stop : stops_) size += stop.token.size();
  return size;
}

std::uint64_t size_in_bytes(const SyncState& state) {
  std::uint64_t size = state.coverage.size_in_bytes() + state.singles.last_asked.size() + 2 * sizeof size;
  for (const std::string& job_id : state.singles.foreign) size += job_id.size() + sizeof size;
  return size;
}

void append_bytes(std::string& out, const SyncState& state) {
  state.coverage.append_bytes(out);
  append_sized_text(out, state.singles.last_asked);
  append_value(out, std::uint64_t{state.singles.foreign.size()});
  for (const std::string& job_id : state.singles.foreign) append_sized_text(out, job_id);
}

std::optional<SyncState> read_sync_state(ByteReader& bytes) {
  SyncState state;
  if (!state.coverage.read_bytes(bytes)) return std::nullopt;
  const auto last_asked = bytes.sized_text();
  const auto count = bytes.value<std::uint64_t>();
  if (!last_asked || !count) return std::nullopt;
  state.singles.last_asked = *last_asked;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto job_id = bytes.sized_text();
    if (!job_id) return std::nullopt;
    state.singles.foreign.emplace_hint(state.singles.foreign.end(), *job_id);
  }
  return state;
}

}  // namespace rekognition_jobs
