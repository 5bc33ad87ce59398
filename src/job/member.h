// The members of a media analysis job: one table that readers, writers, the store and the query fields all go by.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

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

inline constexpr std::size_t member_count = 34;

[[nodiscard]] constexpr std::size_t index_of(Member member) { return static_cast<std::size_t>(member); }

enum class MemberType : std::uint8_t { structure, text, timestamp, number };

struct MemberShape {
  Member parent;
  MemberType type;
  std::string_view name;  ///< as the API spells it, within its parent
};

/// Shapes by Member (API: MediaAnalysisJobDescription). The job itself is its own parent.
inline constexpr std::array<MemberShape, member_count> member_shapes{{
    {Member::Job, MemberType::structure, ""},
    {Member::Job, MemberType::text, "JobId"},
    {Member::Job, MemberType::text, "JobName"},
    {Member::Job, MemberType::structure, "OperationsConfig"},
    {Member::OperationsConfig, MemberType::structure, "DetectModerationLabels"},
    {Member::DetectModerationLabels, MemberType::number, "MinConfidence"},
    {Member::DetectModerationLabels, MemberType::text, "ProjectVersion"},
    {Member::Job, MemberType::text, "Status"},
    {Member::Job, MemberType::structure, "FailureDetails"},
    {Member::FailureDetails, MemberType::text, "Code"},
    {Member::FailureDetails, MemberType::text, "Message"},
    {Member::Job, MemberType::timestamp, "CreationTimestamp"},
    {Member::Job, MemberType::timestamp, "CompletionTimestamp"},
    {Member::Job, MemberType::structure, "Input"},
    {Member::Input, MemberType::structure, "S3Object"},
    {Member::InputObject, MemberType::text, "Bucket"},
    {Member::InputObject, MemberType::text, "Name"},
    {Member::InputObject, MemberType::text, "Version"},
    {Member::Job, MemberType::structure, "OutputConfig"},
    {Member::OutputConfig, MemberType::text, "S3Bucket"},
    {Member::OutputConfig, MemberType::text, "S3KeyPrefix"},
    {Member::Job, MemberType::text, "KmsKeyId"},
    {Member::Job, MemberType::structure, "Results"},
    {Member::Results, MemberType::structure, "S3Object"},
    {Member::ResultsObject, MemberType::text, "Bucket"},
    {Member::ResultsObject, MemberType::text, "Name"},
    {Member::ResultsObject, MemberType::text, "Version"},
    {Member::Results, MemberType::structure, "ModelVersions"},
    {Member::ModelVersions, MemberType::text, "Moderation"},
    {Member::Job, MemberType::structure, "ManifestSummary"},
    {Member::ManifestSummary, MemberType::structure, "S3Object"},
    {Member::SummaryObject, MemberType::text, "Bucket"},
    {Member::SummaryObject, MemberType::text, "Name"},
    {Member::SummaryObject, MemberType::text, "Version"},
}};

[[nodiscard]] constexpr const MemberShape& shape_of(Member member) { return member_shapes[index_of(member)]; }

/// The member called `name` directly within `parent`, which must be a structure.
[[nodiscard]] constexpr std::optional<Member> find_member(Member parent, std::string_view name) {
  for (std::size_t i = index_of(parent) + 1; i < member_count; ++i) {
    if (member_shapes[i].parent == parent && member_shapes[i].name == name) return static_cast<Member>(i);
  }
  return std::nullopt;
}

/// A set of members: which of them a job has.
class MemberSet {
 public:
  constexpr MemberSet() = default;

  [[nodiscard]] constexpr bool contains(Member member) const { return ((bits_ >> index_of(member)) & 1U) != 0; }
  constexpr void insert(Member member) { bits_ |= std::uint64_t{1} << index_of(member); }

  /// Takes `member` out, and all that lies within it.
  constexpr void erase(Member member) {
    bits_ &= ~(std::uint64_t{1} << index_of(member));
    for (std::size_t i = index_of(member) + 1; i < member_count; ++i) {
      if (member_shapes[i].parent == member) erase(static_cast<Member>(i));
    }
  }

  /// Calls `function(member)` for each member of the set, in their order.
  template <class Function>
  constexpr void for_each(const Function& function) const {
    for (std::uint64_t rest = bits_; rest != 0; rest &= rest - 1) {
      function(static_cast<Member>(std::countr_zero(rest)));
    }
  }

  /// Whether the two have a member in common.
  [[nodiscard]] constexpr bool intersects(MemberSet other) const { return (bits_ & other.bits_) != 0; }
  [[nodiscard]] constexpr MemberSet operator&(MemberSet other) const {
    other.bits_ &= bits_;
    return other;
  }
  constexpr MemberSet& operator|=(MemberSet other) {
    bits_ |= other.bits_;
    return *this;
  }

  /// Every job has itself and a JobId, so that 32 bits tell the rest.
  [[nodiscard]] constexpr std::uint32_t pack() const { return static_cast<std::uint32_t>(bits_ >> implied_count); }
  [[nodiscard]] static constexpr MemberSet unpack(std::uint32_t packed) {
    MemberSet set;
    set.bits_ = (std::uint64_t{packed} << implied_count) | ((std::uint64_t{1} << implied_count) - 1);
    return set;
  }

  constexpr bool operator==(const MemberSet&) const = default;

 private:
  static constexpr std::size_t implied_count = 2;
  static_assert(member_count - implied_count <= 32);

  std::uint64_t bits_ = 0;
};

}  // namespace rekognition_jobs
