// Leaves out of Embind's glue what converts types that no binding of ours has: wide strings and 64-bit integers. Embind
// registers every built-in type, used or not; the linker puts these in the place of its own (--wrap).
#include <cstddef>
#include <cstdint>

extern "C" {

void __wrap__embind_register_std_wstring(const void* /*type*/, std::size_t /*char_size*/, const char* /*name*/) {}

void __wrap__embind_register_bigint(const void* /*type*/, const char* /*name*/, std::size_t /*size*/,
                                    std::int64_t /*least*/, std::uint64_t /*most*/) {}
}
