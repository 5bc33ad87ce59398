// Why a query is invalid, and where.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "../base/expected.h"

namespace rekognition_jobs {

/// The stretch of a query's text that something came from, in bytes: `begin` ≤ i < `end`.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool operator==(const TextRange&) const = default;
};

struct QueryError {
  TextRange range{};
  std::string message{};
  std::vector<std::string> expected{};  ///< what could stand there instead
};

}  // namespace rekognition_jobs
