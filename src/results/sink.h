// Receives what a reader of results finds, as events.
#pragma once

#include <cstdint>
#include <string_view>

#include "manifest_summary.h"
#include "result.h"

namespace rekognition_jobs {

/// Takes what a ResultsReader finds, in the order of the source.
class ResultSink {
 public:
  virtual ~ResultSink() = default;

  /// A good line; its text is valid during the call.
  virtual void on_image(const ImageResult& image) = 0;

  virtual void on_summary(const ManifestSummary& summary) = 0;

  /// A line that was left out: its number, from 1, and the byte of a syntax error, or its own first byte.
  virtual void on_rejected(std::uint64_t line, std::uint64_t offset, std::string_view message) = 0;
};

}  // namespace rekognition_jobs
