// Upper bounds of the memory that a query takes, by its text, for can_allocate().
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lexer.h"
#include "parser.h"

namespace rekognition_jobs {

/// Bytes that reading a query, or cutting it into tokens, allocates at most: for each term, value and byte.
[[nodiscard]] inline std::uint64_t bytes_to_read(std::string_view query) {
  constexpr std::uint64_t bytes_of_a_term = 4096;
  constexpr std::uint64_t bytes_of_a_value = 512;
  constexpr std::uint64_t bytes_of_a_byte = 64;
  std::uint64_t bytes = (1U << 16) + bytes_of_a_byte * query.size();
  for (const char c : query) {
    if (ends_word(c)) bytes += bytes_of_a_term;
    if (c == ',' || c == '-' || c == ':') bytes += bytes_of_a_value;
  }
  return bytes;
}

/// Bytes that reading and answering it allocates at most, of a store of so many rows: each level of nesting has sets of
/// rows of its own. What is allocated for the store's distinct values is not among them.
[[nodiscard]] inline std::uint64_t bytes_to_answer(std::string_view query, std::size_t rows) {
  constexpr std::uint64_t sets_of_a_query = 24;
  constexpr std::uint64_t sets_of_a_level = 4;
  std::size_t levels = 0;
  for (const char c : query) levels += c == '(' || c == '-' || c == 'T' ? 1U : 0U;
  const std::uint64_t sets = sets_of_a_query + sets_of_a_level * std::min(levels, max_query_nesting);
  return bytes_to_read(query) + sets * (rows / 8 + 32);
}

}  // namespace rekognition_jobs
