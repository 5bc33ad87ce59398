// Writes JSON's strings and numbers (RFC 8259, sections 6 and 7).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rekognition_jobs {

/// Appends `text`, which must be UTF-8, in quotes; escapes only what must be.
void append_json_string(std::string& out, std::string_view text);

/// Bytes that append_json_string() makes of a byte of text at most. Of 64 bits, as what is counted by it is.
inline constexpr std::uint64_t longest_escape = 6;

/// Bytes that append_json_string() appends at most.
[[nodiscard]] std::size_t json_string_size(std::string_view text);

/// Appends the shortest decimal text that reads back as exactly this number, which must be finite.
void append_json_number(std::string& out, double number);

}  // namespace rekognition_jobs
