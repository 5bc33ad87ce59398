// What memory is known to be there: the module's own malloc() counts what is taken of it.
#pragma once

#include <cstddef>

namespace rekognition_jobs::wasm {

/// So much of the memory that can_allocate() has found may be taken now.
void spend(std::size_t bytes);

}  // namespace rekognition_jobs::wasm
