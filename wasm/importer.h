// Reads the bytes of a source, chunk by chunk from JavaScript, into the engine's store.
#pragma once

#include <emscripten/val.h>

#include <cstddef>

#include "engine.h"
#include "jobs/reader.h"
#include "store_sink.h"

namespace rekognition_jobs::wasm {

/// One import. The store keeps what was read when it ends early.
class Importer {
 public:
  explicit Importer(const Engine& engine) : sink_(engine.state()), reader_(sink_) {}

  /// A Uint8Array of `size` bytes in the module's memory: fill it at once, then commit(). Undefined when memory is
  /// full.
  emscripten::val reserve(std::size_t size);

  // commit() reads the bytes in reserve(); finish() ends the source. False when memory became full: what did not fit is
  // left out.
  bool commit(std::size_t size);
  bool finish();

  [[nodiscard]] std::size_t added() const { return sink_.counts()[UpsertResult::added]; }
  [[nodiscard]] std::size_t updated() const { return sink_.counts()[UpsertResult::updated]; }
  [[nodiscard]] std::size_t unchanged() const { return sink_.counts()[UpsertResult::unchanged]; }
  [[nodiscard]] std::size_t rejected_count() const { return sink_.rejected_count; }

  /// The first StoreSink::most_rejected rejections, as an array of { offset, message }.
  [[nodiscard]] emscripten::val rejected() const;

 private:
  StoreSink sink_;
  JobReader reader_;
};

}  // namespace rekognition_jobs::wasm
