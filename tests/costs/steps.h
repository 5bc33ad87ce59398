// Steps that a call takes: edges of its control flow, and bytes that it hands to the C library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace rekognition_jobs::test {

/// The same in every run, on every machine.
[[nodiscard]] std::uint64_t steps_of(const std::function<void()>& call);

/// What is measured: `size` is what the call is given, in bytes or records; the call that is made ready is counted.
using Prepare = std::function<std::function<void()>(std::size_t size)>;

/// Requires that twice as much takes hardly more than twice the steps: n log n at worst. Prints a line of the table.
void check_cost(const std::string& name, std::size_t size, const Prepare& prepare);

}  // namespace rekognition_jobs::test
