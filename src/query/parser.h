// The query language's syntax: text to tree. Values are still text; query/value.h reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query_error.h"
#include "schema.h"

namespace rekognition_jobs {

/// One of a qualifier's values, or a bare word.
struct QueryValue {
  std::string text{};      ///< without quotes and escapes, and without the "=" of an exact one
  bool is_quoted = false;  ///< then no character in it has a meaning of its own
  bool is_exact = false;   ///< "=" stood in front
  TextRange range{};

  /// Equal whatever the place in the text.
  bool operator==(const QueryValue& other) const {
    return text == other.text && is_quoted == other.is_quoted && is_exact == other.is_exact;
  }
};

/// A node of a query: what must all match, what may match, what must not, or a term.
struct QueryNode {
  enum class Kind : std::uint8_t {
    all,    ///< every child matches; without children, everything does
    any,    ///< a child matches
    none,   ///< the only child does not match
    word,   ///< the only value is a substring of the searched members
    field,  ///< one of the values matches the field
    has,    ///< one of the values names a member that is there
    no,     ///< one of the values names a member that is not there
  };

  Kind kind = Kind::all;
  std::vector<QueryNode> children{};
  const FieldDescriptor* field = nullptr;  ///< of Kind::field
  std::vector<QueryValue> values{};
  bool is_group = false;  ///< a single term in parentheses of its own

  bool operator==(const QueryNode&) const = default;
};

/// Parentheses and negations within each other; far more than a person writes, far less than a stack holds.
inline constexpr std::size_t max_query_nesting = 200;

/// Reads a query in the words of `schema`. An empty one is `all` without children. Linear in the text.
[[nodiscard]] Expected<QueryNode, QueryError> parse_query(std::string_view text, const QuerySchema& schema);

/// Writes a query that parse_query() reads as this same tree.
[[nodiscard]] std::string print_query(const QueryNode& node);

}  // namespace rekognition_jobs
