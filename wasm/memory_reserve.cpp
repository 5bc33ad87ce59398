// The reserve is what operator new falls back on: it has one handler for all, and so there is one reserve.
#include "memory_reserve.h"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace rekognition_jobs::wasm {
namespace {

struct Reserve {
  void* block = nullptr;
  std::size_t size = 0;

  void give_up() {
    std::free(block);
    block = nullptr;
  }
};

Reserve& reserve() {
  static Reserve reserve;
  return reserve;
}

void use_reserve() {
  if (reserve().block == nullptr) std::abort();
  reserve().give_up();
}

std::size_t memory_size() {
  constexpr std::size_t page_size = 65'536;
  return __builtin_wasm_memory_size(0) * page_size;
}

bool can_allocate(std::size_t bytes) {
  if (reserve().block != nullptr && bytes <= reserve().size) return true;
  void* const block = std::malloc(bytes);
  // Without a use of it, the compiler leaves both calls out.
  asm volatile("" : : "r"(block) : "memory");
  std::free(block);
  return block != nullptr;
}

}  // namespace

bool put_by() {
  constexpr std::size_t least = std::size_t{1} << 20;
  Reserve& kept = reserve();
  const std::size_t others = memory_size() - (kept.block == nullptr ? 0 : kept.size);
  if (kept.block != nullptr && kept.size >= others / 8) return true;
  std::set_new_handler(use_reserve);
  kept.give_up();
  kept.size = std::max(least, others / 6);
  kept.block = std::malloc(kept.size);
  return kept.block != nullptr;
}

bool has_room_to_ask(std::size_t rows, bool is_sorted) {
  constexpr std::size_t bytes_of_a_row = 4;
  constexpr std::size_t bytes_of_a_sorted_row = 56;
  return put_by() || can_allocate(rows * (is_sorted ? bytes_of_a_sorted_row : bytes_of_a_row));
}

}  // namespace rekognition_jobs::wasm
