// Splits a query's text into words, quotes and qualifiers, for the parser and the tokenizer.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "../base/ascii.h"

namespace rekognition_jobs {

inline constexpr std::string_view or_keyword = "OR";
inline constexpr std::string_view not_keyword = "NOT";

[[nodiscard]] constexpr bool ends_word(char c) { return ascii::is_space(c) || c == '(' || c == ')' || c == '"'; }

/// The bytes from `position` to the end of the word that starts there.
[[nodiscard]] inline std::string_view word_at(std::string_view text, std::size_t position) {
  const std::string_view rest = text.substr(position);
  return rest.substr(0, static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), ends_word) - rest.begin()));
}

/// The same, but a comma ends it too: one value of a list, which may be long.
[[nodiscard]] inline std::string_view value_at(std::string_view text, std::size_t position) {
  const std::string_view rest = text.substr(position);
  const auto end = std::find_if(rest.begin(), rest.end(), [](char c) { return c == ',' || ends_word(c); });
  return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
}

/// Whether `keyword` stands at `position` as a word of its own.
[[nodiscard]] inline bool is_keyword_at(std::string_view text, std::size_t position, std::string_view keyword) {
  const std::size_t end = position + keyword.size();
  return word_at(text, position) == keyword && (end == text.size() || text[end] != '"');
}

/// The part before the colon when `word` is a qualifier: letters alone, and not the "arn" of an ARN.
[[nodiscard]] inline std::optional<std::string_view> qualifier_of(std::string_view word) {
  const std::size_t colon = word.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::string_view name = word.substr(0, colon);
  if (!std::all_of(name.begin(), name.end(), ascii::is_letter)) return std::nullopt;
  if (ascii::equal_ignoring_case(name, "arn")) return std::nullopt;
  return name;
}

struct QuotedText {
  std::string text{};   ///< without quotes and escapes
  std::size_t end = 0;  ///< past the closing quote, or of the whole text
  bool is_closed = false;
};

/// Reads from the quote at `position` to the one that closes it.
[[nodiscard]] inline QuotedText quoted_at(std::string_view text, std::size_t position) {
  QuotedText quoted;
  for (++position; position < text.size(); ++position) {
    if (text[position] == '"') {
      quoted.end = position + 1;
      quoted.is_closed = true;
      return quoted;
    }
    const bool escapes = text[position] == '\\' && position + 1 < text.size() &&
                         (text[position + 1] == '"' || text[position + 1] == '\\');
    if (escapes) ++position;
    quoted.text += text[position];
  }
  quoted.end = text.size();
  return quoted;
}

}  // namespace rekognition_jobs
