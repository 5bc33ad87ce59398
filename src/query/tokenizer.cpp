// Splits a query's text by the rules of query/lexer.h, and continues where the parser would stop.
#include "tokenizer.h"

#include <span>
#include <utility>

#include "../json/json_writer.h"
#include "lexer.h"

namespace rekognition_jobs {
namespace {

class Tokenizer {
 public:
  Tokenizer(std::string_view text, const QuerySchema& schema) : text_(text), schema_(schema) {}

  std::vector<QueryToken> cut() && {
    while (!at_end()) {
      if (ascii::is_space(next())) {
        ++position_;
      } else {
        cut_one();
      }
    }
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] bool at_end() const { return position_ == text_.size(); }
  [[nodiscard]] char next() const { return text_[position_]; }

  /// The name under which the query language knows `name`, or nothing.
  [[nodiscard]] std::string_view known_name(std::string_view name) const {
    for (const std::string_view qualifier : {has_qualifier, no_qualifier}) {
      if (ascii::equal_ignoring_case(name, qualifier)) return qualifier;
    }
    const FieldDescriptor* field = schema_.find(name);
    return field == nullptr ? std::string_view() : field->name;
  }

  [[nodiscard]] bool may_be_exact(std::string_view name) const {
    const FieldDescriptor* field = schema_.find(name);
    return field != nullptr && takes_exact_values(field->type);
  }

  QueryToken& add(TokenKind kind, std::size_t end) {
    tokens_.push_back({.kind = kind, .range = {position_, end}});
    position_ = end;
    return tokens_.back();
  }

  void cut_one() {
    if (next() == '(') {
      add(TokenKind::open, position_ + 1);
    } else if (next() == ')') {
      add(TokenKind::close, position_ + 1);
    } else if (next() == '-') {
      add(TokenKind::none, position_ + 1);
    } else if (next() == '"') {
      cut_quoted(TokenKind::phrase, position_);
    } else if (is_keyword_at(text_, position_, or_keyword)) {
      add(TokenKind::any, position_ + or_keyword.size());
    } else if (is_keyword_at(text_, position_, not_keyword)) {
      add(TokenKind::none, position_ + not_keyword.size());
    } else {
      cut_word();
    }
  }

  void cut_word() {
    const std::string_view word = word_at(text_, position_);
    if (const auto qualifier = qualifier_of(word)) {
      cut_qualified(*qualifier);
    } else {
      add(TokenKind::word, position_ + word.size()).value = word;
    }
  }

  void cut_qualified(std::string_view qualifier) {
    const std::string_view field = known_name(qualifier);
    add(TokenKind::field, position_ + qualifier.size() + 1).field = field;
    while (true) {
      cut_value(field);
      if (at_end() || next() != ',') return;
      add(TokenKind::comma, position_ + 1);
    }
  }

  void cut_value(std::string_view field) {
    const std::size_t begin = position_;
    const bool is_exact = may_be_exact(field) && !at_end() && next() == '=';
    if (is_exact) ++position_;
    if (!at_end() && next() == '"') {
      cut_quoted(TokenKind::value, begin);
    } else {
      const std::string_view word = value_at(text_, position_);
      if (word.empty() && !is_exact) return;
      add(TokenKind::value, position_ + word.size()).value = word;
    }
    QueryToken& token = tokens_.back();
    token.range.begin = begin;
    token.field = field;
    token.is_exact = is_exact;
  }

  void cut_quoted(TokenKind kind, std::size_t begin) {
    QuotedText read = quoted_at(text_, position_);
    QueryToken& token = add(kind, read.end);
    token.range.begin = begin;
    token.value = std::move(read.text);
    token.is_quoted = true;
  }

  std::string_view text_;
  const QuerySchema& schema_;
  std::size_t position_ = 0;
  std::vector<QueryToken> tokens_;
};

void append_member(std::string& out, std::string_view name, std::string_view text) {
  out.append(",\"").append(name).append("\":");
  append_json_string(out, text);
}

bool has_text(TokenKind kind) {
  return kind == TokenKind::word || kind == TokenKind::phrase || kind == TokenKind::value;
}

std::string_view type_name(FieldType type) {
  switch (type) {
    case FieldType::value: return "value";
    case FieldType::text: return "text";
    case FieldType::s3_uri: return "uri";
    case FieldType::number: return "number";
    case FieldType::time: return "time";
    case FieldType::duration: return "duration";
  }
  return "";
}

void append_field(std::string& out, std::string_view name, std::string_view type,
                  std::span<const std::string_view> values) {
  if (out.size() > 1) out += ',';
  out += "{\"name\":";
  append_json_string(out, name);
  append_member(out, "type", type);
  if (!values.empty()) {
    out += ",\"values\":[";
    for (const std::string_view& value : values) {
      if (&value != &values.front()) out += ',';
      append_json_string(out, value);
    }
    out += ']';
  }
  out += '}';
}

}  // namespace

std::string_view token_kind_name(TokenKind kind) {
  switch (kind) {
    case TokenKind::word: return "word";
    case TokenKind::phrase: return "phrase";
    case TokenKind::field: return "field";
    case TokenKind::value: return "value";
    case TokenKind::comma: return "comma";
    case TokenKind::any: return "or";
    case TokenKind::none: return "not";
    case TokenKind::open: return "open";
    case TokenKind::close: return "close";
  }
  return "";
}

std::vector<QueryToken> query_tokens(std::string_view text, const QuerySchema& schema) {
  return Tokenizer(text, schema).cut();
}

std::string query_tokens_json(std::string_view text, const QuerySchema& schema) {
  std::string out = "[";
  for (const QueryToken& token : query_tokens(text, schema)) {
    if (out.size() > 1) out += ',';
    out.append("{\"start\":").append(std::to_string(token.range.begin));
    out.append(",\"end\":").append(std::to_string(token.range.end));
    append_member(out, "kind", token_kind_name(token.kind));
    if (!token.field.empty()) append_member(out, "field", token.field);
    if (has_text(token.kind)) append_member(out, "value", token.value);
    if (token.is_quoted) out += ",\"quoted\":true";
    if (token.is_exact) out += ",\"exact\":true";
    out += '}';
  }
  return out += ']';
}

std::string query_fields_json(const QuerySchema& schema) {
  std::string out = "[";
  for (const FieldDescriptor& field : schema.fields) append_field(out, field.name, type_name(field.type), field.values);
  append_field(out, has_qualifier, "presence", schema.flags);
  append_field(out, no_qualifier, "presence", schema.flags);
  return out += ']';
}

}  // namespace rekognition_jobs
