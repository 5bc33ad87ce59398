// Rewrites a job in any spelling as the service writes it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "../base/notice.h"
#include "value_tree.h"

namespace rekognition_jobs::formats {

/// Whether `name` is that of a member directly within a job, in any spelling.
[[nodiscard]] bool names_job_member(std::string_view name);

/// Appends the job that the object `node` is to `out`, as a line of JSON. Values in other spellings, wrappers and units
/// are converted, optional ones that cannot be read are dropped, unknown members are left out, each with a notice.
/// Returns why it is none instead: its JobId is missing, or no text. Linear in the object.
[[nodiscard]] std::optional<std::string> append_job(std::string& out, const ValueTree& tree, NodeIndex node,
                                                    Notices& notices,
                                                    const std::function<SourcePlace(NodeIndex)>& place,
                                                    bool is_csv = false);

}  // namespace rekognition_jobs::formats
