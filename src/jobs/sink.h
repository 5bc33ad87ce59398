// Receives what a reader of jobs finds, as events.
#pragma once

#include <cstdint>
#include <string_view>

#include "job.h"

namespace rekognition_jobs {

/// Takes what a JobReader finds, in the order of the source.
class JobSink {
 public:
  virtual ~JobSink() = default;

  /// A good job; its text is valid during the call.
  virtual void on_job(const MediaAnalysisJob& job) = 0;

  /// A record that was left out: the byte of a syntax error, or the first byte of a mistyped record.
  virtual void on_rejected(std::uint64_t offset, std::string_view message) = 0;

  /// The NextToken of a response, as often as a response has one.
  virtual void on_next_token(std::string_view /*token*/) {}
};

}  // namespace rekognition_jobs
