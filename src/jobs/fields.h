// The query fields of jobs: one table for syntax, matching, sorting, facets and histograms.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "../query/schema.h"
#include "schema.h"
#include "store.h"

namespace rekognition_jobs {

/// A row's text that is worked out of others, empty when it has none; borrowed as JobStore::text()'s is.
using DerivedText = std::string_view(const JobStore& store, Row row, std::string& scratch);

struct Field {
  std::string_view name;
  FieldType type;
  Member member;                    ///< where the value is; of an S3 URI, the bucket; of derived text, Member::Job
  std::string_view top_level_name;  ///< the job's own member that stands for this field, or empty
  Member key = Member::Job;         ///< of an S3 URI, the rest of it
  DerivedText* derive = nullptr;    ///< of derived text, what works it out
};

/// The Region in an ARN, arn:partition:service:region:account:resource; empty when there is none.
[[nodiscard]] constexpr std::string_view region_in(std::string_view arn) {
  if (!arn.starts_with("arn:")) return {};
  std::size_t begin = 0;
  std::size_t end = arn.find(':');
  for (int part = 1; part <= 3; ++part) {  // partition, service, region
    begin = end + 1;
    end = arn.find(':', begin);
    if (end == std::string_view::npos) return {};
  }
  const std::string_view region = arn.substr(begin, end - begin);
  constexpr std::size_t longest_name = 63;
  const bool is_name = region.size() <= longest_name &&
                       region.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
  return is_name ? region : std::string_view();
}

/// The Region of a job's project version, or else of its key; most jobs have neither as an ARN.
inline std::string_view derive_region(const JobStore& store, Row row, std::string& scratch) {
  for (const Member member : {Member::ProjectVersion, Member::KmsKeyId}) {
    if (const auto region = region_in(store.text(row, member, scratch)); !region.empty()) return region;
  }
  return {};
}

inline constexpr std::array<Field, 18> fields{{
    {"status", FieldType::value, Member::Status, "Status"},
    {"code", FieldType::value, Member::FailureCode, "FailureDetails"},
    {"model", FieldType::value, Member::Moderation, ""},
    {"name", FieldType::text, Member::JobName, "JobName"},
    {"id", FieldType::text, Member::JobId, "JobId"},
    {"message", FieldType::text, Member::FailureMessage, ""},
    {"kms", FieldType::text, Member::KmsKeyId, "KmsKeyId"},
    {"project", FieldType::text, Member::ProjectVersion, ""},
    {"region", FieldType::text, Member::Job, "", Member::Job, derive_region},
    {"version", FieldType::text, Member::InputVersion, ""},
    {"input", FieldType::s3_uri, Member::InputBucket, "Input", Member::InputName},
    {"output", FieldType::s3_uri, Member::OutputBucket, "OutputConfig", Member::OutputPrefix},
    {"results", FieldType::s3_uri, Member::ResultsBucket, "Results", Member::ResultsName},
    {"summary", FieldType::s3_uri, Member::SummaryBucket, "ManifestSummary", Member::SummaryName},
    {"confidence", FieldType::number, Member::MinConfidence, "OperationsConfig"},
    {"created", FieldType::time, Member::CreationTimestamp, "CreationTimestamp"},
    {"completed", FieldType::time, Member::CompletionTimestamp, "CompletionTimestamp"},
    {"duration", FieldType::duration, Member::CompletionTimestamp, ""},
}};

/// Whether the columns that hold a field's members are of kinds that can be searched for it.
[[nodiscard]] constexpr bool is_searchable(const Field& field) {
  const Storage storage = storage_of(field.member);
  switch (field.type) {
    case FieldType::value: return storage == Storage::interned;
    case FieldType::text:  // a derived one is of no member; GCC's sanitizers take `derive` for no constant
      return field.member == Member::Job || storage == Storage::interned || storage == Storage::packed ||
             storage == Storage::job_id;
    case FieldType::s3_uri: return storage == Storage::interned && shape_of(field.key).type == MemberType::text;
    case FieldType::number: return storage == Storage::number;
    case FieldType::time:
    case FieldType::duration: return storage == Storage::timestamp;
  }
  return false;
}
static_assert(std::all_of(fields.begin(), fields.end(), is_searchable));

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

/// The values of Status and FailureDetails.Code that the API documents (API: MediaAnalysisJobStatus,
/// MediaAnalysisJobFailureCode).
inline constexpr std::array<std::string_view, 5> documented_statuses{"CREATED", "QUEUED", "IN_PROGRESS", "SUCCEEDED",
                                                                     "FAILED"};
inline constexpr std::array<std::string_view, 9> documented_codes{
    "INTERNAL_ERROR",        "INVALID_S3_OBJECT",  "INVALID_MANIFEST",
    "INVALID_OUTPUT_CONFIG", "INVALID_KMS_KEY",    "ACCESS_DENIED",
    "RESOURCE_NOT_FOUND",    "RESOURCE_NOT_READY", "THROTTLED"};

[[nodiscard]] constexpr std::span<const std::string_view> documented_values(const Field& field) {
  if (field.member == Member::Status) return documented_statuses;
  if (field.member == Member::FailureCode) return documented_codes;
  return {};
}

/// The fields and flags as words, each at its own's place.
inline constexpr auto job_field_words = [] {
  std::array<FieldDescriptor, fields.size()> words{};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    words[i] = {fields[i].name, fields[i].type, documented_values(fields[i])};
  }
  return words;
}();
inline constexpr auto job_flag_words = [] {
  std::array<std::string_view, presence_flags.size()> words{};
  for (std::size_t i = 0; i < presence_flags.size(); ++i) words[i] = presence_flags[i].name;
  return words;
}();

inline constexpr QuerySchema job_query_schema{job_field_words, job_flag_words};

/// The field that a query's node names.
[[nodiscard]] constexpr const Field& field_of(const FieldDescriptor& word) {
  return fields[job_query_schema.index_of(word)];
}

/// The field of that name, without regard to case.
[[nodiscard]] constexpr const Field* find_field(std::string_view name) {
  const FieldDescriptor* const word = job_query_schema.find(name);
  return word == nullptr ? nullptr : &field_of(*word);
}

/// The field of that name or of that top-level member of a job, for what sorts and counts.
[[nodiscard]] constexpr const Field* find_field_or_member(std::string_view name) {
  for (const Field& field : fields) {
    if (!name.empty() && field.top_level_name == name) return &field;
  }
  return find_field(name);
}

}  // namespace rekognition_jobs
