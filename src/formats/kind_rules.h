// What differs between the kinds of records that the format reader looks for: their ids, their members and its
// messages.
#pragma once

#include <cstddef>
#include <string_view>

#include "../base/spelling.h"
#include "image_record.h"
#include "job_record.h"
#include "record_kind.h"

namespace rekognition_jobs::formats {

/// How many names of members an object has is counted up to this.
inline constexpr std::uint8_t many_members = 2;

struct KindRules {
  bool (*is_id)(std::string_view name);         ///< whether a member's name is that of the id, in any spelling
  bool (*names_member)(std::string_view name);  ///< whether it is that of any member
  std::size_t members_of_a_record;              ///< as many make an object without an id a record that lacks it
  std::string_view no_id;
  std::string_view no_object;
  std::string_view none_found;
  std::string_view others_beside;  ///< records of the other kind were found among these
  std::string_view others_alone;   ///< only records of the other kind were found
  std::string_view form_of_others;
};

inline bool is_job_id(std::string_view name) { return is_spelling_of(name, "JobId"); }
inline bool is_source_ref(std::string_view name) { return is_spelling_of(name, "source-ref"); }

inline constexpr KindRules job_rules{
    .is_id = is_job_id,
    .names_member = names_job_member,
    .members_of_a_record = many_members,
    .no_id = "JobId is missing",
    .no_object = "a job must be an object",
    .none_found = "no job was found: a job has a JobId",
    .others_beside = "images' results, which a listing of jobs does not have: open them as results",
    .others_alone = "this is a results file, not a listing of jobs: open it as results",
    .form_of_others = "results",
};

inline constexpr KindRules image_rules{
    .is_id = is_source_ref,
    .names_member = names_image_member,
    .members_of_a_record = 1,
    .no_id = "source-ref is missing",
    .no_object = "an image's result must be an object",
    .none_found = "no image was found: an image has a source-ref",
    .others_beside = "jobs, which results do not have: open them as a listing",
    .others_alone = "this is a listing of jobs, not results",
    .form_of_others = "listing of jobs",
};

[[nodiscard]] constexpr const KindRules& rules_of(RecordKind kind) {
  return kind == RecordKind::jobs ? job_rules : image_rules;
}

[[nodiscard]] constexpr const KindRules& rules_of_others(RecordKind kind) {
  return kind == RecordKind::jobs ? image_rules : job_rules;
}

}  // namespace rekognition_jobs::formats
