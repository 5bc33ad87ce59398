// The members of a media analysis job: one table for readers, writers, the store and the query fields.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "../json/schema.h"

namespace rekognition_jobs {

/// Every member of the API's MediaAnalysisJobDescription, parents before children, in the API's order.
enum class Member : std::uint8_t {
  Job,
  JobId,
  JobName,
  OperationsConfig,
  DetectModerationLabels,
  MinConfidence,
  ProjectVersion,
  Status,
  FailureDetails,
  FailureCode,
  FailureMessage,
  CreationTimestamp,
  CompletionTimestamp,
  Input,
  InputObject,
  InputBucket,
  InputName,
  InputVersion,
  OutputConfig,
  OutputBucket,
  OutputPrefix,
  KmsKeyId,
  Results,
  ResultsObject,
  ResultsBucket,
  ResultsName,
  ResultsVersion,
  ModelVersions,
  Moderation,
  ManifestSummary,
  SummaryObject,
  SummaryBucket,
  SummaryName,
  SummaryVersion,
};

/// API: MediaAnalysisJobDescription. Every job has a JobId.
template <>
struct SchemaOf<Member> {
  static constexpr std::size_t implied_count = 2;
  static constexpr auto shapes = std::to_array<MemberShape<Member>>({
      {Member::Job, Member::Job, MemberType::object, ""},
      {Member::JobId, Member::Job, MemberType::text, "JobId"},
      {Member::JobName, Member::Job, MemberType::text, "JobName"},
      {Member::OperationsConfig, Member::Job, MemberType::object, "OperationsConfig"},
      {Member::DetectModerationLabels, Member::OperationsConfig, MemberType::object, "DetectModerationLabels"},
      {Member::MinConfidence, Member::DetectModerationLabels, MemberType::number, "MinConfidence"},
      {Member::ProjectVersion, Member::DetectModerationLabels, MemberType::text, "ProjectVersion"},
      {Member::Status, Member::Job, MemberType::text, "Status"},
      {Member::FailureDetails, Member::Job, MemberType::object, "FailureDetails"},
      {Member::FailureCode, Member::FailureDetails, MemberType::text, "Code"},
      {Member::FailureMessage, Member::FailureDetails, MemberType::text, "Message"},
      {Member::CreationTimestamp, Member::Job, MemberType::timestamp, "CreationTimestamp"},
      {Member::CompletionTimestamp, Member::Job, MemberType::timestamp, "CompletionTimestamp"},
      {Member::Input, Member::Job, MemberType::object, "Input"},
      {Member::InputObject, Member::Input, MemberType::object, "S3Object"},
      {Member::InputBucket, Member::InputObject, MemberType::text, "Bucket"},
      {Member::InputName, Member::InputObject, MemberType::text, "Name"},
      {Member::InputVersion, Member::InputObject, MemberType::text, "Version"},
      {Member::OutputConfig, Member::Job, MemberType::object, "OutputConfig"},
      {Member::OutputBucket, Member::OutputConfig, MemberType::text, "S3Bucket"},
      {Member::OutputPrefix, Member::OutputConfig, MemberType::text, "S3KeyPrefix"},
      {Member::KmsKeyId, Member::Job, MemberType::text, "KmsKeyId"},
      {Member::Results, Member::Job, MemberType::object, "Results"},
      {Member::ResultsObject, Member::Results, MemberType::object, "S3Object"},
      {Member::ResultsBucket, Member::ResultsObject, MemberType::text, "Bucket"},
      {Member::ResultsName, Member::ResultsObject, MemberType::text, "Name"},
      {Member::ResultsVersion, Member::ResultsObject, MemberType::text, "Version"},
      {Member::ModelVersions, Member::Results, MemberType::object, "ModelVersions"},
      {Member::Moderation, Member::ModelVersions, MemberType::text, "Moderation"},
      {Member::ManifestSummary, Member::Job, MemberType::object, "ManifestSummary"},
      {Member::SummaryObject, Member::ManifestSummary, MemberType::object, "S3Object"},
      {Member::SummaryBucket, Member::SummaryObject, MemberType::text, "Bucket"},
      {Member::SummaryName, Member::SummaryObject, MemberType::text, "Name"},
      {Member::SummaryVersion, Member::SummaryObject, MemberType::text, "Version"},
  });
};
static_assert(are_members_in_order<Member>());
static_assert(index_of(Member::JobId) < SchemaOf<Member>::implied_count);

inline constexpr std::size_t member_count = member_count_of<Member>;

using MemberSet = MemberSetOf<Member>;

}  // namespace rekognition_jobs
