// Checks each frame as a whole before it keeps any of it, and each value that other code relies on.
#include "snapshot_reader.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

#include "../base/byte_codec.h"
#include "../base/can_allocate.h"
#include "../base/checksum.h"
#include "../base/utf8.h"
#include "snapshot_format.h"
#include "snapshot_parts.h"

namespace rekognition_jobs {
namespace {

using namespace snapshot;

/// The value number `index` of bytes.
template <class T>
T value_at(std::string_view bytes, std::size_t index) {
  T value;
  std::memcpy(&value, bytes.data() + index * sizeof value, sizeof value);
  return value;
}

/// Puts a payload into the part of the store that it is of.
class PayloadReader {
 public:
  PayloadReader(const JobStore& store, const TextHash& hash, const FrameHead& head, std::string_view bytes,
                std::string& text, TextSize& longest, TextSize& stretches)
      : store_(store), hash_(hash), head_(head), bytes_(bytes), text_(text), longest_(longest), stretches_(stretches) {}

  /// Damaged, too, when there is no such part.
  [[nodiscard]] SnapshotError error() const { return error_; }

  void members(Column<MemberSet::Packed>& column) {
    if (!is_wanted() || !begins_chunk(column.size(), most_rows)) return;
    MemberSet::Packed last = MemberSet{}.pack();
    for (std::size_t i = 0; i < head_.count; ++i) {
      const auto packed = value_at<MemberSet::Packed>(bytes_, i);
      if (packed != last && !MemberSet::unpack(packed).is_whole()) return;
      last = packed;
    }
    append(column);
  }

  void set(Bitmap& rows) {
    if (!is_wanted() || head_.first != rows.size() || rows.size() % Bitmap::rows_per_word != 0) return;
    if (head_.count == 0 || head_.count > std::min(rows_of_a_set, row_count() - rows.size())) return;
    if (bytes_.size() != (head_.count + Bitmap::rows_per_word - 1) / Bitmap::rows_per_word * sizeof(Bitmap::Word))
      return;
    rows.append_words(bytes_.data(), head_.count);
    accept();
  }

  template <class T>
  void values(Column<T>& column) {
    if (is_wanted() && begins_chunk(column.size(), row_count())) append(column);
  }

  void timestamps(Column<Timestamp>& column, Member member) {
    if (!is_wanted() || !begins_chunk(column.size(), row_count())) return;
    if (bytes_.size() != head_.count * sizeof(Timestamp)) return;
    for (std::size_t i = 0; i < head_.count; ++i) {
      const auto value = value_at<Timestamp>(bytes_, i);
      const bool is_there = value != no_timestamp;
      if (is_there && (value < -max_timestamp || value > max_timestamp)) return;
      if (is_there != has(i, member)) return;
    }
    append(column);
  }

  void texts(TextColumn& column, Member member) {
    if (!is_wanted() || head_.first >= row_count() || head_.count > row_count() - head_.first) return;
    if ((head_.flags & follows) != 0) {
      if (head_.first + std::size_t{1} != column.size() || !is_stretch_alone()) return;
      if (!column.has_room_for(head_.first, bytes_.size())) return;
      column.lengthen(bytes_);
      measure(bytes_);
      return accept();
    }
    if (head_.first < column.size()) return;
    if (!can_allocate(store_.growth(bytes_.size()) + 4 * std::uint64_t{bytes_.size()} +
                      column.growth_to(head_.first))) {
      return refuse();
    }
    const auto ends = read_ends();
    if (!ends || !column.has_room_for(head_.first, bytes_.size())) return;
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < head_.count; ++i) {
      const auto end = value_at<std::uint32_t>(*ends, i);
      if (end != begin && !has(i, member)) return;
      begin = end;
    }
    column.append(head_.first, head_.count, ends->data(), bytes_);
    accept();
  }

  void dictionary(DictionaryColumn& column, Member member) {
    if (is_wanted()) values_of(column.table());
    symbols(column.symbols(), column.values().size(), member);
  }

  void numbers(NumberColumn& column, Member member) {
    if (is_wanted() && head_.first == column.values().size() && bytes_.size() == head_.count * sizeof(double) &&
        head_.count <= rows_per_chunk) {
      if (!can_allocate(column.growth(row_count()) + bytes_of_values())) return refuse();
      for (std::size_t i = 0; i < head_.count; ++i) {
        const auto number = value_at<double>(bytes_, i);
        if (!std::isfinite(number) || !column.add_value(number, hash_)) return;
      }
      accept();
    }
    symbols(column.symbols(), column.values().size(), member);
  }

 private:
  [[nodiscard]] std::size_t row_count() const { return store_.row_count(); }

  /// Whether the row number `index` of the frame has the member.
  [[nodiscard]] bool has(std::size_t index, Member member) const {
    return store_.has(static_cast<Row>(head_.first + index), member);
  }

  bool is_wanted() { return next_part_++ == head_.part; }

  void accept() { error_ = SnapshotError::none; }
  void refuse() { error_ = SnapshotError::full; }

  /// Whether the frame has a chunk of rows, or the column's last ones, behind the `size` that there are.
  [[nodiscard]] bool begins_chunk(std::size_t size, std::size_t most) const {
    return head_.first == size && size % rows_per_chunk == 0 && size <= most && head_.count > 0 &&
           head_.count <= std::min(rows_per_chunk, most - size);
  }

  template <class T>
  void append(Column<T>& column) {
    if (bytes_.size() != head_.count * sizeof(T)) return;
    column.append_chunk(bytes_.data(), head_.count);
    accept();
  }

  [[nodiscard]] bool is_stretch_alone() const {
    return (head_.flags & is_stretch) != 0 && head_.count == 1 && !bytes_.empty() && is_utf8(bytes_);
  }

  /// The ends of the frame's texts, of which `bytes_` then has no more than the texts; nothing if they are none.
  [[nodiscard]] std::optional<std::string_view> read_ends() {
    if ((head_.flags & is_stretch) != 0) {
      only_end_ = static_cast<std::uint32_t>(bytes_.size());
      if (!is_stretch_alone()) return std::nullopt;
      if ((head_.flags & follows) == 0) stretches_ = {};
      measure(bytes_);
      return std::string_view(reinterpret_cast<const char*>(&only_end_), sizeof only_end_);
    }
    if (head_.count == 0 || head_.count > rows_per_chunk - head_.first % rows_per_chunk) return std::nullopt;
    ByteReader reader(bytes_);
    const auto ends = reader.bytes(std::uint64_t{head_.count} * sizeof(std::uint32_t));
    if (!ends || !is_utf8(reader.rest())) return std::nullopt;
    bytes_ = reader.rest();
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < head_.count; ++i) {
      const auto end = value_at<std::uint32_t>(*ends, i);
      if (end < begin || end > bytes_.size() || (end < bytes_.size() && continues_utf8(bytes_[end]))) {
        return std::nullopt;
      }
      stretches_ = {};
      measure(bytes_.substr(begin, end - begin));
      begin = end;
    }
    return begin == bytes_.size() ? ends : std::nullopt;
  }

  /// Measures a text, or a stretch more of it.
  void measure(std::string_view text) {
    constexpr std::size_t short_size = 256;
    const std::uint64_t written = text.size() <= short_size ? longest_escape * text.size() : json_string_size(text);
    stretches_.bytes += text.size();
    stretches_.written += written;
    longest_ = {std::max(longest_.bytes, stretches_.bytes), std::max(longest_.written, stretches_.written)};
  }

  /// What so many values more allocate beside a dictionary's growth(): it is for a few.
  [[nodiscard]] std::uint64_t bytes_of_values() const {
    constexpr std::uint64_t of_a_value = 128;
    constexpr std::uint64_t of_all_parts = std::uint64_t{1} << 20;
    return of_all_parts + of_a_value * head_.count;
  }

  void values_of(Dictionary& dictionary) {
    if (head_.first != dictionary.values().size() || text_.empty() != ((head_.flags & follows) == 0)) return;
    if (!text_.empty() && (head_.flags & is_stretch) == 0) return;
    const auto ends = read_ends();
    if (!ends) return;
    if (!can_allocate(dictionary.growth(rows_per_chunk) + bytes_of_values() + 5 * std::uint64_t{text_.size()})) {
      return refuse();
    }
    if ((head_.flags & is_stretch) != 0) {
      text_.append(bytes_);
      if ((head_.flags & goes_on) != 0) return accept();
      if (dictionary.add(text_, hash_)) accept();
      text_.clear();
      return;
    }
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < head_.count; ++i) {
      const auto end = value_at<std::uint32_t>(*ends, i);
      if (!dictionary.add(bytes_.substr(begin, end - begin), hash_)) return;
      begin = end;
    }
    accept();
  }

  void symbols(IndexColumn& column, std::size_t symbol_count, Member member) {
    if (!is_wanted() || !begins_chunk(column.size(), row_count()) || !text_.empty()) return;
    const std::size_t width = head_.flags;
    if (width != 1 && width != 2 && width != 4) return;
    if (width < column.width() || bytes_.size() != head_.count * width) return;
    for (std::size_t i = 0; i < head_.count; ++i) {
      const Symbol symbol = width == 1   ? value_at<std::uint8_t>(bytes_, i)
                            : width == 2 ? value_at<std::uint16_t>(bytes_, i)
                                         : value_at<std::uint32_t>(bytes_, i);
      if (symbol >= symbol_count || (symbol != 0 && !has(i, member))) return;
    }
    column.widen_to(width);
    column.append_chunk(bytes_.data(), head_.count);
    accept();
  }

  const JobStore& store_;
  const TextHash& hash_;
  const FrameHead& head_;
  std::string_view bytes_;
  std::string& text_;
  TextSize& longest_;
  TextSize& stretches_;
  std::uint32_t only_end_ = 0;
  std::size_t next_part_ = first_part;
  SnapshotError error_ = SnapshotError::damaged;
};

}  // namespace

std::span<char> SnapshotReader::prepare(std::size_t size) {
  const std::size_t kept = bytes_kept();
  if (kept != 0) std::memmove(buffer_.data(), buffer_.data() + begin_, kept);
  begin_ = 0;
  end_ = kept;
  const std::size_t wanted = checked_sum(kept, size);
  if (buffer_.size() < wanted) buffer_.resize(wanted);
  return std::span(buffer_).subspan(kept, size);
}

SnapshotError SnapshotReader::read(std::string_view bytes) {
  const std::span<char> room = prepare(bytes.size());
  std::copy(bytes.begin(), bytes.end(), room.begin());
  return commit(bytes.size());
}

SnapshotError SnapshotReader::commit(std::size_t size) {
  if (error_ != SnapshotError::none) {
    begin_ = end_ = 0;
    return error_;
  }
  end_ += size;
  if (!has_head_ && read_head() != SnapshotError::none) return error_;
  while (has_head_ && bytes_kept() > 0) {
    if (is_at_end_) return stop(SnapshotError::damaged);
    ByteReader reader(rest());
    const auto payload_size = reader.value<std::uint32_t>();
    if (payload_size && *payload_size > most_payload) return stop(SnapshotError::damaged);
    const auto payload = payload_size ? reader.bytes(*payload_size) : std::nullopt;
    const auto sum = payload ? reader.value<std::uint64_t>() : std::nullopt;
    if (!sum) break;
    checksum_ = checksum(checksum_, *payload);
    if (checksum_ != *sum) return stop(SnapshotError::damaged);
    if (const SnapshotError error = read_payload(*payload); error != SnapshotError::none) return stop(error);
    begin_ = end_ - reader.rest().size();
  }
  return error_;
}

SnapshotError SnapshotReader::read_head() {
  const std::string_view known = rest().substr(0, magic.size());
  if (known != magic.substr(0, known.size())) return stop(SnapshotError::foreign);
  if (bytes_kept() < head_size) return error_;
  ByteReader reader(rest().substr(magic.size()));
  if (reader.value<std::uint32_t>() != version || reader.value<std::uint32_t>() != schema) {
    return stop(SnapshotError::other_version);
  }
  begin_ += head_size;
  has_head_ = true;
  return error_;
}

SnapshotError SnapshotReader::read_payload(std::string_view payload) {
  ByteReader reader(payload);
  const auto head = reader.value<FrameHead>();
  if (!head || head->part < part_ || (head->part != part_ && !text_.empty())) return SnapshotError::damaged;
  if (head->part != part_) {
    const std::size_t times = part_ == job_ids_part ? times_of_job_id : 1;
    longest_.bytes += times * longest_of_part_.bytes;
    longest_.written += times * longest_of_part_.written;
    longest_of_part_ = {};
  }
  part_ = head->part;
  // Of a column, a chunk of the widest values; of text, what it may be copied to as it grows.
  const std::uint64_t kept = 3 * (std::uint64_t{notes_.size()} + text_.size());
  if (!can_allocate(store_->growth(payload.size()) + 4 * std::uint64_t{payload.size()} + kept)) {
    return SnapshotError::full;
  }
  if (part_ == notes_part) {
    notes_.append(reader.rest());
    return SnapshotError::none;
  }
  if (part_ == snapshot::end_part) {
    is_at_end_ = true;
    return reader.rest().empty() ? SnapshotError::none : SnapshotError::damaged;
  }
  PayloadReader part(*store_, SnapshotParts::hash_of(*store_), *head, reader.rest(), text_, longest_of_part_,
                     stretches_);
  SnapshotParts::visit(*store_, part);
  return part.error();
}

SnapshotError SnapshotReader::finish() {
  if (error_ != SnapshotError::none) return error_;
  if (!is_at_end_) return stop(bytes_kept() == 0 && !has_head_ ? SnapshotError::foreign : SnapshotError::incomplete);
  buffer_ = {};
  begin_ = end_ = 0;
  return stop(SnapshotParts::complete(*store_, longest_));
}

}  // namespace rekognition_jobs
