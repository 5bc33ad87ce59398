// Returns the parts of a snapshot, or takes its chunks.
#include "snapshots.h"

#include <span>
#include <utility>

#include "base/byte_codec.h"
#include "base/can_allocate.h"
#include "bytes.h"
#include "service/sync_state.h"

namespace rekognition_jobs::wasm {

using emscripten::val;

std::unique_ptr<SnapshotWriting> SnapshotWriting::begin(const Engine& engine, const std::string& about) {
  const EngineState& state = *engine.state();
  const std::uint64_t of_notes = about.size() + size_in_bytes(state.sync);
  if (!can_allocate(4 * of_notes + SnapshotWriter::bytes_to_write(*state.jobs.store))) return nullptr;
  std::string notes;
  append_sized_text(notes, about);
  append_bytes(notes, state.sync);
  return std::unique_ptr<SnapshotWriting>(new SnapshotWriting(state.jobs.store, std::move(notes)));
}

val SnapshotWriting::part() {
  if (writer_.is_done()) return val::null();
  if (!can_allocate(SnapshotWriter::bytes_to_write(*store_))) return val::undefined();
  part_.clear();
  writer_.append_part(part_);
  return view_of(part_);
}

val SnapshotReading::reserve(std::size_t size) {
  if (!can_allocate(StoreRoom::bytes_to_read(reader_.bytes_kept() + size))) return val::undefined();
  const std::span<char> room = reader_.prepare(size);
  return view_of({room.data(), room.size()});
}

bool SnapshotReading::commit(std::size_t size) {
  error_ = reader_.commit(size);
  return error_ == SnapshotError::none;
}

bool SnapshotReading::finish() {
  error_ = reader_.finish();
  if (error_ != SnapshotError::none) return false;
  constexpr std::uint64_t of_a_byte = 12;  // a JobId, eight bytes at least, is a node of a set
  error_ = can_allocate((1U << 16) + of_a_byte * reader_.notes().size()) ? SnapshotError::damaged : SnapshotError::full;
  if (error_ == SnapshotError::full) return false;
  ByteReader notes(reader_.notes());
  const auto about = notes.sized_text();
  auto sync = read_sync_state(notes);
  if (!about || !sync || !notes.rest().empty()) return false;
  error_ = SnapshotError::none;
  about_ = *about;
  engine_->jobs = {.store = reader_.store()};
  engine_->sync = std::move(*sync);
  return true;
}

val SnapshotReading::about() const { return view_of(about_); }

}  // namespace rekognition_jobs::wasm
