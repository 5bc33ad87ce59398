// Rewrites an image's result, or a manifest summary, in any spelling as the service writes it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "../base/notice.h"
#include "value_tree.h"

namespace rekognition_jobs::formats {

/// Whether `name` is that of a member of an image's result which tells it from other records, in any spelling.
[[nodiscard]] bool names_image_member(std::string_view name);

/// Appends the image's result that the object `node` is to `out`, as a line of JSON; see append_job(). Returns why it
/// is none instead: its source-ref is missing, or no text. Linear in the object.
[[nodiscard]] std::optional<std::string> append_image(std::string& out, const ValueTree& tree, NodeIndex node,
                                                      Notices& notices,
                                                      const std::function<SourcePlace(NodeIndex)>& place);

/// Whether the object `node` is a manifest summary: it has statistics, or a version and errors, and is no image.
[[nodiscard]] bool is_summary(const ValueTree& tree, NodeIndex node);

/// Appends the manifest summary that the object `node` is to `out`, as a line of JSON.
void append_summary(std::string& out, const ValueTree& tree, NodeIndex node);

}  // namespace rekognition_jobs::formats
