// Reads and prints the query language by recursive descent, one function per rule.
#include "parser.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "../base/ascii.h"
#include "lexer.h"

namespace rekognition_jobs {
namespace {

std::vector<std::string> field_names(const QuerySchema& schema) {
  std::vector<std::string> names;
  for (const FieldDescriptor& field : schema.fields) names.emplace_back(field.name);
  names.emplace_back(has_qualifier);
  names.emplace_back(no_qualifier);
  return names;
}

class Parser {
 public:
  Parser(std::string_view text, const QuerySchema& schema) : text_(text), schema_(schema) {}

  Expected<QueryNode, QueryError> parse() {
    skip_space();
    if (at_end()) return QueryNode{};
    auto node = alternatives();
    if (error_) return std::move(*error_);
    if (!at_end()) return QueryError{here(1), "unmatched )", {}};
    return std::move(*node);
  }

 private:
  using Parsed = std::optional<QueryNode>;  ///< nothing once error_ is set

  [[nodiscard]] bool at_end() const { return position_ == text_.size(); }
  [[nodiscard]] char next() const { return text_[position_]; }
  [[nodiscard]] TextRange here(std::size_t size) const { return {position_, std::min(position_ + size, text_.size())}; }

  void skip_space() {
    while (!at_end() && ascii::is_space(next())) ++position_;
  }

  [[nodiscard]] std::string_view word_ahead() const { return word_at(text_, position_); }
  [[nodiscard]] bool keyword_ahead(std::string_view keyword) const { return is_keyword_at(text_, position_, keyword); }

  Parsed fail(TextRange range, std::string message, std::vector<std::string> expected = {}) {
    if (!error_) error_ = QueryError{range, std::move(message), std::move(expected)};
    return std::nullopt;
  }

  Parsed missing_term() {
    std::vector<std::string> expected{"a word", "field:value", "("};
    if (at_end()) return fail(here(0), "expected a term at the end of the query", std::move(expected));
    if (next() == ')') return fail(here(1), "expected a term before )", std::move(expected));
    return fail(here(or_keyword.size()), "OR needs a term on both sides", std::move(expected));
  }

  Parsed alternatives() {
    QueryNode any{.kind = QueryNode::Kind::any};
    while (true) {
      auto node = conjunction();
      if (!node) return std::nullopt;
      any.children.push_back(std::move(*node));
      if (!keyword_ahead(or_keyword)) break;
      const TextRange keyword = here(or_keyword.size());
      position_ = keyword.end;
      skip_space();
      if (at_end()) return fail(keyword, "OR needs a term on both sides", {"a word", "field:value", "("});
    }
    return any.children.size() == 1 ? std::move(any.children.front()) : std::move(any);
  }

  Parsed conjunction() {
    QueryNode all{.kind = QueryNode::Kind::all};
    while (!at_end() && next() != ')' && !keyword_ahead(or_keyword)) {
      auto node = negatable();
      if (!node) return std::nullopt;
      all.children.push_back(std::move(*node));
      skip_space();
    }
    if (all.children.empty()) return missing_term();
    return all.children.size() == 1 ? std::move(all.children.front()) : std::move(all);
  }

  Parsed negatable() {
    const bool is_dash = next() == '-';
    if (!is_dash && !keyword_ahead(not_keyword)) return operand();
    const TextRange negation = here(is_dash ? 1 : not_keyword.size());
    position_ = negation.end;
    skip_space();
    if (at_end()) return fail(negation, "expected a term to negate", {"a word", "field:value", "("});
    if (next() == ')' || keyword_ahead(or_keyword)) return missing_term();
    return nested(negation, [&]() -> Parsed {
      auto node = negatable();
      if (!node) return std::nullopt;
      QueryNode none{.kind = QueryNode::Kind::none};
      none.children.push_back(std::move(*node));
      return none;
    });
  }

  Parsed operand() {
    if (next() == '(') return group();
    if (next() == '"') {
      auto phrase = quoted();
      if (!phrase) return std::nullopt;
      return QueryNode{.kind = QueryNode::Kind::word, .values = {std::move(*phrase)}};
    }
    const std::string_view word = word_ahead();
    if (const auto qualifier = qualifier_of(word)) return qualified(*qualifier);
    const TextRange range = here(word.size());
    position_ = range.end;
    if (!at_end() && next() == '"') return stray_quote();
    return QueryNode{.kind = QueryNode::Kind::word, .values = {QueryValue{.text = std::string(word), .range = range}}};
  }

  Parsed group() {
    const TextRange parenthesis = here(1);
    ++position_;
    skip_space();
    if (at_end()) return fail(parenthesis, "this parenthesis is never closed", {")"});
    return nested(parenthesis, [&]() -> Parsed {
      auto node = alternatives();
      if (!node) return std::nullopt;
      if (at_end()) return fail(parenthesis, "this parenthesis is never closed", {")"});
      ++position_;
      node->is_group = node->kind != QueryNode::Kind::all && node->kind != QueryNode::Kind::any;
      return node;
    });
  }

  template <class Rule>
  Parsed nested(TextRange range, const Rule& rule) {
    if (nesting_ == max_query_nesting) return fail(range, "the query is nested too deeply");
    ++nesting_;
    auto node = rule();
    --nesting_;
    return node;
  }

  Parsed qualified(std::string_view name) {
    const TextRange name_range = here(name.size());
    QueryNode node{.kind = QueryNode::Kind::field, .field = schema_.find(name)};
    if (ascii::equal_ignoring_case(name, has_qualifier)) {
      node.kind = QueryNode::Kind::has;
    } else if (ascii::equal_ignoring_case(name, no_qualifier)) {
      node.kind = QueryNode::Kind::no;
    } else if (node.field == nullptr) {
      return fail(name_range, "unknown field \"" + std::string(name) + "\"", field_names(schema_));
    }
    position_ = name_range.end + 1;
    while (true) {
      auto value = qualifier_value(node.field);
      if (!value) return std::nullopt;
      node.values.push_back(std::move(*value));
      if (at_end() || next() != ',') break;
      ++position_;
    }
    if (!at_end() && next() == '"') return stray_quote();
    return node;
  }

  std::optional<QueryValue> qualifier_value(const FieldDescriptor* field) {
    const bool may_be_exact = field != nullptr && takes_exact_values(field->type);
    const std::size_t begin = position_;
    const bool is_exact = may_be_exact && !at_end() && next() == '=';
    if (is_exact) ++position_;
    std::optional<QueryValue> value;
    if (!at_end() && next() == '"') {
      value = quoted();
      if (!value) return std::nullopt;
    } else {
      const std::string_view word = value_at(text_, position_);
      if (word.empty()) {
        fail({begin, std::max(position_, begin)}, "expected a value", {"a value"});
        return std::nullopt;
      }
      value = QueryValue{.text = std::string(word), .range = here(word.size())};
      position_ += word.size();
    }
    value->is_exact = is_exact;
    value->range.begin = begin;
    return value;
  }

  std::optional<QueryValue> quoted() {
    QuotedText read = quoted_at(text_, position_);
    const TextRange range{position_, read.end};
    if (!read.is_closed) {
      fail(range, "this quote is never closed", {"\""});
      return std::nullopt;
    }
    position_ = read.end;
    if (!at_end() && !ascii::is_space(next()) && next() != ')' && next() != ',' && next() != '(') {
      fail(here(1), "expected a space after the closing quote", {"a space"});
      return std::nullopt;
    }
    return QueryValue{.text = std::move(read.text), .is_quoted = true, .range = range};
  }

  Parsed stray_quote() { return fail(here(1), "unexpected quote inside a word", {"a space"}); }

  std::string_view text_;
  const QuerySchema& schema_;
  std::size_t position_ = 0;
  std::size_t nesting_ = 0;
  std::optional<QueryError> error_;
};

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted += '"';
}

void print(std::string& out, const QueryNode& node);

void print_values(std::string& out, std::string_view qualifier, const QueryNode& node) {
  out.append(qualifier).append(1, ':');
  for (std::size_t i = 0; i < node.values.size(); ++i) {
    const QueryValue& value = node.values[i];
    if (i != 0) out += ',';
    if (value.is_exact) out += '=';
    out += value.is_quoted ? quote(value.text) : value.text;
  }
}

/// Prints a child, in parentheses when it would otherwise fall apart.
void print_part(std::string& out, const QueryNode& node) {
  const bool needs_group = node.kind == QueryNode::Kind::all || node.kind == QueryNode::Kind::any;
  if (needs_group) out += '(';
  print(out, node);
  if (needs_group) out += ')';
}

void print_joined(std::string& out, const QueryNode& node, std::string_view separator) {
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i != 0) out += separator;
    print_part(out, node.children[i]);
  }
}

void print(std::string& out, const QueryNode& node) {
  if (node.is_group) out += '(';
  switch (node.kind) {
    case QueryNode::Kind::all: print_joined(out, node, " "); break;
    case QueryNode::Kind::any: print_joined(out, node, " OR "); break;
    case QueryNode::Kind::none:
      out += "NOT ";
      print_part(out, node.children.front());
      break;
    case QueryNode::Kind::word: {
      const QueryValue& value = node.values.front();
      out += value.is_quoted ? quote(value.text) : value.text;
      break;
    }
    case QueryNode::Kind::field: print_values(out, node.field->name, node); break;
    case QueryNode::Kind::has: print_values(out, has_qualifier, node); break;
    case QueryNode::Kind::no: print_values(out, no_qualifier, node); break;
  }
  if (node.is_group) out += ')';
}

}  // namespace

Expected<QueryNode, QueryError> parse_query(std::string_view text, const QuerySchema& schema) {
  return Parser(text, schema).parse();
}

std::string print_query(const QueryNode& node) {
  std::string out;
  print(out, node);
  return out;
}

}  // namespace rekognition_jobs
