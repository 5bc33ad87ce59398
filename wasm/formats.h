// Passes a source of another form from JavaScript to the reader that rewrites it, and returns its records.
#pragma once

#include <emscripten/val.h>

#include <cstddef>
#include <string>

#include "formats/format_reader.h"

namespace rekognition_jobs::wasm {

/// One source, from where the engine's own reader stopped.
class FormatReading {
 public:
  /// `offset` and `line` are those of its first byte in the source, `context` what is open there. It reads jobs, or
  /// images.
  FormatReading(bool reads_images, double offset, double line, std::string context, bool follows_records)
      : reader_({{static_cast<std::uint64_t>(offset), static_cast<std::uint64_t>(line)},
                 std::move(context),
                 follows_records,
                 reads_images ? formats::RecordKind::images : formats::RecordKind::jobs}) {}

  /// A Uint8Array of `size` bytes in the module's memory: fill it at once, then commit(). Undefined when memory is
  /// full.
  emscripten::val reserve(std::size_t size);

  // Reads the bytes in reserve(), or ends the source. False when memory is full.
  bool commit(std::size_t size);
  bool finish();

  /// The records since the last call as lines of JSON, a view of the module's memory: copy it at once.
  emscripten::val lines();

  [[nodiscard]] std::size_t rejected_count() const { return static_cast<std::size_t>(reader_.rejections().count()); }

  /// { format, NextToken?, rejectedCount, rejected, notices } as bytes of JSON, a view of the module's memory.
  emscripten::val found();

 private:
  [[nodiscard]] bool has_room(std::size_t size) const;

  formats::FormatReader reader_;
  std::string chunk_;
  std::string lines_;
  std::string found_;
};

/// "listing", "results" or "summary": what a source holds that begins with the bytes of `head`.
[[nodiscard]] std::string source_kind(const std::string& head);

}  // namespace rekognition_jobs::wasm
