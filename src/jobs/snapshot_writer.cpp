// Writes frame after frame, each with a range of one part of the store.
#include "snapshot_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

#include "../base/byte_codec.h"
#include "../base/checksum.h"
#include "../base/utf8.h"
#include "snapshot_format.h"
#include "snapshot_parts.h"

namespace rekognition_jobs {
namespace {

using namespace snapshot;

/// How much of `text` goes into one frame: whole characters.
std::string_view stretch_of(std::string_view text) {
  if (text.size() <= most_text) return text;
  std::size_t size = most_text;
  while (continues_utf8(text[size])) --size;
  return text.substr(0, size);
}

/// Appends the payload that comes next of one part; nothing when the part is at its end.
class PayloadWriter {
 public:
  PayloadWriter(std::string& out, const Bitmap& current, std::size_t part, std::size_t& at, std::size_t& within)
      : out_(out), current_(current), part_(part), at_(at), within_(within) {}

  [[nodiscard]] bool has_reached_part() const { return next_part_ > part_; }

  void members(const Column<MemberSet::Packed>& column) { values(column); }

  void set(const Bitmap& rows) {
    if (!is_next() || at_ >= row_count()) return;
    const bool is_current = part_ == current_part;
    const std::vector<Bitmap::Word>& words = (is_current ? current_ : rows).words();
    const std::size_t count = std::min(rows_of_a_set, row_count() - at_);
    head(0, count);
    const std::size_t last = at_ + count - 1;
    const std::size_t after = Bitmap::rows_per_word - 1 - last % Bitmap::rows_per_word;
    const std::size_t first_word = at_ / Bitmap::rows_per_word;
    const std::size_t last_word = last / Bitmap::rows_per_word;
    append_values(out_, words.data() + first_word, last_word - first_word);
    append_value(out_, words[last_word] << after >> after);
    at_ += count;
  }

  template <class T>
  void values(const Column<T>& column) {
    append_column(column, sizeof(T), 0);
  }

  void timestamps(const Column<Timestamp>& column, Member /*member*/) { values(column); }

  void texts(const TextColumn& column, Member /*member*/) {
    if (!is_next()) return;
    const std::size_t end = std::min(row_count(), column.size());
    append_texts(end, [&](std::size_t row) { return column[static_cast<Row>(row)]; });
  }

  void dictionary(const DictionaryColumn& column, Member /*member*/) {
    if (is_next()) {
      at_ = std::max<std::size_t>(at_, 1);
      append_texts(column.values().size(), [&](std::size_t symbol) { return column.values()[symbol]; });
    }
    append_symbols(column.symbols());
  }

  void numbers(const NumberColumn& column, Member /*member*/) {
    if (is_next()) {
      at_ = std::max<std::size_t>(at_, 1);
      const std::size_t count = std::min(column.values().size() - at_, rows_per_chunk);
      if (count > 0)
        append_bytes(reinterpret_cast<const char*>(column.values().data() + at_), count, sizeof(double), 0);
    }
    append_symbols(column.symbols());
  }

 private:
  static constexpr std::size_t current_part = first_part + 1;

  [[nodiscard]] std::size_t row_count() const { return current_.size(); }

  bool is_next() { return next_part_++ == part_; }

  void head(std::uint8_t flags, std::size_t count) {
    append_value(out_, FrameHead{.part = static_cast<std::uint8_t>(part_),
                                 .flags = flags,
                                 .first = static_cast<std::uint32_t>(at_),
                                 .count = static_cast<std::uint32_t>(count)});
  }

  void append_bytes(const char* bytes, std::size_t count, std::size_t width, std::uint8_t flags) {
    head(flags, count);
    out_.append(bytes, count * width);
    at_ += count;
  }

  /// A chunk of the column, of values of `width` bytes.
  template <class AnyColumn>
  void append_column(const AnyColumn& column, std::size_t width, std::uint8_t flags) {
    if (!is_next()) return;
    const std::size_t end = std::min(row_count(), column.size());
    if (at_ >= end) return;
    const auto* const chunk = reinterpret_cast<const char*>(column.chunk(at_ / rows_per_chunk));
    append_bytes(chunk, std::min(end - at_, rows_per_chunk), width, flags);
  }

  void append_symbols(const IndexColumn& symbols) {
    append_column(symbols, symbols.width(), static_cast<std::uint8_t>(symbols.width()));
  }

  /// As many texts of one chunk as fit, from `at_` up to `end`; or a stretch of one that does not.
  template <class TextAt>
  void append_texts(std::size_t end, const TextAt& text_at) {
    while (at_ < end && text_at(at_).empty()) ++at_;
    if (at_ >= end) return;
    const std::string_view first = text_at(at_);
    if (first.size() > most_text) return append_stretch(first);
    end = std::min(end, (at_ / rows_per_chunk + 1) * rows_per_chunk);
    const std::size_t count_at = out_.size();
    head(0, 0);
    std::size_t count = 0;
    std::uint32_t size = 0;
    for (; at_ + count < end; ++count) {
      const std::size_t more = text_at(at_ + count).size();
      if (more > most_text - size) break;
      size += static_cast<std::uint32_t>(more);
      append_value(out_, size);
    }
    for (std::size_t i = 0; i < count; ++i) out_.append(text_at(at_ + i));
    const auto told = static_cast<std::uint32_t>(count);
    std::memcpy(out_.data() + count_at + offsetof(FrameHead, count), &told, sizeof told);
    at_ += count;
  }

  void append_stretch(std::string_view text) {
    const std::string_view stretch = stretch_of(text.substr(within_));
    const bool is_last = within_ + stretch.size() == text.size();
    head(static_cast<std::uint8_t>(is_stretch | (within_ == 0 ? 0 : follows) | (is_last ? 0 : goes_on)), 1);
    out_.append(stretch);
    within_ = is_last ? 0 : within_ + stretch.size();
    if (is_last) ++at_;
  }

  std::string& out_;
  const Bitmap& current_;
  std::size_t part_;
  std::size_t& at_;
  std::size_t& within_;
  std::size_t next_part_ = first_part;
};

}  // namespace

SnapshotWriter::SnapshotWriter(std::shared_ptr<const JobStore> store, std::string notes)
    : store_(std::move(store)), notes_(std::move(notes)), current_(store_->current_rows()) {}

std::uint64_t SnapshotWriter::bytes_to_write(const JobStore& store) {
  return (std::uint64_t{1} << 16) + std::uint64_t{6} * most_payload + store.row_count() / 4;
}

void SnapshotWriter::append_part(std::string& out) {
  const std::size_t begin = out.size();
  if (!std::exchange(has_begun_, true)) {
    out.append(magic);
    append_value(out, version);
    append_value(out, schema);
  }
  while (!is_done_ && out.size() - begin < most_text) append_frame(out);
}

void SnapshotWriter::append_frame(std::string& out) {
  const std::size_t size_at = out.size();
  append_value(out, std::uint32_t{0});
  const std::size_t payload_at = out.size();
  if (part_ == notes_part) {
    const std::string_view stretch = std::string_view(notes_).substr(at_, most_text);
    if (!stretch.empty()) append_value(out, FrameHead{.part = notes_part});
    out.append(stretch);
    at_ += stretch.size();
  } else {
    PayloadWriter payload(out, current_, part_, at_, within_);
    SnapshotParts::visit(*store_, payload);
    if (!payload.has_reached_part()) {
      append_value(out, FrameHead{.part = snapshot::end_part});
      is_done_ = true;
    }
  }
  const std::string_view payload = std::string_view(out).substr(payload_at);
  if (payload.empty()) {
    ++part_;
    at_ = 0;
    out.resize(size_at);
    return;
  }
  const auto size = static_cast<std::uint32_t>(payload.size());
  checksum_ = checksum(checksum_, payload);
  std::memcpy(out.data() + size_at, &size, sizeof size);
  append_value(out, checksum_);
}

}  // namespace rekognition_jobs
