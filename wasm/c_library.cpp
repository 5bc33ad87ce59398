// Functions of the C library, small: musl's bring 20 kB of arithmetic on long doubles and a printer of all formats into
// the module. The linker puts them in the place of musl's (--wrap).
#include <emscripten/val.h>

#include <cstdarg>
#include <cstddef>
#include <cstring>
#include <string_view>

extern "C" {

/// `text` is a decimal number and nothing else, as every caller in this module has it. JavaScript's are the nearest
/// doubles (ECMA-262, StringToNumber).
double __wrap_strtod(const char* text, char** end) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): C's own signature
  if (end != nullptr) *end = const_cast<char*>(text) + std::strlen(text);
  return emscripten::val::global("Number")(emscripten::val(text)).as<double>();
}

/// nlohmann/json names the control bytes in its messages by it, and prints nothing else; another format prints nothing.
int __wrap_snprintf(char* out, std::size_t size, const char* format, ...) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  constexpr std::string_view name = "<U+0000>";
  if (std::string_view(format) != "<U+%.4X>" || size <= name.size()) {
    if (size > 0) *out = '\0';
    return 0;
  }
  std::va_list arguments;
  va_start(arguments, format);
  const unsigned byte = va_arg(arguments, unsigned);
  va_end(arguments);
  name.copy(out, name.size());
  out[name.size()] = '\0';
  out[5] = hex[byte >> 4 & 0xF];
  out[6] = hex[byte & 0xF];
  return static_cast<int>(name.size());
}

/// Embind writes the address of a type by it, as its name, for errors that name a type it does not know.
int __wrap_siprintf(char* out, const char* /*format*/, ...) {
  *out = '\0';
  return 0;
}
}
