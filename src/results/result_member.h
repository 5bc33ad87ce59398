// The members of a results file's line: one table that both of its readers go by.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "results/image_result.h"

namespace rekognition_jobs {

/// Every member that is read, parents before children. What a list holds has the list as its parent.
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

inline constexpr std::size_t result_member_count = 12;

[[nodiscard]] constexpr std::size_t index_of(ResultMember member) { return static_cast<std::size_t>(member); }

enum class ResultMemberType : std::uint8_t { object, list, text, number };  ///< a list is one of objects

struct ResultMemberShape {
  ResultMember parent;
  ResultMemberType type;
  std::string_view name;  ///< as the service spells it
};

/// Shapes by ResultMember (Rekognition Developer Guide, "Understanding the output of bulk analysis"; API:
/// ModerationLabel, ContentType). The line is its own parent.
inline constexpr std::array<ResultMemberShape, result_member_count> result_member_shapes{{
    {ResultMember::Line, ResultMemberType::object, ""},
    {ResultMember::Line, ResultMemberType::text, "source-ref"},
    {ResultMember::Line, ResultMemberType::object, "detect-moderation-labels"},
    {ResultMember::Detection, ResultMemberType::list, "ModerationLabels"},
    {ResultMember::Labels, ResultMemberType::text, "Name"},
    {ResultMember::Labels, ResultMemberType::text, "ParentName"},
    {ResultMember::Labels, ResultMemberType::number, "Confidence"},
    {ResultMember::Labels, ResultMemberType::number, "TaxonomyLevel"},
    {ResultMember::Detection, ResultMemberType::text, "ModerationModelVersion"},
    {ResultMember::Detection, ResultMemberType::list, "ContentTypes"},
    {ResultMember::ContentTypes, ResultMemberType::text, "Name"},
    {ResultMember::ContentTypes, ResultMemberType::number, "Confidence"},
}};

[[nodiscard]] constexpr const ResultMemberShape& shape_of(ResultMember member) {
  return result_member_shapes[index_of(member)];
}

/// The member called `name` directly within `parent`, or within the objects of that list.
[[nodiscard]] constexpr std::optional<ResultMember> find_member(ResultMember parent, std::string_view name) {
  for (std::size_t i = index_of(parent) + 1; i < result_member_count; ++i) {
    if (result_member_shapes[i].parent == parent && result_member_shapes[i].name == name) {
      return static_cast<ResultMember>(i);
    }
  }
  return std::nullopt;
}

/// Where the image's last label or content type keeps that number.
[[nodiscard]] inline double& number_of(ImageResult& image, ResultMember member) {
  switch (member) {
    case ResultMember::LabelConfidence: return image.labels.back().confidence;
    case ResultMember::LabelTaxonomyLevel: return image.labels.back().taxonomy_level;
    default: return image.content_types.back().confidence;
  }
}

/// A set of members, as bits.
using ResultMemberBits = std::uint16_t;

[[nodiscard]] constexpr ResultMemberBits bit_of(ResultMember member) {
  return static_cast<ResultMemberBits>(1U << index_of(member));
}

}  // namespace rekognition_jobs
