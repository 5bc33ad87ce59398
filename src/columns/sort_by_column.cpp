// Sorts rows by the ranks of a dictionary, or by texts that are collected first.
#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

#include "radix_sort.h"

namespace rekognition_jobs {

Bitmap sort_by_column(std::span<Row> rows, const DictionaryColumn& column) {
  std::vector<Symbol> symbols(column.values().size());
  std::iota(symbols.begin(), symbols.end(), Symbol{0});
  TextKeys values(column.values());
  sort_by_keys(symbols, values);
  std::vector<std::uint64_t> ranks(symbols.size());
  for (std::size_t rank = 0; rank < symbols.size(); ++rank) ranks[symbols[rank]] = rank;
  return sort_by(rows, [&](Row row, std::size_t /*depth*/) { return KeyChunk{ranks[column.symbols()[row]]}; });
}

/// Each text is found once: most keys are looked at several times.
Bitmap sort_by_column(std::span<Row> rows, const TextColumn& column) {
  const auto last = std::max_element(rows.begin(), rows.end());
  std::vector<std::string_view> texts(last == rows.end() ? 0 : std::size_t{*last} + 1);
  for (const Row row : rows) texts[row] = column[row];
  TextKeys keys(texts);
  return sort_by_keys(rows, keys);
}

}  // namespace rekognition_jobs
