// Passes snapshots of an engine's jobs to JavaScript and back.
#pragma once

#include <emscripten/val.h>

#include <cstddef>
#include <memory>
#include <string>

#include "engine.h"
#include "jobs/snapshot_reader.h"
#include "jobs/snapshot_writer.h"

namespace rekognition_jobs::wasm {

/// A snapshot that JavaScript takes part by part.
class SnapshotWriting {
 public:
  /// Of what the engine holds now; `about` is JavaScript's own to remember. Nothing when memory is full.
  [[nodiscard]] static std::unique_ptr<SnapshotWriting> begin(const Engine& engine, const std::string& about);

  /// The next part, a view of the module's memory: copy it at once. Null when there is none, undefined when memory is
  /// full.
  emscripten::val part();

 private:
  SnapshotWriting(std::shared_ptr<const JobStore> store, std::string notes)
      : store_(std::move(store)), writer_(store_, std::move(notes)) {}

  std::shared_ptr<const JobStore> store_;
  SnapshotWriter writer_;
  std::string part_;
};

/// Takes a snapshot's bytes from JavaScript chunk by chunk. The engine has nothing of it until finish().
class SnapshotReading {
 public:
  explicit SnapshotReading(const Engine& engine) : engine_(engine.state()), reader_(engine_->jobs.store->emptied()) {}

  /// A Uint8Array of `size` bytes in the module's memory: fill it at once, then commit(). Undefined when memory is
  /// full.
  emscripten::val reserve(std::size_t size);

  // False when there is an error().
  bool commit(std::size_t size);

  /// Gives the engine the jobs instead of its own.
  bool finish();

  /// A SnapshotError; 0 for a full memory, of which the bytes can do nothing.
  [[nodiscard]] int error() const { return error_ == SnapshotError::full ? 0 : static_cast<int>(error_); }

  /// A NextToken in about(), which the service gave, however long it is.
  void know_token(const std::string& token) { engine_->given_tokens.add(token); }

  /// What the writer was given, which may be anything: a view of the module's memory.
  [[nodiscard]] emscripten::val about() const;

 private:
  std::shared_ptr<EngineState> engine_;
  SnapshotReader reader_;
  SnapshotError error_ = SnapshotError::none;
  std::string about_;
};

}  // namespace rekognition_jobs::wasm
