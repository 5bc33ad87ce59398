// The members of a results file's line: one table for both of its readers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "../json/schema.h"

namespace rekognition_jobs {

/// Every member that is read, parents before children.
enum class ResultMember : std::uint8_t {
  Line,
  SourceRef,
  Detection,
  Labels,
  LabelName,
  LabelParentName,
  LabelConfidence,
  LabelTaxonomyLevel,
  ModelVersion,
  ContentTypes,
  ContentTypeName,
  ContentTypeConfidence,
};

/// Rekognition Developer Guide, "Understanding the output of bulk analysis"; API: ModerationLabel, ContentType.
template <>
struct SchemaOf<ResultMember> {
  static constexpr std::size_t implied_count = 2;
  static constexpr auto shapes = std::to_array<MemberShape<ResultMember>>({
      {ResultMember::Line, ResultMember::Line, MemberType::object, ""},
      {ResultMember::SourceRef, ResultMember::Line, MemberType::text, "source-ref"},
      {ResultMember::Detection, ResultMember::Line, MemberType::object, "detect-moderation-labels"},
      {ResultMember::Labels, ResultMember::Detection, MemberType::list, "ModerationLabels"},
      {ResultMember::LabelName, ResultMember::Labels, MemberType::text, "Name"},
      {ResultMember::LabelParentName, ResultMember::Labels, MemberType::text, "ParentName"},
      {ResultMember::LabelConfidence, ResultMember::Labels, MemberType::number, "Confidence"},
      {ResultMember::LabelTaxonomyLevel, ResultMember::Labels, MemberType::number, "TaxonomyLevel"},
      {ResultMember::ModelVersion, ResultMember::Detection, MemberType::text, "ModerationModelVersion"},
      {ResultMember::ContentTypes, ResultMember::Detection, MemberType::list, "ContentTypes"},
      {ResultMember::ContentTypeName, ResultMember::ContentTypes, MemberType::text, "Name"},
      {ResultMember::ContentTypeConfidence, ResultMember::ContentTypes, MemberType::number, "Confidence"},
  });
};
static_assert(are_members_in_order<ResultMember>());

using ResultMemberSet = MemberSetOf<ResultMember>;

}  // namespace rekognition_jobs
