// Counts labels in one pass over their flat columns.
#include "label_counts.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "../base/ascii.h"
#include "../json/json_writer.h"

namespace rekognition_jobs {
namespace {

/// Counts each number once a row.
class RowCounts {
 public:
  explicit RowCounts(std::size_t size) : counts_(size), last_rows_(size, no_row) {}

  void add(std::size_t number, Row row) {
    counts_[number] += last_rows_[number] != row ? 1U : 0U;
    last_rows_[number] = row;
  }

  [[nodiscard]] std::vector<std::size_t> all() && { return std::move(counts_); }

 private:
  static constexpr Row no_row = ~Row{0};

  std::vector<std::size_t> counts_;
  std::vector<Row> last_rows_;
};

/// Calls `function(kind, confidence)` for each label of the rows.
template <class Function>
void for_each_label(const ResultStore& store, const Bitmap& rows, const Function& function) {
  store.labels().for_each_stretch(rows, [&](ListColumn::List list) {
    for (std::size_t i = 0; i < list.size; ++i) function(list.symbols[i], list.numbers[i]);
  });
}

/// In how many of the rows there is a label of each number that `number_of[kind]` gives, 0 to `size` − 1, and for which
/// `counts(confidence)` is true.
template <class Counts>
std::vector<std::size_t> count_rows(const ResultStore& store, const Bitmap& rows, std::size_t size,
                                    const std::vector<std::size_t>& number_of, bool may_repeat, const Counts& counts) {
  if (may_repeat) {
    RowCounts row_counts(size);
    store.labels().for_each_list(rows, [&](Row row, ListColumn::List list) {
      for (std::size_t i = 0; i < list.size; ++i) {
        if (counts(list.numbers[i])) row_counts.add(number_of[list.symbols[i]], row);
      }
    });
    return std::move(row_counts).all();
  }
  std::vector<std::size_t> by_kind(number_of.size());
  for_each_label(store, rows,
                 [&](std::uint32_t kind, double confidence) { by_kind[kind] += counts(confidence) ? 1U : 0U; });
  std::vector<std::size_t> by_number(size);
  for (std::size_t kind = 0; kind < by_kind.size(); ++kind) by_number[number_of[kind]] += by_kind[kind];
  return by_number;
}

/// The levels that labels have, ascending; −0 is 0.
std::vector<double> levels_of(const std::vector<LabelKind>& kinds) {
  std::vector<double> levels;
  for (const LabelKind& kind : kinds) {
    if (is_number(kind.taxonomy_level)) levels.push_back(kind.taxonomy_level + 0.0);
  }
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  return levels;
}

/// The place of a kind's level among all; their number for a kind without one.
std::size_t level_index(const std::vector<double>& levels, const LabelKind& kind) {
  if (!is_number(kind.taxonomy_level)) return levels.size();
  const auto place = std::lower_bound(levels.begin(), levels.end(), kind.taxonomy_level);
  return static_cast<std::size_t>(place - levels.begin());
}

void count_kinds(ValueCounts& out, const ResultStore& store, const Bitmap& rows, ResultField field) {
  const LabelKinds& labels = store.label_kinds();
  const std::vector<double> levels = field == ResultField::level ? levels_of(labels.kinds()) : std::vector<double>();
  const std::size_t value_count = field == ResultField::level ? levels.size() : labels.names().size();
  std::vector<std::size_t> value_of_kind;
  for (const LabelKind& kind : labels.kinds()) {
    value_of_kind.push_back(field == ResultField::label    ? kind.name
                            : field == ResultField::parent ? kind.parent_name
                                                           : level_index(levels, kind));
  }
  const bool may_repeat = field != ResultField::label || store.has_repeated_labels();
  const std::vector<std::size_t> counts =
      count_rows(store, rows, value_count + 1, value_of_kind, may_repeat, [](double) { return true; });
  for (std::size_t value = field == ResultField::parent ? 1 : 0; value < value_count; ++value) {
    out.add(counts[value], [&] {
      std::string text;
      if (field == ResultField::level) append_json_number(text, levels[value]);
      return field == ResultField::level ? text : std::string(labels.names()[value]);
    });
  }
}

void count_types(ValueCounts& out, const ResultStore& store, const Bitmap& rows) {
  RowCounts row_counts(store.type_names().size());
  rows.for_each(
      [&](Row row) { store.content_types().for_each(row, [&](Symbol type, double) { row_counts.add(type, row); }); });
  const std::vector<std::size_t> counts = std::move(row_counts).all();
  for (std::size_t type = 0; type < counts.size(); ++type) {
    out.add(counts[type], [&] { return store.type_names()[type]; });
  }
}

/// The nodes of all kinds, each under its parent, whether they are counted or not.
class TreeBuilder {
 public:
  TreeBuilder(const LabelKinds& kinds, const TextHash& hash)
      : kinds_(kinds), hash_(hash), first_of_name_(kinds.names().size(), no_node) {
    for (const LabelKind& kind : kinds.kinds()) {
      const std::size_t node = node_of(kind.name, kind.parent_name);
      node_of_kind_.push_back(node);
      if (!is_number(nodes_[node].level)) nodes_[node].level = kind.taxonomy_level;
    }
    for (std::size_t node = 0; node < nodes_.size(); ++node) {
      if (parents_[node] != 0) node_named(parents_[node]);
    }
  }

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] const std::vector<std::size_t>& node_of_kind() const { return node_of_kind_; }

  /// The tree of those that are counted and their ancestors.
  LabelTree build(const std::vector<std::size_t>& counts) && {
    std::vector<std::uint8_t> is_shown(nodes_.size());
    std::vector<std::size_t> depths(nodes_.size());
    for (std::size_t node = 0; node < nodes_.size(); ++node) {
      nodes_[node].count = counts[node];
      depths[node] = depth_of(node);
    }
    for (std::size_t node = 0; node < nodes_.size(); ++node) {
      if (nodes_[node].count == 0) continue;
      for (std::size_t at = node; is_shown[at] == 0; at = node_named(parents_[at])) {
        is_shown[at] = 1;
        if (depths[at] <= 1) break;
      }
    }
    LabelTree tree;
    for (std::size_t node = 0; node < nodes_.size(); ++node) {
      if (is_shown[node] == 0) continue;
      if (!is_number(nodes_[node].level)) nodes_[node].level = static_cast<double>(depths[node]);
      (depths[node] <= 1 ? tree.roots : nodes_[node_named(parents_[node])].children).push_back(node);
    }
    const auto is_before = [&](std::size_t a, std::size_t b) {
      return nodes_[a].count != nodes_[b].count ? nodes_[a].count > nodes_[b].count : nodes_[a].name < nodes_[b].name;
    };
    std::sort(tree.roots.begin(), tree.roots.end(), is_before);
    for (LabelNode& node : nodes_) std::sort(node.children.begin(), node.children.end(), is_before);
    tree.nodes = std::move(nodes_);
    return tree;
  }

 private:
  std::size_t node_of(Symbol name, Symbol parent) {
    const std::uint32_t hash = hash_(std::array{std::uint64_t{name} << 32 | parent});
    const auto is_pair = [&](std::uint32_t known) { return names_[known] == name && parents_[known] == parent; };
    const auto node = static_cast<std::uint32_t>(nodes_.size());
    if (const auto known = by_pair_.find_or_insert(hash, node, is_pair)) return *known;
    nodes_.emplace_back();
    nodes_.back().name = kinds_.names()[name];
    nodes_.back().level = no_number;
    names_.push_back(name);
    parents_.push_back(parent);
    if (first_of_name_[name] == no_node) first_of_name_[name] = node;
    return node;
  }

  /// The first node of that name; a new one without a parent when there is none.
  std::size_t node_named(Symbol name) {
    return first_of_name_[name] != no_node ? first_of_name_[name] : node_of(name, 0);
  }

  /// From 1; 1 also for what hangs too deep or in a circle.
  std::size_t depth_of(std::size_t node) {
    std::size_t depth = 1;
    for (std::size_t at = node; parents_[at] != 0; at = node_named(parents_[at])) {
      if (++depth > max_label_depth) return 1;
    }
    return depth;
  }

  static constexpr std::size_t no_node = ~std::size_t{0};

  const LabelKinds& kinds_;
  const TextHash& hash_;
  std::vector<LabelNode> nodes_;
  std::vector<Symbol> names_;    ///< of nodes
  std::vector<Symbol> parents_;  ///< the same; 0 for none
  std::vector<std::size_t> node_of_kind_;
  HashIndex by_pair_;
  std::vector<std::size_t> first_of_name_;  ///< by Symbol
};

}  // namespace

std::optional<std::vector<ValueCount>> facets(const ResultStore& store, const Bitmap& rows, ResultField field) {
  ValueCounts counts(store.bytes_of_a_record());
  const auto count_having = [&](ResultPart part) {
    return [&, part] { return rows_with_part(store, part, rows).count(); };
  };
  switch (field) {
    case ResultField::type: count_types(counts, store, rows); break;
    case ResultField::model:
      count_column(counts, store.model_versions(), rows, count_having(ResultPart::model_version));
      break;
    case ResultField::code: count_column(counts, store.codes(), rows, count_having(ResultPart::code)); break;
    default: count_kinds(counts, store, rows, field); break;
  }
  return std::move(counts).sorted();
}

LabelTree count_labels(const ResultStore& store, const Bitmap& rows, std::optional<double> threshold) {
  TreeBuilder builder(store.label_kinds(), store.hash());
  const auto count = [&](const auto& counts) {
    return count_rows(store, rows, builder.size(), builder.node_of_kind(), store.has_repeated_labels(), counts);
  };
  if (!threshold) return std::move(builder).build(count([](double) { return true; }));
  return std::move(builder).build(count([least = *threshold](double confidence) { return confidence >= least; }));
}

std::vector<ConfidenceBucket> confidence_histogram(const ResultStore& store, const Bitmap& rows,
                                                   std::size_t bucket_count, std::optional<std::string_view> label) {
  const std::vector<LabelKind>& kinds = store.label_kinds().kinds();
  std::vector<std::uint8_t> is_wanted;
  for (const LabelKind& kind : kinds) {
    is_wanted.push_back(!label || ascii::equal_ignoring_case(store.label_kinds().name(kind), *label) ? 1 : 0);
  }

  const std::vector<double> levels = levels_of(kinds);
  std::vector<std::size_t> level_of_kind;
  for (const LabelKind& kind : kinds) level_of_kind.push_back(level_index(levels, kind));
  constexpr double all = 100;
  return fill_buckets(bucket_count, std::span(levels), 0, all, [&](const auto& function) {
    for_each_label(store, rows, [&](std::uint32_t kind, double confidence) {
      if (is_wanted[kind] != 0 && is_number(confidence)) function(confidence, [&] { return level_of_kind[kind]; });
    });
  });
}

}  // namespace rekognition_jobs
