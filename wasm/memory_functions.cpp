// memcpy, memmove and memset, sixteen bytes at a time: those of the small C library, which -Oz links, go byte by byte.
#include <cstddef>
#include <cstdint>

namespace {

/// Bytes wherever they lie, whatever they are.
using Block = std::uint8_t __attribute__((vector_size(16), aligned(1), may_alias));

constexpr std::size_t block_size = sizeof(Block);

void copy_block(char* to, const char* from) { *reinterpret_cast<Block*>(to) = *reinterpret_cast<const Block*>(from); }

}  // namespace

extern "C" {

/// From the front on, each block loaded before it is stored: so memmove() may use it to move bytes down.
void* memcpy(void* to, const void* from, std::size_t size) {
  auto* const out = static_cast<char*>(to);
  const auto* const in = static_cast<const char*>(from);
  std::size_t at = 0;
  for (; at + block_size <= size; at += block_size) copy_block(out + at, in + at);
  for (; at < size; ++at) out[at] = in[at];
  return to;
}

void* memmove(void* to, const void* from, std::size_t size) {
  auto* const out = static_cast<char*>(to);
  const auto* const in = static_cast<const char*>(from);
  if (out <= in) return memcpy(to, from, size);
  std::size_t at = size;
  for (; at >= block_size; at -= block_size) copy_block(out + at - block_size, in + at - block_size);
  for (; at > 0; --at) out[at - 1] = in[at - 1];
  return to;
}

void* memset(void* to, int byte, std::size_t size) {
  auto* const out = static_cast<char*>(to);
  const auto value = static_cast<std::uint8_t>(byte);
  std::size_t at = 0;
  for (; at + block_size <= size; at += block_size) *reinterpret_cast<Block*>(out + at) = Block{} + value;
  for (; at < size; ++at) out[at] = static_cast<char>(value);
  return to;
}
}
