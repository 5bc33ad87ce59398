// memcpy, memmove and memset as instructions of WebAssembly: those of the small C library, which -Oz links, go byte by
// byte.
#include <cstddef>

extern "C" {

void* memcpy(void* to, const void* from, std::size_t size) {
  __builtin_memcpy(to, from, size);
  return to;
}

void* memmove(void* to, const void* from, std::size_t size) {
  __builtin_memmove(to, from, size);
  return to;
}

void* memset(void* to, int byte, std::size_t size) {
  __builtin_memset(to, byte, size);
  return to;
}
}
