// Reads the bytes of a source, chunk by chunk from JavaScript, into the engine's store.
#pragma once

#include <emscripten/val.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "bytes.h"
#include "engine.h"
#include "jobs/reader.h"
#include "store_sink.h"

namespace rekognition_jobs::wasm {

/// One import. The store keeps what was read when it ends early. Once it has stopped at another form, what is left over
/// goes to a FormatReading, whose lines come in again by read_lines().
class Importer {
 public:
  /// `now` is the time, in milliseconds since the epoch.
  Importer(const Engine& engine, double now)
      : sink_(engine.state(), static_cast<Timestamp>(now)),
        plain_(std::make_unique<JobReader>(sink_, JobReader::Options{.stops_at_other_forms = true})) {}

  /// A Uint8Array of `size` bytes in the module's memory: fill it at once, then commit(). Undefined when memory is
  /// full.
  emscripten::val reserve(std::size_t size);

  // commit() reads the bytes in reserve(); finish() ends the source. False when memory became full: what did not fit is
  // left out.
  bool commit(std::size_t size);
  bool finish();

  [[nodiscard]] bool has_stopped() const { return plain_->has_stopped(); }

  /// Where it stopped: { offset, line, context, followsRecords } as bytes of JSON, and all bytes from there on. Views
  /// of the module's memory: copy them at once.
  emscripten::val place();
  [[nodiscard]] emscripten::val left_over() const { return view_of(plain_->left_over()); }

  /// From here on the source is lines of JSON, as the service writes jobs.
  void read_lines() { lines_ = std::make_unique<JobReader>(sink_); }

  [[nodiscard]] std::size_t added() const { return sink_.counts()[UpsertResult::added]; }
  [[nodiscard]] std::size_t updated() const { return sink_.counts()[UpsertResult::updated]; }
  [[nodiscard]] std::size_t unchanged() const { return sink_.counts()[UpsertResult::unchanged]; }
  [[nodiscard]] std::size_t rejected_count() const { return sink_.rejected_count; }

  /// The source's NextToken, which the service gave, however long it is.
  void know_token(const std::string& token) { sink_.know_token(token); }

  /// { format, NextToken?, rejectedCount, rejected, notices } as bytes of JSON, a view of the module's memory.
  emscripten::val found();

 private:
  [[nodiscard]] JobReader& reader() { return lines_ ? *lines_ : *plain_; }

  StoreSink sink_;
  std::unique_ptr<JobReader> plain_;
  std::unique_ptr<JobReader> lines_;
  std::span<char> room_;
  std::string head_;
  std::string json_;
};

}  // namespace rekognition_jobs::wasm
