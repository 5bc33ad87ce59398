// Tracks the memory that is known to be free; the module's own malloc() subtracts what it hands out.
#pragma once

#include <cstddef>

namespace rekognition_jobs::wasm {

/// Subtracts `bytes` from the memory that can_allocate() has found to be free. malloc() calls it.
void spend(std::size_t bytes);

}  // namespace rekognition_jobs::wasm
