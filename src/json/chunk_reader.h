// Keeps the bytes of a source that arrives in chunks until they are read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace rekognition_jobs {

/// A reader of a source of any length. Holds the chunk at hand and what read_on() left of those before. A byte is moved
/// at most once a chunk.
class ChunkReader {
 public:
  virtual ~ChunkReader() = default;

  /// Room for the next `size` bytes of the source; fill it, then call commit(). Valid until the next call.
  [[nodiscard]] std::span<char> prepare(std::size_t size);

  /// Reads on with the first `size` bytes of what prepare() gave.
  void commit(std::size_t size);

  /// prepare() and commit() in one: copies the chunk.
  void read(std::string_view chunk);

  /// Bytes of the source so far, and those of them that are kept for the next chunk.
  [[nodiscard]] std::uint64_t bytes_read() const { return offset_ + rest_.size(); }
  [[nodiscard]] std::size_t bytes_kept() const { return rest_.size(); }

 protected:
  /// Reads what is whole at the front of rest().
  virtual void read_on() = 0;

  /// Reads the last bytes: those that are kept, or a whole source, which is not copied.
  void read_last() {
    is_last_ = true;
    read_on();
  }
  void read_last(std::string_view source) {
    rest_ = source;
    read_last();
  }

  /// Bytes of the source that are not consumed yet, and where they begin in it.
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  [[nodiscard]] bool is_last() const { return is_last_; }

  void consume(std::size_t size) {
    rest_.remove_prefix(size);
    offset_ += size;
  }

  /// Whether the source begins as UTF-16 does.
  [[nodiscard]] bool is_utf16() const;

  /// What a rejection says at most.
  static std::string_view shortened(std::string_view message) {
    constexpr std::size_t longest_message = 200;
    return message.substr(0, longest_message);
  }

 private:
  std::vector<char> buffer_;
  std::string_view rest_;  ///< in buffer_, or the whole source
  std::uint64_t offset_ = 0;
  bool is_last_ = false;
};

}  // namespace rekognition_jobs
