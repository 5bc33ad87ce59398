// Asks whether memory is free before it is needed: without exceptions, an allocation that fails ends the program.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rekognition_jobs {

/// Whether so many bytes more can be allocated from now on. Whoever is told that they cannot is to change nothing and
/// to say that memory is full. A host whose memory ends, as the WebAssembly module's does, brings its own definition.
[[nodiscard]] bool can_allocate(std::uint64_t bytes);

/// Rows that are put into a store for one question: as their columns and hashes grow in steps, most take nothing.
inline constexpr std::size_t puts_at_once = 16;

/// Asks for what rows take that are put into a store, a few of them at a time.
class StoreRoom {
 public:
  /// What comes is read from a text of so many bytes.
  void begin(std::size_t text_size) {
    text_size_ = text_size;
    left_ = 0;
  }

  /// Whether the text can be read on and its next row be put.
  template <class Store>
  [[nodiscard]] bool has_room(const Store& store) {
    if (left_ == 0) {
      const std::uint64_t to_sort = bytes_to_sort_a_row * store.row_count();
      if (!can_allocate(bytes_to_read(text_size_) + store.growth(text_size_) + to_sort)) return false;
      left_ = puts_at_once;
    }
    --left_;
    return true;
  }

  /// What reading a text allocates at most: its buffers, a text that is decoded, and what is found until it is put.
  static constexpr std::uint64_t bytes_to_read(std::size_t text_size) {
    return (std::uint64_t{1} << 18) + std::uint64_t{5} * text_size;
  }

 private:
  /// Left over in a store that is full, so that it can be queried and sorted.
  static constexpr std::uint64_t bytes_to_sort_a_row = 96;

  std::size_t text_size_ = 0;
  std::size_t left_ = 0;
};

}  // namespace rekognition_jobs
