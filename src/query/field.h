// The fields of the query language: one table that syntax, matching, sorting, facets and histograms go by.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "job/member.h"
#include "text/ascii.h"

namespace rekognition_jobs {

enum class FieldType : std::uint8_t {
  value,     ///< one of a known few, compared whole
  text,      ///< substring, pattern or exact
  s3_uri,    ///< as text, over s3://bucket/key
  number,    ///< percent
  time,      ///< a timestamp
  duration,  ///< milliseconds from creation to completion
};

struct Field {
  std::string_view name;
  FieldType type;
  Member member;                    ///< where the value is; of an S3 URI, the bucket
  std::string_view top_level_name;  ///< the job's own member that stands for this field, or empty
  Member key = Member::Job;         ///< of an S3 URI, the rest of it
};

inline constexpr std::array<Field, 16> fields{{
    {"status", FieldType::value, Member::Status, "Status"},
    {"code", FieldType::value, Member::FailureCode, "FailureDetails"},
    {"model", FieldType::value, Member::Moderation, ""},
    {"name", FieldType::text, Member::JobName, "JobName"},
    {"id", FieldType::text, Member::JobId, "JobId"},
    {"message", FieldType::text, Member::FailureMessage, ""},
    {"kms", FieldType::text, Member::KmsKeyId, "KmsKeyId"},
    {"project", FieldType::text, Member::ProjectVersion, ""},
    {"input", FieldType::s3_uri, Member::InputBucket, "Input", Member::InputName},
    {"output", FieldType::s3_uri, Member::OutputBucket, "OutputConfig", Member::OutputPrefix},
    {"results", FieldType::s3_uri, Member::ResultsBucket, "Results", Member::ResultsName},
    {"summary", FieldType::s3_uri, Member::SummaryBucket, "ManifestSummary", Member::SummaryName},
    {"confidence", FieldType::number, Member::MinConfidence, "OperationsConfig"},
    {"created", FieldType::time, Member::CreationTimestamp, "CreationTimestamp"},
    {"completed", FieldType::time, Member::CompletionTimestamp, "CompletionTimestamp"},
    {"duration", FieldType::duration, Member::CompletionTimestamp, ""},
}};

/// What `has:` and `no:` can ask for.
struct PresenceFlag {
  std::string_view name;
  Member member;
};

inline constexpr std::array<PresenceFlag, 13> presence_flags{{
    {"name", Member::JobName},
    {"completed", Member::CompletionTimestamp},
    {"failure", Member::FailureDetails},
    {"code", Member::FailureCode},
    {"message", Member::FailureMessage},
    {"kms", Member::KmsKeyId},
    {"project", Member::ProjectVersion},
    {"confidence", Member::MinConfidence},
    {"model", Member::Moderation},
    {"results", Member::Results},
    {"summary", Member::ManifestSummary},
    {"version", Member::InputVersion},
    {"prefix", Member::OutputPrefix},
}};

inline constexpr std::string_view has_qualifier = "has";
inline constexpr std::string_view no_qualifier = "no";

/// The values of Status and FailureDetails.Code that the API documents (API: MediaAnalysisJobStatus,
/// MediaAnalysisJobFailureCode).
inline constexpr std::array<std::string_view, 5> documented_statuses{"CREATED", "QUEUED", "IN_PROGRESS", "SUCCEEDED",
                                                                     "FAILED"};
inline constexpr std::array<std::string_view, 9> documented_codes{
    "INTERNAL_ERROR",        "INVALID_S3_OBJECT",  "INVALID_MANIFEST",
    "INVALID_OUTPUT_CONFIG", "INVALID_KMS_KEY",    "ACCESS_DENIED",
    "RESOURCE_NOT_FOUND",    "RESOURCE_NOT_READY", "THROTTLED"};

/// The field of that name, without regard to case.
[[nodiscard]] constexpr const Field* find_field(std::string_view name) {
  for (const Field& field : fields) {
    if (ascii::equal_ignoring_case(field.name, name)) return &field;
  }
  return nullptr;
}

/// The field of that name or of that top-level member of a job, for what sorts and counts.
[[nodiscard]] constexpr const Field* find_field_or_member(std::string_view name) {
  for (const Field& field : fields) {
    if (!name.empty() && field.top_level_name == name) return &field;
  }
  return find_field(name);
}

}  // namespace rekognition_jobs
