// Names the forms of files in which no job can be read, and says what to do.
#pragma once

#include <string>
#include <string_view>

#include "record_kind.h"

namespace rekognition_jobs::formats {

struct NamedForm {
  std::string name;     ///< empty if it is not known
  std::string message;  ///< with what to do
};

/// The form of a file by how it begins, in which no record of a kind was found.
[[nodiscard]] NamedForm named_form(std::string_view head, RecordKind kind);

/// Whether the file is of events, which name jobs and do not describe them.
[[nodiscard]] bool names_events(std::string_view head);

}  // namespace rekognition_jobs::formats
