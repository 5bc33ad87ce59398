// Decodes a saved file to UTF-8: from UTF-16 and Windows-1252, without the control codes of terminals.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rekognition_jobs::formats {

enum class Encoding : std::uint8_t { utf8, utf16le, utf16be };

/// Takes bytes in chunks of any size. UTF-16 is recognised with and without a byte order mark, and also where it
/// follows UTF-8, as some shells append it. A byte that is not UTF-8 is Windows-1252 unless other characters were
/// UTF-8; else it stays as it is, for the reader to reject.
class TextDecoder {
 public:
  /// `offset` is that of the first byte in its source.
  explicit TextDecoder(std::uint64_t offset = 0) : anchors_{{0, offset, 1}}, in_(offset) {}

  /// Appends the text of the next bytes to `out`; the last call says so. Linear in the bytes.
  void decode(std::string_view bytes, bool is_last, std::string& out);

  /// The offset in the source of the character at `position` of all text so far.
  [[nodiscard]] std::uint64_t source_offset(std::uint64_t position) const;

  /// Positions before this one are not asked for any more.
  void forget_before(std::uint64_t position);

  [[nodiscard]] Encoding encoding() const { return encoding_; }
  [[nodiscard]] bool has_utf16() const { return has_utf16_; }
  [[nodiscard]] std::uint64_t windows_1252_bytes() const { return windows_1252_bytes_; }
  [[nodiscard]] std::uint64_t terminal_codes() const { return terminal_codes_; }
  [[nodiscard]] std::size_t bytes_pending() const { return pending_.size(); }

 private:
  /// From `out` on, each byte of text is `step` bytes of the source.
  struct Anchor {
    std::uint64_t out;
    std::uint64_t in;
    std::uint8_t step;
  };

  /// Bytes taken off the front of `bytes`; 0 when more are needed.
  std::size_t decode_utf8(std::string_view bytes, bool is_last, std::string& out);
  std::size_t decode_utf16(std::string_view bytes, bool is_last, std::string& out);
  void recognise(std::string_view bytes);
  void begin_utf16(Encoding encoding);
  void anchor(std::uint8_t step, std::uint64_t in);
  void append(std::string& out, std::string_view text);

  std::string pending_;
  std::vector<Anchor> anchors_;
  std::uint64_t out_ = 0;
  std::uint64_t in_;
  Encoding encoding_ = Encoding::utf8;
  bool is_recognised_ = false;
  bool has_utf16_ = false;
  bool has_utf8_characters_ = false;
  std::uint64_t windows_1252_bytes_ = 0;
  std::uint64_t terminal_codes_ = 0;
};

}  // namespace rekognition_jobs::formats
