// The type of a row's number, and how rows are divided into chunks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

namespace rekognition_jobs {

/// Rows are numbered from 0 in the order of arrival and never change; a job seen again gets a new one.
using Row = std::uint32_t;

/// Columns grow by chunks of so many rows, which never move: memory is touched once, and nothing is copied to grow.
inline constexpr std::size_t rows_per_chunk = 4096;

/// One number stands for no row.
inline constexpr std::size_t most_rows = std::numeric_limits<Row>::max();

}  // namespace rekognition_jobs
