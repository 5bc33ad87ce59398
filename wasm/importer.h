// Takes a source's bytes from JavaScript chunk by chunk into the engine's store.
#pragma once

#include <emscripten/val.h>

#include <cstddef>

#include "engine.h"
#include "job/job_reader.h"
#include "store_sink.h"

namespace rekognition_jobs::wasm {

class Importer {
 public:
  explicit Importer(const Engine& engine) : sink_(engine.state()), reader_(sink_) {}

  /// A Uint8Array of `size` bytes in the module's memory: fill it at once, then commit().
  emscripten::val reserve(std::size_t size);
  void commit(std::size_t size) { reader_.commit(size); }
  void finish() { reader_.finish(); }

  [[nodiscard]] std::size_t added() const { return sink_.added; }
  [[nodiscard]] std::size_t updated() const { return sink_.updated; }
  [[nodiscard]] std::size_t unchanged() const { return sink_.unchanged; }
  [[nodiscard]] std::size_t rejected_count() const { return sink_.rejected_count; }

  /// The first rejections, as an array of { offset, message }.
  [[nodiscard]] emscripten::val rejected() const;

 private:
  StoreSink sink_;
  JobReader reader_;
};

}  // namespace rekognition_jobs::wasm
