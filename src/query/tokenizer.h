// Splits a query's text into tokens, to colour, complete and edit it. Unlike the parser, it accepts any text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query_error.h"
#include "schema.h"

namespace rekognition_jobs {

enum class TokenKind : std::uint8_t {
  word,    ///< a bare word
  phrase,  ///< a quoted one
  field,   ///< a qualifier's name with its colon
  value,   ///< one of its values
  comma,   ///< between two values
  any,     ///< OR
  none,    ///< NOT, or the "-" before a term
  open,    ///< (
  close,   ///< )
};

[[nodiscard]] std::string_view token_kind_name(TokenKind kind);

struct QueryToken {
  TokenKind kind = TokenKind::word;
  TextRange range{};
  std::string_view field{};  ///< of a field or value: the field's own name, or empty when there is none of that name
  std::string value{};       ///< of a word, phrase or value: without quotes, escapes and the "=" of an exact one
  bool is_quoted = false;
  bool is_exact = false;

  bool operator==(const QueryToken&) const = default;
};

/// The tokens of any text, in their order. Where parse_query() reads the text, it sees the same words and values.
[[nodiscard]] std::vector<QueryToken> query_tokens(std::string_view text, const QuerySchema& schema);

/// The same as JSON: [{ kind, start, end, field?, value?, quoted?, exact? }], places in bytes.
[[nodiscard]] std::string query_tokens_json(std::string_view text, const QuerySchema& schema);

/// The fields that a query can name, as JSON: [{ name, type, values? }], with the values that the API documents.
[[nodiscard]] std::string query_fields_json(const QuerySchema& schema);

}  // namespace rekognition_jobs
