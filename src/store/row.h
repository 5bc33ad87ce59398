// What a row of the store is called.
#pragma once

#include <cstdint>

namespace rekognition_jobs {

/// Rows are numbered from 0 in the order of arrival and never change; a job seen again gets a new one.
using Row = std::uint32_t;

}  // namespace rekognition_jobs
