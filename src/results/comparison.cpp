// Matches images by a hash of their source-refs, and labels by their names.
#include "comparison.h"

#include <algorithm>
#include <utility>

#include "../base/hash.h"
#include "../columns/hash_index.h"
#include "../json/json_writer.h"
#include "writer.h"

namespace rekognition_jobs {
namespace {

/// The first row of each image in a view.
class Images {
  [[nodiscard]] auto ref_test(std::string_view ref) const {
    return [this, ref](Row row) { return refs_[row] == ref; };
  }

 public:
  explicit Images(const ResultView& view)
      : refs_(view.store().source_refs()), hash_(view.store().hash()), firsts_(view.row_set().size()) {
    view.row_set().for_each([&](Row row) {
      const std::string_view ref = refs_[row];
      if (rows_.find_or_insert(hash_(ref), row, ref_test(ref))) return;
      firsts_.insert(row);
      ++size_;
    });
  }

  [[nodiscard]] std::optional<Row> find(std::string_view ref) const { return rows_.find(hash_(ref), ref_test(ref)); }
  [[nodiscard]] bool is_first(Row row) const { return firsts_.contains(row); }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  const TextColumn& refs_;
  const TextHash& hash_;
  HashIndex rows_;
  Bitmap firsts_;
  std::size_t size_ = 0;
};

/// The names of a row's labels that count, as numbers that mean the same on both sides.
class LabelNames {
 public:
  LabelNames(const ResultStore& store, Dictionary& names, const TextHash& hash, std::optional<double> threshold)
      : labels_(store.labels()), threshold_(threshold) {
    for (const LabelKind& kind : store.label_kinds().kinds()) {
      name_of_kind_.push_back(names.intern(store.label_kinds().name(kind), hash));
    }
  }

  void read(Row row, std::vector<Symbol>& names) const {
    names.clear();
    labels_.for_each(row, [&](std::uint32_t kind, double confidence) {
      if (!threshold_ || confidence >= *threshold_) names.push_back(name_of_kind_[kind]);
    });
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
  }

 private:
  const ListColumn& labels_;
  std::optional<double> threshold_;
  std::vector<Symbol> name_of_kind_;
};

}  // namespace

std::string_view change_name(Change change) {
  switch (change) {
    case Change::now_flagged: return "nowFlagged";
    case Change::now_unflagged: return "nowUnflagged";
    case Change::other_labels: return "otherLabels";
  }
  return "";
}

Comparison::Comparison(ResultView here, ResultView there, std::optional<double> threshold)
    : here_(std::move(here)), there_(std::move(there)) {
  const Images images_here(here_);
  const Images images_there(there_);
  Dictionary names;
  const LabelNames labels_here(here_.store(), names, here_.store().hash(), threshold);
  const LabelNames labels_there(there_.store(), names, here_.store().hash(), threshold);
  std::vector<Symbol> before;
  std::vector<Symbol> now;
  for (const Row row : here_.rows(0, here_.size())) {
    if (!images_here.is_first(row)) continue;
    const auto row_there = images_there.find(here_.store().source_refs()[row]);
    if (!row_there) continue;
    ++counts_.both;
    labels_here.read(row, before);
    labels_there.read(*row_there, now);
    if (before == now) {
      ++counts_.unchanged;
    } else if (before.empty()) {
      ++counts_.now_flagged;
      changed_.push_back({row, *row_there, Change::now_flagged});
    } else if (now.empty()) {
      ++counts_.now_unflagged;
      changed_.push_back({row, *row_there, Change::now_unflagged});
    } else {
      ++counts_.other_labels;
      changed_.push_back({row, *row_there, Change::other_labels});
    }
  }
  counts_.only_here = images_here.size() - counts_.both;
  counts_.only_there = images_there.size() - counts_.both;
}

std::uint64_t Comparison::bytes_to_compare(const ResultView& here, const ResultView& there) {
  constexpr std::uint64_t bytes_of_a_row_here = 80;
  constexpr std::uint64_t bytes_of_a_row_there = 32;
  return here.bytes_up_to(here.size()) + bytes_of_a_row_here * here.store().row_count() +
         bytes_of_a_row_there * there.store().row_count() + here.store().bytes_of_values() +
         there.store().bytes_of_values();
}

std::uint64_t Comparison::bytes_of_a_part() const {
  return 3 * part_size + 2 * (here_.store().bytes_of_a_record() + there_.store().bytes_of_a_record());
}

void Comparison::append_array(std::string& out, std::size_t first, std::size_t count) {
  const std::size_t begin = std::min(first, changed_.size());
  const std::size_t end = begin + std::min(count, changed_.size() - begin);
  ImageResult image;
  out += '[';
  for (std::size_t i = begin; i < end && out.size() < part_size; ++i) {
    const Changed& changed = changed_[i];
    if (i != begin) out += ',';
    here_.store().read(changed.here, image);
    out += "{\"source-ref\":";
    append_json_string(out, image.source_ref);
    out.append(",\"change\":\"").append(change_name(changed.change)).append("\",\"here\":");
    append_json(out, image);
    there_.store().read(changed.there, image);
    out += ",\"there\":";
    append_json(out, image);
    out += '}';
  }
  out += ']';
}

}  // namespace rekognition_jobs
