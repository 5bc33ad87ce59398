// Compares names of members without regard to how programs spell them: `jobId`, `job_id`, `JOBID`, `Job Id`.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "ascii.h"

namespace rekognition_jobs {

[[nodiscard]] constexpr bool counts_in_name(char c) {
  return ascii::is_letter(c) || ascii::is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// What follows `front` in `name`, both without case and signs; nothing if the name does not begin with it.
[[nodiscard]] constexpr std::optional<std::string_view> after_spelling(std::string_view name, std::string_view front) {
  std::size_t i = 0;
  for (const char wanted : front) {
    if (!counts_in_name(wanted)) continue;
    while (i < name.size() && !counts_in_name(name[i])) ++i;
    if (i == name.size() || ascii::to_lower(name[i]) != ascii::to_lower(wanted)) return std::nullopt;
    ++i;
  }
  while (i < name.size() && !counts_in_name(name[i])) ++i;
  return name.substr(i);
}

[[nodiscard]] constexpr bool is_spelling_of(std::string_view name, std::string_view wanted) {
  const auto rest = after_spelling(name, wanted);
  return rest && rest->empty();
}

}  // namespace rekognition_jobs
