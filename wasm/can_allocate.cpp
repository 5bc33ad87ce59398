// Asks the allocator whether memory is free, and remembers the answer until that much is used.
#include "can_allocate.h"

#include <emscripten/emscripten.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "base/can_allocate.h"

extern "C" {
void* emmalloc_malloc(std::size_t size);
void* emmalloc_realloc(void* block, std::size_t size);
void emmalloc_free(void* block);
int emmalloc_posix_memalign(void** block, std::size_t alignment, std::size_t size);
}

namespace rekognition_jobs {
namespace {

/// Bytes that lie free in one piece. The allocator is one for all, and so is this.
std::size_t& found() {
  static std::size_t bytes = 0;
  return bytes;
}

bool find(std::uint64_t bytes) {
  if (bytes > std::numeric_limits<std::size_t>::max() / 2) return false;
  void* const block = emmalloc_malloc(static_cast<std::size_t>(bytes));
  if (block == nullptr) return false;
  emmalloc_free(block);
  found() = static_cast<std::size_t>(bytes);
  return true;
}

}  // namespace

bool can_allocate(std::uint64_t bytes) {
  constexpr std::uint64_t spare = std::uint64_t{1} << 20;
  return bytes <= found() || find(bytes + spare) || find(bytes);
}

void wasm::spend(std::size_t bytes) {
  constexpr std::size_t of_a_block = 24;  // its head and tail, and what it is rounded up by
  found() -= std::min(found(), bytes + of_a_block);
}

}  // namespace rekognition_jobs

extern "C" {

/// For JavaScript, before it allocates strings and objects here.
EMSCRIPTEN_KEEPALIVE bool canAllocate(double bytes) {
  return rekognition_jobs::can_allocate(static_cast<std::uint64_t>(bytes));
}

void* malloc(std::size_t size) {
  rekognition_jobs::wasm::spend(size);
  return emmalloc_malloc(size);
}

int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  rekognition_jobs::wasm::spend(alignment + size);
  return emmalloc_posix_memalign(block, alignment, size);
}

void* realloc(void* block, std::size_t size) {
  rekognition_jobs::wasm::spend(size);
  return emmalloc_realloc(block, size);
}
}
