// A value or an error, as in std::expected of C++23.
#pragma once

#include <variant>

namespace rekognition_jobs {

/// As C++23's std::expected, which libc++ 13 lacks. std::get_if<Error>() tells which of both it is.
template <class T, class Error>
using Expected = std::variant<T, Error>;

}  // namespace rekognition_jobs
