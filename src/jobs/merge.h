// Completes an imported job with what the stored one has, and finds times that are implausible.
#pragma once

#include <string_view>

#include "../base/notice.h"
#include "../base/string_arena.h"
#include "../base/timestamp.h"
#include "job.h"

namespace rekognition_jobs {

inline constexpr std::string_view older_message = "records older or poorer than what is known of their jobs";

/// Gives `job` what `stored`, the same job, has and it does not: all if the stored one is finished and it is not, else
/// the members that it lacks, whose text is then in `texts`. False, and nothing has changed, if it lacks nothing.
[[nodiscard]] bool keep_known(MediaAnalysisJob& job, const MediaAnalysisJob& stored, StringArena& texts);

/// Adds a notice for each time that cannot be meant: a completion before the creation, and a time before October 2023,
/// when the service first had media analysis jobs, or more than a day after `now`.
void note_times(Notices& notices, const MediaAnalysisJob& job, Timestamp now);

}  // namespace rekognition_jobs
