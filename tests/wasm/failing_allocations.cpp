// An allocator whose memory ends where a test wants it to, and that tells the test what was taken of it.
#include <emscripten/emscripten.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

#include "can_allocate.h"

extern "C" {
void* __real_emmalloc_malloc(std::size_t size);
void* __real_emmalloc_realloc(void* block, std::size_t size);
void __real_emmalloc_free(void* block);
int __real_emmalloc_posix_memalign(void** block, std::size_t alignment, std::size_t size);
std::size_t emmalloc_usable_size(void* block);
}

namespace {

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();
constexpr std::size_t most_levels = 100'000;

std::size_t live = 0;
std::size_t limit = no_limit;
std::size_t begin = 0;                 ///< what was live when the levels were begun
std::size_t levels[most_levels] = {};  ///< bytes beyond that, once each allocation was made
std::size_t level_count = 0;
bool is_moving = false;  ///< realloc() frees what it has moved

bool has_room(std::size_t size) { return size <= limit && live <= limit - size; }

void took(void* block) {
  if (block == nullptr) return;
  live += emmalloc_usable_size(block);
  if (level_count < most_levels) levels[level_count++] = live - std::min(live, begin);
}

void gave(void* block) { live -= block == nullptr ? 0 : emmalloc_usable_size(block); }

}  // namespace

extern "C" {

void* __wrap_emmalloc_malloc(std::size_t size) {
  if (!has_room(size)) return nullptr;
  void* const block = __real_emmalloc_malloc(size);
  took(block);
  return block;
}

void* __wrap_emmalloc_realloc(void* block, std::size_t size) {
  // Where it is moved, both are there for a while.
  if (!has_room(size)) return nullptr;
  const std::size_t size_before = block == nullptr ? 0 : emmalloc_usable_size(block);
  is_moving = true;
  void* const moved = __real_emmalloc_realloc(block, size);
  is_moving = false;
  took(moved);
  if (moved != nullptr) live -= size_before;
  return moved;
}

int __wrap_emmalloc_posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  if (!has_room(size)) return 1;
  const int error = __real_emmalloc_posix_memalign(block, alignment, size);
  if (error == 0) took(*block);
  return error;
}

void __wrap_emmalloc_free(void* block) {
  if (!is_moving) gave(block);
  __real_emmalloc_free(block);
}

void free(void* block) { __wrap_emmalloc_free(block); }

/// Ends memory so many bytes beyond what is taken of it; it has no end below 0.
EMSCRIPTEN_KEEPALIVE void endMemoryAfter(double bytes) {
  limit = bytes < 0 ? no_limit : live + static_cast<std::size_t>(bytes);
  rekognition_jobs::wasm::spend(no_limit / 2);
  begin = live;
  level_count = 0;
}

EMSCRIPTEN_KEEPALIVE double liveBytes() { return static_cast<double>(live); }

/// The allocations since endMemoryAfter(), and how far beyond what was live then memory was taken with each.
EMSCRIPTEN_KEEPALIVE int allocations() { return static_cast<int>(level_count); }
EMSCRIPTEN_KEEPALIVE double levelOf(int allocation) { return static_cast<double>(levels[allocation]); }
}
