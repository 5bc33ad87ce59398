// What a query comes down to, whatever it is asked of: tests that must all hold, may hold, or must not.
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "query/query_error.h"
#include "query/syntax.h"
#include "store/row_set.h"

namespace rekognition_jobs {

template <class Test>
struct PredicateTree {
  enum class Kind : std::uint8_t { all, any, none, test };

  Kind kind = Kind::all;
  std::vector<PredicateTree> children{};  ///< of all, any and none
  Test test{};
};

/// Reads the values of a qualifier, each by `read(value)`; the first error ends it.
template <class Read>
auto read_values(const std::vector<QueryValue>& values, const Read& read)
    -> OrQueryError<std::vector<std::variant_alternative_t<0, decltype(read(values.front()))>>> {
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
OrQueryError<PredicateTree<Test>> bind_tree(const QueryNode& node, const BindTerm& bind_term) {
  using Kind = typename PredicateTree<Test>::Kind;
  PredicateTree<Test> tree;
  switch (node.kind) {
    case QueryNode::Kind::all: tree.kind = Kind::all; break;
    case QueryNode::Kind::any: tree.kind = Kind::any; break;
    case QueryNode::Kind::none: tree.kind = Kind::none; break;
    default: {
      OrQueryError<Test> test = bind_term(node);
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
RowSet rows_for(const PredicateTree<Test>& tree, const RowSet& among, const EvaluateTest& evaluate_test,
                const CostOf& cost_of) {
  using Kind = typename PredicateTree<Test>::Kind;
  const auto all_of = [&] {
    RowSet narrowed;
    const RowSet* rows = &among;
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
      RowSet found(among.size());
      RowSet rest = among;
      for (const auto& child : tree.children) {
        found |= rows_for(child, rest, evaluate_test, cost_of);
        rest -= found;
      }
      return found;
    }
    case Kind::none: {
      RowSet rest = among;
      return rest -= all_of();
    }
    case Kind::test: break;
  }
  return evaluate_test(tree.test, among);
}

}  // namespace rekognition_jobs
