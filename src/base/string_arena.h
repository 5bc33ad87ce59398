// Stores texts that never move: views of them are valid as long as the arena.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace rekognition_jobs {

class StringArena {
 public:
  /// A copy of `text`.
  std::string_view add(std::string_view text) {
    if (text.size() > room_) add_block(text.size());
    std::copy(text.begin(), text.end(), next_);
    const std::string_view copy(next_, text.size());
    next_ += text.size();
    room_ -= text.size();
    return copy;
  }

  static constexpr std::size_t largest_block = 1 << 16;  ///< unless a text is larger

 private:
  static constexpr std::size_t first_block = 1 << 10;

  void add_block(std::size_t least_size) {
    room_ = std::max(block_size_, least_size);
    block_size_ = std::min(block_size_ * 2, largest_block);
    next_ = blocks_.emplace_back(new char[room_]).get();
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;                  ///< the next free byte of the last block
  std::size_t room_ = 0;                  ///< free bytes there
  std::size_t block_size_ = first_block;  ///< of the next one, at least
};

}  // namespace rekognition_jobs
