// Writes JSON's strings and numbers.
#include "json_writer.h"

#include <array>

#include "library.h"

namespace rekognition_jobs {

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text.substr(written, i - written));
    written = i + 1;
    out += '\\';
    switch (byte) {
      case '"':
      case '\\': out += text[i]; break;
      case '\b': out += 'b'; break;
      case '\f': out += 'f'; break;
      case '\n': out += 'n'; break;
      case '\r': out += 'r'; break;
      case '\t': out += 't'; break;
      default: out.append("u00").append(1, hex[byte >> 4]).append(1, hex[byte & 0xF]);
    }
  }
  out.append(text.substr(written));
  out += '"';
}

void append_json_number(std::string& out, double number) {
  std::array<char, 64> buffer{};
  const char* const end = nlohmann::detail::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const bool is_whole = text.size() > 2 && text.substr(text.size() - 2) == ".0";
  if (is_whole) text.remove_suffix(2);
  out.append(text);
}

}  // namespace rekognition_jobs
