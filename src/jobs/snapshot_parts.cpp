// What a snapshot leaves out of a store, worked out of what it has.
#include "jobs/snapshot_parts.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/can_allocate.h"
#include "json/json_writer.h"

namespace rekognition_jobs {
namespace {

/// Measures the longest text of each column: what the longest job can have is at most the sum.
class LongestTexts {
 public:
  template <class Part>
  void members(const Part& /*part*/) {}
  template <class Part>
  void set(const Part& /*part*/) {}
  template <class Part>
  void values(const Part& /*part*/) {}
  template <class Part>
  void timestamps(const Part& /*part*/, Member /*member*/) {}
  template <class Part>
  void numbers(const Part& /*part*/, Member /*member*/) {}

  void texts(const TextColumn& column, Member member) {
    Longest longest;
    for (std::size_t row = 0; row < column.size(); ++row) longest.measure(column[static_cast<Row>(row)]);
    if (member != Member::JobId) return add(longest, 1);
    longest.size = std::max(longest.size, packed_job_id_size);
    longest.written = std::max<std::uint64_t>(longest.written, longest_escape * packed_job_id_size);
    add(longest, 1 + count_of(Storage::object_key));
  }

  void dictionary(const DictionaryColumn& column, Member /*member*/) {
    Longest longest;
    for (const std::string_view value : column.values()) longest.measure(value);
    add(longest, 1);
  }

  [[nodiscard]] std::size_t size() const { return all_.size; }
  [[nodiscard]] std::uint64_t written() const { return all_.written; }

 private:
  static constexpr std::uint64_t longest_escape = 6;

  struct Longest {
    std::size_t size = 0;
    std::uint64_t written = 0;  ///< in JSON, at most

    void measure(std::string_view text) {
      constexpr std::size_t short_size = 256;
      if (text.size() <= std::min(size, short_size)) return;
      size = std::max(size, text.size());
      written = std::max<std::uint64_t>(
          written, text.size() <= short_size ? longest_escape * text.size() : json_string_size(text));
    }
  };

  void add(const Longest& longest, std::size_t times) {
    all_.size += times * longest.size;
    all_.written += times * longest.written;
  }

  Longest all_;
};

}  // namespace

SnapshotFault SnapshotParts::complete(JobStore& store) {
  const std::size_t rows = store.row_count();
  const bool are_all_there = store.current_.size() == rows && store.job_ids_.packed_.size() == rows &&
                             store.creation_timestamps_.size() == rows && store.completion_timestamps_.size() == rows;
  if (!are_all_there) return SnapshotFault::damaged;
  if (!can_allocate(HashIndex::bytes_to_reserve(rows))) return SnapshotFault::full;
  store.size_ = store.current_.count();
  store.rows_.reserve(store.size_);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto row = static_cast<Row>(i);
    const auto key = store.job_ids_.key(row, store.hash_);
    if (!key) return SnapshotFault::damaged;
    if (!store.current_.contains(row)) continue;
    if (store.rows_.find_or_insert(key->hash(), row, store.job_id_test(*key))) return SnapshotFault::damaged;
  }
  LongestTexts longest;
  visit(store, longest);
  store.longest_ = longest.size();
  store.longest_written_ = longest.written();
  StoreRoom room;
  return room.has_room(store) ? SnapshotFault::none : SnapshotFault::full;
}

}  // namespace rekognition_jobs
