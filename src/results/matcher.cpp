// Binds a query's terms to tests of labels and of images, and evaluates them column by column.
#include "matcher.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "../base/text_pattern.h"
#include "../columns/scan.h"
#include "../query/field_tests.h"
#include "../query/parser.h"
#include "../query/predicate_tree.h"
#include "../query/text_list.h"
#include "../query/value.h"
#include "fields.h"

namespace rekognition_jobs {
namespace {

/// One of these is true of a label: of its kind, whatever its confidence, or of its confidence.
struct LabelClause {
  TextList names;
  TextList parents;
  std::vector<NumberRange> levels;
  std::vector<NumberRange> confidences;
};

/// A label of which every clause is true.
struct LabelTest {
  std::vector<LabelClause> all_of;
  bool is_group = false;  ///< in parentheses: of a label of its own
};

/// Without a field, a bare word: of the image, of a label's name or of the error message.
using ImageTextTest = TextTestOf<std::optional<ResultField>>;

using ImageValueTest = ValueTestOf<ResultField>;

struct LabelCountTest {
  std::vector<NumberRange> any_of;
};

struct ResultFlagTest {
  std::set<ResultFlag> any_of;
  bool has = true;
};

using ResultTest = std::variant<LabelTest, ImageTextTest, ImageValueTest, LabelCountTest, ResultFlagTest>;
using ResultPredicate = PredicateTree<ResultTest>;

/// A test of one clause, in which `list` has what `items` are.
template <class Items>
ResultTest label_test(const QueryNode& node, Items LabelClause::* list, Items items) {
  LabelClause clause;
  clause.*list = std::move(items);
  LabelTest test{.is_group = node.is_group};
  test.all_of.push_back(std::move(clause));
  return test;
}

Expected<ResultTest, QueryError> bind_label(const QueryNode& node, std::vector<NumberRange> LabelClause::* list) {
  auto items = read_values(node.values, read_number);
  if (auto* error = std::get_if<QueryError>(&items)) return std::move(*error);
  return label_test(node, list, std::move(std::get<0>(items)));
}

Expected<ResultFlag, QueryError> read_result_flag(const QueryValue& value) {
  auto index = read_flag(value, result_query_schema);
  if (auto* error = std::get_if<QueryError>(&index)) return std::move(*error);
  return static_cast<ResultFlag>(std::get<0>(index));
}

Expected<ResultTest, QueryError> bind_term(const QueryNode& node) {
  switch (node.kind) {
    case QueryNode::Kind::word:
      return ResultTest(ImageTextTest{{}, TextList(TextPattern::substring(node.values.front().text))});
    case QueryNode::Kind::has: return bind_any<ResultTest>(ResultFlagTest{{}, true}, node, read_result_flag);
    case QueryNode::Kind::no: return bind_any<ResultTest>(ResultFlagTest{{}, false}, node, read_result_flag);
    default: break;
  }
  switch (const ResultField field = result_field_of(*node.field)) {
    case ResultField::label: return label_test(node, &LabelClause::names, TextList(node.values));
    case ResultField::parent: return label_test(node, &LabelClause::parents, TextList(node.values));
    case ResultField::level: return bind_label(node, &LabelClause::levels);
    case ResultField::confidence: return bind_label(node, &LabelClause::confidences);
    case ResultField::labels: return bind_any<ResultTest>(LabelCountTest{}, node, read_number);
    case ResultField::image:
    case ResultField::message: return ResultTest(ImageTextTest{field, TextList(node.values)});
    default: return bind_any<ResultTest>(ImageValueTest{field, {}}, node, read_folded);
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
    joined.names.append(clause.names);
    joined.parents.append(clause.parents);
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
  if (LabelTest* const test = label_test_of(tree)) {
    for (LabelClause& clause : test->all_of) {
      clause.names.settle();
      clause.parents.settle();
    }
  }
}

/// Whether a test asks for a label of any name.
bool asks_for_any_label(const ResultPredicate& tree) {
  if (tree.kind != ResultPredicate::Kind::test) return false;
  const auto* const test = std::get_if<LabelTest>(&tree.test);
  if (test == nullptr || test->all_of.size() != 1) return false;
  const auto& patterns = test->all_of.front().names.patterns();
  return std::any_of(patterns.begin(), patterns.end(),
                     [](const TextPattern& pattern) { return pattern.matches("") && !pattern.is_whole(); });
}

/// An image without an answer is not one without labels: `-label:*` does not find it.
void leave_out_unanswered(ResultPredicate& tree) {
  for (ResultPredicate& child : tree.children) leave_out_unanswered(child);
  if (tree.kind != ResultPredicate::Kind::none || !asks_for_any_label(tree.children.front())) return;
  ResultPredicate answered;
  answered.kind = ResultPredicate::Kind::test;
  answered.test = ResultFlagTest{{ResultFlag::answer}, true};
  ResultPredicate both;
  both.kind = ResultPredicate::Kind::all;
  both.children.push_back(std::exchange(tree, {}));
  both.children.push_back(std::move(answered));
  tree = std::move(both);
}

std::size_t passes_of(const ResultTest& test) {
  if (const auto* const texts = std::get_if<ImageTextTest>(&test)) return texts->any_of.passes();
  const auto* const labels = std::get_if<LabelTest>(&test);
  if (labels == nullptr) {
    const auto* const counts = std::get_if<LabelCountTest>(&test);
    return counts == nullptr ? 1 : counts->any_of.size();
  }
  std::size_t passes = 0;
  for (const LabelClause& clause : labels->all_of) {
    passes += clause.names.passes() + clause.parents.passes() + clause.levels.size() + clause.confidences.size();
  }
  return passes;
}

int cost_of(const ResultTest& test) {
  const bool looks_at_values =
      std::holds_alternative<ImageValueTest>(test) || std::holds_alternative<ResultFlagTest>(test);
  return looks_at_values ? 0 : 1;
}

/// A clause on labels made ready for many of them.
struct ClauseMatcher {
  explicit ClauseMatcher(const LabelClause& given) : clause(given), names(given.names), parents(given.parents) {}

  const LabelClause& clause;
  TextMatcher names;
  TextMatcher parents;
};

class ResultEvaluator {
  [[nodiscard]] auto rows_having(ResultPart part) const {
    return [this, part](const Bitmap& rows) { return rows_with_part(part, rows); };
  }

 public:
  explicit ResultEvaluator(const ResultStore& store) : store_(store) {}

  Bitmap evaluate(const LabelTest& test, const Bitmap& among) const {
    const std::vector<ClauseMatcher> clauses(test.all_of.begin(), test.all_of.end());
    std::vector<KindTest> tests;
    bool is_possible = false;
    for (const LabelKind& kind : store_.label_kinds().kinds()) {
      tests.push_back(test_of_kind(clauses, kind));
      is_possible = is_possible || tests.back().is_possible;
    }
    if (!is_possible) return Bitmap(among.size());
    return rows_with_label(among, [&](std::uint32_t kind, double confidence) {
      const KindTest& kind_test = tests[kind];
      if (!kind_test.is_possible) return false;
      const auto holds = [&](const auto* ranges) { return any_contains(*ranges, confidence); };
      return std::all_of(kind_test.confidences.begin(), kind_test.confidences.end(), holds);
    });
  }

  Bitmap evaluate(const ImageTextTest& test, const Bitmap& among) const {
    if (test.field == ResultField::image)
      return rows_with_texts(store_.source_refs(), test.any_of, among, [](const Bitmap& rows) { return rows; });
    if (test.field) return rows_with_texts(store_.messages(), test.any_of, among, rows_having(ResultPart::message));
    const auto search = [&](const Substring& word, const Bitmap& rows) { return rows_with_word(word, rows); };
    const auto none = [](const Bitmap& rows, const auto& /*test*/) { return rows; };  // words are no patterns
    Bitmap found = rows_with_patterns(test.any_of, among, search, none);
    if (test.any_of.values().empty()) return found;
    const TextMatcher matcher(test.any_of);
    const auto matches = [&](std::string_view text) { return matcher.matches(text); };
    Bitmap rest = among;
    rest -= found;
    found |= rows_where_text(store_.source_refs(), rest, matches);
    rest -= found;
    found |= rows_where_text(store_.messages(), rows_with_part(ResultPart::message, rest), matches);
    rest -= found;
    return found |= rows_with_label_name(rest, matches);
  }

  Bitmap evaluate(const ImageValueTest& test, const Bitmap& among) const {
    if (test.field == ResultField::type) {
      std::vector<std::uint8_t> wanted;
      for (const std::string_view name : store_.type_names()) wanted.push_back(test.matches(name) ? 1 : 0);
      Bitmap found(among.size());
      rows_with_part(ResultPart::content_types, among).for_each([&](Row row) {
        store_.content_types().for_each(row, [&](Symbol type, double /*confidence*/) {
          if (wanted[type] != 0) found.insert(row);
        });
      });
      return found;
    }
    const auto matches = [&](std::string_view value) { return test.matches(value); };
    return test.field == ResultField::model
               ? rows_with_value(store_.model_versions(), among, rows_having(ResultPart::model_version), matches)
               : rows_with_value(store_.codes(), among, rows_having(ResultPart::code), matches);
  }

  Bitmap evaluate(const LabelCountTest& test, const Bitmap& among) const {
    Bitmap found(among.size());
    store_.labels().for_each_list(among, [&](Row row, ListColumn::List list) {
      if (any_contains(test.any_of, static_cast<double>(list.size))) found.insert(row);
    });
    return found;
  }

  Bitmap evaluate(const ResultFlagTest& test, const Bitmap& among) const {
    Bitmap found(among.size());
    for (const ResultFlag flag : test.any_of) {
      Bitmap rows = rows_with_flag(flag, among);
      if (!test.has) {
        Bitmap others = among;
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

  [[nodiscard]] KindTest test_of_kind(const std::vector<ClauseMatcher>& clauses, const LabelKind& kind) const {
    KindTest left;
    for (const auto& [clause, names, parents] : clauses) {
      const bool holds = names.matches(store_.label_kinds().name(kind)) ||
                         (kind.parent_name != 0 && parents.matches(store_.label_kinds().parent_name(kind))) ||
                         any_contains(clause.levels, kind.taxonomy_level);
      if (holds) continue;
      if (clause.confidences.empty()) left.is_possible = false;
      left.confidences.push_back(&clause.confidences);
    }
    return left;
  }

  [[nodiscard]] Bitmap rows_with_word(const Substring& word, const Bitmap& among) const {
    if (word.size() == 0) return among;
    Bitmap found = rows_containing(store_.source_refs(), word, among);
    Bitmap rest = among;
    rest -= found;
    found |= rows_containing(store_.messages(), word, rest);
    rest -= found;
    return found |= rows_with_label_name(rest, [&](std::string_view name) { return word.is_in(name); });
  }

  template <class Test>
  Bitmap rows_with_label_name(const Bitmap& among, const Test& test) const {
    std::vector<std::uint8_t> is_wanted;
    for (const std::string_view name : store_.label_kinds().names()) is_wanted.push_back(test(name) ? 1 : 0);
    if (std::count(is_wanted.begin(), is_wanted.end(), 1) == 0) return Bitmap(among.size());
    const std::vector<LabelKind>& kinds = store_.label_kinds().kinds();
    return rows_with_label(among,
                           [&](std::uint32_t kind, double /*confidence*/) { return is_wanted[kinds[kind].name] != 0; });
  }

  template <class Test>
  Bitmap rows_with_label(const Bitmap& among, const Test& test) const {
    Bitmap found(among.size());
    store_.labels().for_each_list(among, [&](Row row, ListColumn::List list) {
      std::size_t i = 0;
      while (i < list.size && !test(list.symbols[i], list.numbers[i])) ++i;
      if (i < list.size) found.insert(row);
    });
    return found;
  }

  [[nodiscard]] Bitmap rows_with_part(ResultPart part, const Bitmap& among) const {
    return rekognition_jobs::rows_with_part(store_, part, among);
  }

  [[nodiscard]] Bitmap rows_with_flag(ResultFlag flag, const Bitmap& among) const {
    switch (flag) {
      case ResultFlag::model: return rows_with_part(ResultPart::model_version, among);
      case ResultFlag::answer: return rows_with_part(ResultPart::detection, among);
      case ResultFlag::error:
        return rows_with_part(ResultPart::code, among) |= rows_with_part(ResultPart::message, among);
      default: break;
    }
    const ListColumn& column = flag == ResultFlag::label ? store_.labels() : store_.content_types();
    Bitmap found(among.size());
    column.for_each_list(among, [&](Row row, ListColumn::List list) {
      if (list.size != 0) found.insert(row);
    });
    return found;
  }

  const ResultStore& store_;
};

}  // namespace

Expected<Bitmap, QueryError> match_results(const ResultStore& store, std::string_view text, const Bitmap& among) {
  const auto query = parse_query(text, result_query_schema);
  if (const auto* error = std::get_if<QueryError>(&query)) return *error;
  auto bound = bind_tree<ResultTest>(std::get<QueryNode>(query), bind_term);
  if (auto* error = std::get_if<QueryError>(&bound)) return std::move(*error);
  auto& predicate = std::get<ResultPredicate>(bound);
  join_label_tests(predicate);
  leave_out_unanswered(predicate);
  join_text_tests<ImageTextTest>(predicate);
  const auto passes = passes_of_tree(predicate, [](const ResultTest& test) { return passes_of(test); });
  if (passes > most_passes) return too_many_passes(text);
  const ResultEvaluator evaluator(store);
  const auto evaluate = [&](const ResultTest& test, const Bitmap& rows) {
    return std::visit([&](const auto& alternative) { return evaluator.evaluate(alternative, rows); }, test);
  };
  return rows_for(predicate, among, evaluate, cost_of);
}

Bitmap flagged_rows(const ResultStore& store, double threshold, const Bitmap& among) {
  return rows_where(store.highest_confidences(), among, [threshold](double highest) { return highest >= threshold; });
}

}  // namespace rekognition_jobs
