// A column of text. The texts of a chunk are packed end to end, so that a search scans one stretch of memory.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

#include "../base/checked_size.h"
#include "../base/simd16.h"
#include "row.h"

namespace rekognition_jobs {

/// Text by row; empty where none was set. A text is valid until the next set().
class TextColumn {
 public:
  /// The texts of rows_per_chunk rows.
  class Chunk {
   public:
    /// Of all rows, without anything between them.
    [[nodiscard]] std::string_view text() const { return {text_.get(), size_}; }

    /// Where the text of a row ends in all of it.
    [[nodiscard]] std::size_t end_of(std::size_t place) const { return offsets_[place + 1]; }

    /// Rows up to the last one that was set.
    [[nodiscard]] std::size_t row_count() const { return count_; }

    /// The place of the row whose text has the byte at `at` of all of it. Constant time, unless rows are shorter than a
    /// few bytes.
    [[nodiscard]] std::size_t place_at(std::size_t at) const {
      for (std::size_t place = places_[at / block_size];; place += ends_size) {
        Ends ends;
        std::memcpy(&ends, offsets_.get() + place + 1, sizeof ends);
        const auto ended_bytes = std::countr_one(true_bits(ends <= static_cast<std::uint32_t>(at)));
        const std::size_t ended = static_cast<std::size_t>(ended_bytes) / sizeof(std::uint32_t);
        if (ended != ends_size) return place + ended;
      }
    }

    [[nodiscard]] std::string_view operator[](std::size_t place) const {
      const std::uint32_t begin = offsets_[place];
      const std::uint32_t end = offsets_[place + 1];
      return {text_.get() + begin, end > begin ? end - begin : 0};
    }

   private:
    friend class TextColumn;

    static constexpr std::size_t block_size = 64;

    /// A few ends of texts, compared at once.
    using Ends = std::uint32_t __attribute__((vector_size(16)));
    static constexpr std::size_t ends_size = sizeof(Ends) / sizeof(std::uint32_t);

    struct Free {
      void operator()(char* text) const { std::free(text); }
    };

    std::unique_ptr<char[], Free> text_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
    std::size_t count_ = 0;  ///< rows so far
    /// Of each block of the text, the row that has its first byte.
    std::vector<std::uint16_t> places_;
    static_assert(rows_per_chunk <= std::size_t{1} << 16);

    /// Where the text of each begins and that of the one before has ended; of later rows, 0. What lies beyond is there
    /// to be loaded with the last.
    std::unique_ptr<std::uint32_t[]> offsets_{new std::uint32_t[rows_per_chunk + ends_size]()};
  };

  /// Bytes of text that a chunk can hold, since its offsets have 32 bits.
  static constexpr std::size_t most_text = std::numeric_limits<std::uint32_t>::max();

  /// Whether the chunk of `row` can take in so many bytes more. Where sizes have 32 bits, memory ends before.
  [[nodiscard]] bool has_room_for(Row row, std::size_t size) const {
    if constexpr (sizeof(std::size_t) > sizeof(std::uint32_t)) {
      const Chunk* const chunk = this->chunk(row / rows_per_chunk);
      return checked_sum(chunk == nullptr ? 0 : chunk->size_, size) <= most_text;
    }
    return true;
  }

  /// Sets the text of `row`, which lies beyond all that were set before and has_room_for() it. Amortised linear in the
  /// text.
  void set(Row row, std::string_view text);

  /// Sets the texts of `count` rows of a chunk from `first` on, as set() would: their ends, 32 bits each, are those of
  /// their texts in `text`, in order.
  void append(Row first, std::size_t count, const char* ends, std::string_view text);

  /// Appends to the text of the last row that was set.
  void lengthen(std::string_view text);

  /// Rows up to the last one that was set.
  [[nodiscard]] std::size_t size() const {
    return chunks_.empty() ? 0 : (chunks_.size() - 1) * rows_per_chunk + chunks_.back().count_;
  }

  [[nodiscard]] std::string_view operator[](Row row) const {
    const Chunk* const chunk = this->chunk(row / rows_per_chunk);
    return chunk == nullptr ? std::string_view() : (*chunk)[row % rows_per_chunk];
  }

  /// Nothing for a chunk beyond those in which a row was set.
  [[nodiscard]] const Chunk* chunk(std::size_t index) const {
    return index < chunks_.size() ? &chunks_[index] : nullptr;
  }

  /// Bytes that setting puts_at_once rows more allocates at most, beside four times their texts and a chunk's offsets.
  [[nodiscard]] std::uint64_t growth() const;

  /// Bytes that the chunks take that are made before `row` can be set.
  [[nodiscard]] std::uint64_t growth_to(Row row) const;

 private:
  static void reserve(Chunk& chunk, std::size_t capacity);

  /// Makes chunks up to this one.
  void add_chunks(std::size_t index);

  /// Makes room for so many bytes more.
  static void make_room(Chunk& chunk, std::size_t size) {
    if (const std::size_t wanted = checked_sum(chunk.size_, size); wanted > chunk.capacity_) {
      reserve(chunk, std::max(wanted, checked_product(chunk.capacity_, 2)));
    }
  }

  /// Notes whose the text up to `end` is, as far as that is not known.
  static void note_places(Chunk& chunk, std::size_t place, std::size_t end) {
    while (chunk.places_.size() * Chunk::block_size < end) chunk.places_.push_back(static_cast<std::uint16_t>(place));
  }

  std::vector<Chunk> chunks_;
};

}  // namespace rekognition_jobs
