// Binds a query's terms to tests of labels and of images, and evaluates them column by column.
#include "results/result_matcher.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "query/predicate_tree.h"
#include "query/row_search.h"
#include "query/syntax.h"
#include "query/value.h"
#include "results/result_fields.h"
#include "text/text_pattern.h"

namespace rekognition_jobs {
namespace {

/// One of these is true of a label: of its kind, whatever its confidence, or of its confidence.
struct LabelClause {
  std::vector<TextPattern> names;
  std::vector<TextPattern> parents;
  std::vector<NumberRange> levels;
  std::vector<NumberRange> confidences;
};

/// A label of which every clause is true.
struct LabelTest {
  std::vector<LabelClause> all_of;
  bool is_group = false;  ///< in parentheses: of a label of its own
};

/// A substring of the image, of a label's name or of the error message.
struct ResultWordTest {
  Substring word;
};

struct ImageTextTest {
  ResultField field;
  std::vector<TextPattern> any_of;
};

struct ImageValueTest {
  ResultField field;
  std::vector<std::string> any_of;
};

struct LabelCountTest {
  std::vector<NumberRange> any_of;
};

struct ResultFlagTest {
  std::vector<ResultFlag> any_of;
  bool has = true;
};

using ResultTest =
    std::variant<LabelTest, ResultWordTest, ImageTextTest, ImageValueTest, LabelCountTest, ResultFlagTest>;
using ResultPredicate = PredicateTree<ResultTest>;

template <class Item, class Read>
OrQueryError<ResultTest> bind_label(const QueryNode& node, std::vector<Item> LabelClause::* list, const Read& read) {
  auto items = read_values(node.values, read);
  if (auto* error = std::get_if<QueryError>(&items)) return std::move(*error);
  LabelClause clause;
  clause.*list = std::move(std::get<0>(items));
  LabelTest test{.is_group = node.is_group};
  test.all_of.push_back(std::move(clause));
  return ResultTest(std::move(test));
}

template <class Test, class Read>
OrQueryError<ResultTest> bind_any(Test test, const QueryNode& node, const Read& read) {
  auto items = read_values(node.values, read);
  if (auto* error = std::get_if<QueryError>(&items)) return std::move(*error);
  test.any_of = std::move(std::get<0>(items));
  return ResultTest(std::move(test));
}

OrQueryError<std::string> read_folded(const QueryValue& value) { return fold_value(value.text); }

OrQueryError<ResultFlag> read_result_flag(const QueryValue& value) {
  auto index = read_flag(value, result_vocabulary);
  if (auto* error = std::get_if<QueryError>(&index)) return std::move(*error);
  return static_cast<ResultFlag>(std::get<0>(index));
}

OrQueryError<ResultTest> bind_term(const QueryNode& node) {
  switch (node.kind) {
    case QueryNode::Kind::word: return ResultTest(ResultWordTest{Substring(node.values.front().text)});
    case QueryNode::Kind::has: return bind_any(ResultFlagTest{{}, true}, node, read_result_flag);
    case QueryNode::Kind::no: return bind_any(ResultFlagTest{{}, false}, node, read_result_flag);
    default: break;
  }
  switch (const ResultField field = result_field_of(*node.field)) {
    case ResultField::label: return bind_label(node, &LabelClause::names, read_pattern);
    case ResultField::parent: return bind_label(node, &LabelClause::parents, read_pattern);
    case ResultField::level: return bind_label(node, &LabelClause::levels, read_number);
    case ResultField::confidence: return bind_label(node, &LabelClause::confidences, read_number);
    case ResultField::labels: return bind_any(LabelCountTest{}, node, read_number);
    case ResultField::image:
    case ResultField::message: return bind_any(ImageTextTest{field, {}}, node, read_pattern);
    default: return bind_any(ImageValueTest{field, {}}, node, read_folded);
  }
}

LabelTest* label_test_of(ResultPredicate& tree) {
  return tree.kind == ResultPredicate::Kind::test ? std::get_if<LabelTest>(&tree.test) : nullptr;
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

/// Makes one test of alternatives that each are a clause on labels.
void join_alternatives(ResultPredicate& tree) {
  const auto is_clause = [](ResultPredicate& child) {
    const LabelTest* const test = label_test_of(child);
    return test != nullptr && test->all_of.size() == 1;
  };
  if (!std::all_of(tree.children.begin(), tree.children.end(), is_clause)) return;
  LabelClause joined;
  for (ResultPredicate& child : tree.children) {
    LabelClause& clause = label_test_of(child)->all_of.front();
    append(joined.names, clause.names);
    append(joined.parents, clause.parents);
    append(joined.levels, clause.levels);
    append(joined.confidences, clause.confidences);
  }
  LabelTest test;
  test.all_of.push_back(std::move(joined));
  tree.kind = ResultPredicate::Kind::test;
  tree.children.clear();
  tree.test = std::move(test);
}

/// Makes one test of the clauses on labels that stand side by side.
void join_clauses(ResultPredicate& tree) {
  ResultPredicate joined;
  joined.kind = ResultPredicate::Kind::test;
  LabelTest test;
  std::vector<ResultPredicate> others;
  for (ResultPredicate& child : tree.children) {
    LabelTest* const clauses = label_test_of(child);
    if (clauses != nullptr && !clauses->is_group) {
      append(test.all_of, clauses->all_of);
    } else {
      others.push_back(std::move(child));
    }
  }
  if (!test.all_of.empty()) {
    joined.test = std::move(test);
    others.push_back(std::move(joined));
  }
  tree.children = std::move(others);
}

/// Gathers what speaks of one and the same label, from the leaves up.
void join_label_tests(ResultPredicate& tree) {
  for (ResultPredicate& child : tree.children) join_label_tests(child);
  if (tree.kind == ResultPredicate::Kind::any) join_alternatives(tree);
  if (tree.kind == ResultPredicate::Kind::all) join_clauses(tree);
}

int cost_of(const ResultTest& test) {
  const bool looks_at_values =
      std::holds_alternative<ImageValueTest>(test) || std::holds_alternative<ResultFlagTest>(test);
  return looks_at_values ? 0 : 1;
}

bool any_matches(const std::vector<TextPattern>& patterns, std::string_view text) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const TextPattern& one) { return one.matches(text); });
}

class ResultEvaluator {
 public:
  explicit ResultEvaluator(const ResultStore& store) : store_(store) {}

  RowSet evaluate(const LabelTest& test, const RowSet& among) const {
    std::vector<KindTest> tests;
    bool is_possible = false;
    for (const LabelKind& kind : store_.label_kinds().kinds()) {
      tests.push_back(test_of_kind(test, kind));
      is_possible = is_possible || tests.back().is_possible;
    }
    if (!is_possible) return RowSet(among.size());
    return rows_with_label(among, [&](std::uint32_t kind, double confidence) {
      const KindTest& kind_test = tests[kind];
      if (!kind_test.is_possible) return false;
      const auto holds = [&](const auto* ranges) { return any_contains(*ranges, confidence); };
      return std::all_of(kind_test.confidences.begin(), kind_test.confidences.end(), holds);
    });
  }

  RowSet evaluate(const ResultWordTest& test, const RowSet& among) const {
    if (test.word.size() == 0) return among;
    RowSet found = rows_containing(store_.source_refs(), test.word, among);
    RowSet rest = among;
    rest -= found;
    found |= rows_containing(store_.messages(), test.word, rest);
    std::vector<std::uint8_t> has_word;
    for (const std::string_view name : store_.label_kinds().names()) has_word.push_back(test.word.is_in(name) ? 1 : 0);
    if (std::count(has_word.begin(), has_word.end(), 1) == 0) return found;
    rest -= found;
    const std::vector<LabelKind>& kinds = store_.label_kinds().kinds();
    return found |= rows_with_label(
               rest, [&](std::uint32_t kind, double /*confidence*/) { return has_word[kinds[kind].name] != 0; });
  }

  RowSet evaluate(const ImageTextTest& test, const RowSet& among) const {
    const bool is_image = test.field == ResultField::image;
    const TextColumn& column = is_image ? store_.source_refs() : store_.messages();
    RowSet found(among.size());
    RowSet rest = among;
    for (const TextPattern& pattern : test.any_of) {
      const bool is_anything = pattern.longest_part().size() == 0;
      RowSet rows = is_anything && is_image ? rest
                    : is_anything           ? rows_with_part(ResultPart::message, rest)
                                            : rows_containing(column, pattern.longest_part(), rest);
      if (!pattern.is_substring()) {
        RowSet matching(rows.size());
        rows.for_each([&](Row row) {
          if (pattern.matches(column[row])) matching.insert(row);
        });
        rows = std::move(matching);
      }
      found |= rows;
      rest -= rows;
    }
    return found;
  }

  RowSet evaluate(const ImageValueTest& test, const RowSet& among) const {
    const auto is_wanted = [&](std::string_view value) -> std::uint8_t {
      return std::find(test.any_of.begin(), test.any_of.end(), fold_value(value)) != test.any_of.end() ? 1 : 0;
    };
    if (test.field == ResultField::type) {
      std::vector<std::uint8_t> wanted;
      for (const std::string_view name : store_.type_names()) wanted.push_back(is_wanted(name));
      RowSet found(among.size());
      rows_with_part(ResultPart::content_types, among).for_each([&](Row row) {
        store_.content_types().for_each(row, [&](Symbol type, double /*confidence*/) {
          if (wanted[type] != 0) found.insert(row);
        });
      });
      return found;
    }
    const bool is_model = test.field == ResultField::model;
    const InternedColumn& column = is_model ? store_.model_versions() : store_.codes();
    std::vector<std::uint8_t> wanted;
    for (const std::string_view value : column.values()) wanted.push_back(is_wanted(value));
    const RowSet rows = rows_with_symbol(column.symbols(), wanted, among);
    return wanted[0] == 0 ? rows : rows_with_part(is_model ? ResultPart::model_version : ResultPart::code, rows);
  }

  RowSet evaluate(const LabelCountTest& test, const RowSet& among) const {
    RowSet found(among.size());
    store_.labels().for_each_list(among, [&](Row row, RatedColumn::List list) {
      if (any_contains(test.any_of, static_cast<double>(list.size))) found.insert(row);
    });
    return found;
  }

  RowSet evaluate(const ResultFlagTest& test, const RowSet& among) const {
    RowSet found(among.size());
    for (const ResultFlag flag : test.any_of) {
      RowSet rows = rows_with_flag(flag, among);
      if (!test.has) {
        RowSet others = among;
        rows = others -= rows;
      }
      found |= rows;
    }
    return found;
  }

 private:
  /// What is left to be asked of a label of some kind.
  struct KindTest {
    bool is_possible = true;
    std::vector<const std::vector<NumberRange>*> confidences;  ///< its confidence must lie in one range of each
  };

  [[nodiscard]] KindTest test_of_kind(const LabelTest& test, const LabelKind& kind) const {
    KindTest left;
    for (const LabelClause& clause : test.all_of) {
      const bool holds =
          any_matches(clause.names, store_.label_kinds().name(kind)) ||
          (kind.parent_name != 0 && any_matches(clause.parents, store_.label_kinds().parent_name(kind))) ||
          any_contains(clause.levels, kind.taxonomy_level);
      if (holds) continue;
      if (clause.confidences.empty()) left.is_possible = false;
      left.confidences.push_back(&clause.confidences);
    }
    return left;
  }

  template <class Test>
  RowSet rows_with_label(const RowSet& among, const Test& test) const {
    RowSet found(among.size());
    store_.labels().for_each_list(among, [&](Row row, RatedColumn::List list) {
      std::size_t i = 0;
      while (i < list.size && !test(list.symbols[i], list.numbers[i])) ++i;
      if (i < list.size) found.insert(row);
    });
    return found;
  }

  [[nodiscard]] RowSet rows_with_bits(unsigned bits, const RowSet& among) const {
    return rows_where(store_.parts(), among, [bits](std::uint8_t parts) { return (parts & bits) != 0; });
  }

  [[nodiscard]] RowSet rows_with_part(ResultPart part, const RowSet& among) const {
    return rows_with_bits(static_cast<unsigned>(part), among);
  }

  [[nodiscard]] RowSet rows_with_flag(ResultFlag flag, const RowSet& among) const {
    switch (flag) {
      case ResultFlag::model: return rows_with_part(ResultPart::model_version, among);
      case ResultFlag::error:
        return rows_with_bits(static_cast<unsigned>(ResultPart::code) | static_cast<unsigned>(ResultPart::message),
                              among);
      default: break;
    }
    const RatedColumn& column = flag == ResultFlag::label ? store_.labels() : store_.content_types();
    RowSet found(among.size());
    column.for_each_list(among, [&](Row row, RatedColumn::List list) {
      if (list.size != 0) found.insert(row);
    });
    return found;
  }

  const ResultStore& store_;
};

}  // namespace

OrQueryError<RowSet> match_results(const ResultStore& store, std::string_view text, const RowSet& among) {
  const auto query = parse_query(text, result_vocabulary);
  if (const auto* error = std::get_if<QueryError>(&query)) return *error;
  auto bound = bind_tree<ResultTest>(std::get<QueryNode>(query), bind_term);
  if (auto* error = std::get_if<QueryError>(&bound)) return std::move(*error);
  auto& predicate = std::get<ResultPredicate>(bound);
  join_label_tests(predicate);
  const ResultEvaluator evaluator(store);
  const auto evaluate = [&](const ResultTest& test, const RowSet& rows) {
    return std::visit([&](const auto& alternative) { return evaluator.evaluate(alternative, rows); }, test);
  };
  return rows_for(predicate, among, evaluate, cost_of);
}

RowSet flagged_rows(const ResultStore& store, double threshold, const RowSet& among) {
  return rows_where(store.highest_confidences(), among, [threshold](double highest) { return highest >= threshold; });
}

}  // namespace rekognition_jobs
