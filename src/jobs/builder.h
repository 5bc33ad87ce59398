// Builds a job from the members that a reader finds.
#pragma once

#include <string_view>

#include "job.h"
#include "schema.h"

namespace rekognition_jobs {

/// See LearningReader and SchemaHandler.
struct JobBuilder {
  using Member = rekognition_jobs::Member;
  using Record = MediaAnalysisJob;

  static constexpr std::string_view noun = "job";
  static constexpr bool crosses_lines = true;
  static constexpr MemberSet required_in_items{};

  static void clear(MediaAnalysisJob& job) { job.members = {}; }
  static void begin_item(MediaAnalysisJob& /*job*/, Member /*list*/) {}
  static void erase(MediaAnalysisJob& /*job*/, Member /*member*/) {}

  static void set_text(MediaAnalysisJob& job, Member member, std::string_view text) {
    job.texts[index_of(member)] = text;
  }
  static void set_number(MediaAnalysisJob& job, Member /*member*/, double number) { job.min_confidence = number; }
  static void set_timestamp(MediaAnalysisJob& job, Member member, Timestamp timestamp) {
    (member == Member::CreationTimestamp ? job.creation_timestamp : job.completion_timestamp) = timestamp;
  }

  /// Whether it has a JobId.
  static bool finish(MediaAnalysisJob& job, MemberSet members) {
    job.members = members;
    return job.has(Member::JobId) && !job.texts[index_of(Member::JobId)].empty();
  }
};

}  // namespace rekognition_jobs
