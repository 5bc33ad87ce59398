// Reads JSON that is a text within JSON.
#pragma once

#include <optional>
#include <string_view>

#include "value_tree.h"

namespace rekognition_jobs::formats {

/// The object or array that all of `text` is; nothing if it is none. Linear in the text.
[[nodiscard]] std::optional<ValueTree> read_json_text(std::string_view text);

}  // namespace rekognition_jobs::formats
