// A value, or the error that stands in its place.
#pragma once

#include <variant>

namespace rekognition_jobs {

/// As C++23's std::expected, which libc++ 13 lacks. std::get_if<Error>() tells which of both it is.
template <class T, class Error>
using Expected = std::variant<T, Error>;

}  // namespace rekognition_jobs
