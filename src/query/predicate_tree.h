// A query as a tree of tests, for any kind of record: all must hold, one must hold, or none may.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "../columns/bitmap.h"
#include "parser.h"
#include "query_error.h"

namespace rekognition_jobs {

template <class Test>
struct PredicateTree {
  enum class Kind : std::uint8_t { all, any, none, test };

  Kind kind = Kind::all;
  std::vector<PredicateTree> children{};  ///< of all, any and none
  Test test{};
};

/// Passes over a store that one query may take: with so many it is linear in the store, however long the query is.
inline constexpr std::size_t most_passes = 500;

/// The passes of all tests of a tree, by `passes_of(test)`.
template <class Test, class PassesOf>
std::size_t passes_of_tree(const PredicateTree<Test>& tree, const PassesOf& passes_of) {
  if (tree.kind == PredicateTree<Test>::Kind::test) return passes_of(tree.test);
  std::size_t passes = 0;
  for (const auto& child : tree.children) passes += passes_of_tree(child, passes_of);
  return passes;
}

/// Why a query of that text takes more than most_passes.
inline QueryError too_many_passes(std::string_view text) {
  return {{0, text.size()},
          "the query has more than 500 terms, patterns, numbers or dates; texts can be a list: name:a,b,c",
          {}};
}

/// Reads the values of a qualifier, each by `read(value)`; the first error ends it.
template <class Read>
auto read_values(const std::vector<QueryValue>& values, const Read& read)
    -> Expected<std::vector<std::variant_alternative_t<0, decltype(read(values.front()))>>, QueryError> {
  std::vector<std::variant_alternative_t<0, decltype(read(values.front()))>> items;
  for (const QueryValue& value : values) {
    auto item = read(value);
    if (auto* error = std::get_if<QueryError>(&item)) return std::move(*error);
    items.push_back(std::move(std::get<0>(item)));
  }
  return items;
}

/// Makes a tree of a query's; `bind_term(node)` makes a test of a term, or gives a QueryError.
template <class Test, class BindTerm>
Expected<PredicateTree<Test>, QueryError> bind_tree(const QueryNode& node, const BindTerm& bind_term) {
  using Kind = typename PredicateTree<Test>::Kind;
  PredicateTree<Test> tree;
  switch (node.kind) {
    case QueryNode::Kind::all: tree.kind = Kind::all; break;
    case QueryNode::Kind::any: tree.kind = Kind::any; break;
    case QueryNode::Kind::none: tree.kind = Kind::none; break;
    default: {
      Expected<Test, QueryError> test = bind_term(node);
      if (auto* error = std::get_if<QueryError>(&test)) return std::move(*error);
      tree.kind = Kind::test;
      tree.test = std::move(std::get<0>(test));
      return tree;
    }
  }
  for (const QueryNode& child : node.children) {
    auto bound = bind_tree<Test>(child, bind_term);
    if (auto* error = std::get_if<QueryError>(&bound)) return std::move(*error);
    tree.children.push_back(std::move(std::get<0>(bound)));
  }
  return tree;
}

/// The TextTest that `tree` is, or that it negates.
template <class TextTest, class Test>
TextTest* text_test_of(PredicateTree<Test>& tree, bool is_negated) {
  using Kind = typename PredicateTree<Test>::Kind;
  if (!is_negated) return tree.kind == Kind::test ? std::get_if<TextTest>(&tree.test) : nullptr;
  return tree.kind == Kind::none ? text_test_of<TextTest>(tree.children.front(), false) : nullptr;
}

/// Makes one test of the TextTests of a field that are alternatives, or are negated side by side: what is neither one
/// nor the other is none of both. A TextTest has a `field` and a TextList `any_of`.
template <class TextTest, class Test>
void join_text_tests(PredicateTree<Test>& tree) {
  using Kind = typename PredicateTree<Test>::Kind;
  for (auto& child : tree.children) join_text_tests<TextTest>(child);
  if (tree.kind != Kind::any && tree.kind != Kind::all) return;
  const bool is_negated = tree.kind == Kind::all;
  std::vector<TextTest*> joined;
  std::vector<PredicateTree<Test>> kept;
  kept.reserve(tree.children.size());
  for (auto& child : tree.children) {
    TextTest* const test = text_test_of<TextTest>(child, is_negated);
    const auto known = std::find_if(joined.begin(), joined.end(), [&](const TextTest* each) {
      return test != nullptr && each->field == test->field;
    });
    if (known != joined.end()) {
      (*known)->any_of.append(test->any_of);
      continue;
    }
    kept.push_back(std::move(child));
    if (test != nullptr) joined.push_back(text_test_of<TextTest>(kept.back(), is_negated));
  }
  for (TextTest* const test : joined) test->any_of.settle();
  tree.children = std::move(kept);
}

/// The greatest cost of the tree's tests, by `cost_of(test)`.
template <class Test, class CostOf>
int cost_of_tree(const PredicateTree<Test>& tree, const CostOf& cost_of) {
  if (tree.kind == PredicateTree<Test>::Kind::test) return cost_of(tree.test);
  int cost = 0;
  for (const auto& child : tree.children) cost = std::max(cost, cost_of_tree(child, cost_of));
  return cost;
}

/// Those rows `among` the given for which the tree holds; `evaluate_test(test, among)` tells it of one test. Each test
/// narrows the rows for the next, those that cost 0 before those that cost 1.
template <class Test, class EvaluateTest, class CostOf>
Bitmap rows_for(const PredicateTree<Test>& tree, const Bitmap& among, const EvaluateTest& evaluate_test,
                const CostOf& cost_of) {
  using Kind = typename PredicateTree<Test>::Kind;
  const auto all_of = [&] {
    Bitmap narrowed;
    const Bitmap* rows = &among;
    constexpr int most_cost = 1;
    for (int cost = 0; cost <= most_cost; ++cost) {
      for (const auto& child : tree.children) {
        if (cost_of_tree(child, cost_of) != cost) continue;
        narrowed = rows_for(child, *rows, evaluate_test, cost_of);
        rows = &narrowed;
      }
    }
    if (rows == &among) narrowed = among;
    return narrowed;
  };
  switch (tree.kind) {
    case Kind::all: return all_of();
    case Kind::any: {
      Bitmap found(among.size());
      Bitmap rest = among;
      for (const auto& child : tree.children) {
        found |= rows_for(child, rest, evaluate_test, cost_of);
        rest -= found;
      }
      return found;
    }
    case Kind::none: {
      Bitmap rest = among;
      return rest -= all_of();
    }
    case Kind::test: break;
  }
  return evaluate_test(tree.test, among);
}

}  // namespace rekognition_jobs
