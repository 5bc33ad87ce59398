// Functions of the C library, small: musl's bring 20 kB of arithmetic on long doubles and a printer of all formats into
// the module. The linker puts them in the place of musl's (--wrap).
#include <emscripten/val.h>

#include <cstdarg>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string_view>

extern "C" {

/// `text` is a decimal number and nothing else, as every caller in this module has it. JavaScript's are the nearest
/// doubles (ECMA-262, StringToNumber). One that is too long for a string of JavaScript is none that is finite.
double __wrap_strtod(const char* text, char** end) {
  constexpr std::size_t longest = std::size_t{1} << 27;
  const std::size_t length = std::strlen(text);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): C's own signature
  if (end != nullptr) *end = const_cast<char*>(text) + length;
  if (length > longest) return std::numeric_limits<double>::infinity();
  return emscripten::val::global("Number")(emscripten::val(text)).as<double>();
}

/// Embind writes the address of a type by it, as its name, for errors that name a type it does not know.
int __wrap_siprintf(char* out, const char* /*format*/, ...) {
  *out = '\0';
  return 0;
}
}
