// Copies runs of plain ASCII, and handles every other character by itself.
#include "text_decoder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "../base/utf8.h"

namespace rekognition_jobs::formats {
namespace {

constexpr char escape = '\x1B';
constexpr std::size_t longest_terminal_code = 256;

/// What Windows-1252 has from 0x80 to 0x9F; 0 where it has nothing (WHATWG, Encoding Standard, index windows-1252).
constexpr std::array<std::uint16_t, 32> windows_1252{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                     0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::uint32_t windows_1252_character(unsigned char byte) { return byte < 0xA0 ? windows_1252[byte - 0x80U] : byte; }

bool is_plain(char c) { return static_cast<unsigned char>(c) < 0x80 && c != '\0' && c != escape; }

/// The size of the terminal's code at the front (ECMA-48: CSI, OSC, others); 0 when more bytes may belong to it.
std::size_t terminal_code_size(std::string_view text) {
  if (text.size() < 2) return 0;
  if (text[1] == '[') {
    for (std::size_t i = 2; i < std::min(text.size(), longest_terminal_code); ++i) {
      if (text[i] >= 0x40 && text[i] <= 0x7E) return i + 1;
      if (text[i] < 0x20) return i;
    }
  } else if (text[1] == ']') {
    for (std::size_t i = 2; i < std::min(text.size(), longest_terminal_code); ++i) {
      if (text[i] == '\a') return i + 1;
      if (text[i] == escape && i + 1 < text.size()) return i + 2;
    }
  } else {
    return 2;
  }
  return text.size() < longest_terminal_code ? 0 : 1;
}

/// Bytes that may yet become a UTF-8 sequence when more come.
bool may_be_cut_sequence(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
  return text.size() < size && std::all_of(text.begin() + 1, text.end(), continues_utf8);
}

bool is_encoded_surrogate(std::string_view text) {
  return text.size() >= 3 && text[0] == '\xED' && static_cast<unsigned char>(text[1]) >= 0xA0 &&
         continues_utf8(text[1]) && continues_utf8(text[2]);
}

}  // namespace

void TextDecoder::decode(std::string_view bytes, bool is_last, std::string& out) {
  std::string joined;
  if (!pending_.empty()) {
    joined = std::exchange(pending_, {}).append(bytes);
    bytes = joined;
  }
  constexpr std::size_t bytes_to_recognise = 4;
  if (!is_recognised_ && (bytes.size() >= bytes_to_recognise || is_last)) recognise(bytes);
  while (is_recognised_ && !bytes.empty()) {
    const std::size_t taken =
        encoding_ == Encoding::utf8 ? decode_utf8(bytes, is_last, out) : decode_utf16(bytes, is_last, out);
    if (taken == 0) break;
    bytes.remove_prefix(taken);
  }
  anchor(encoding_ == Encoding::utf8 ? 1 : 2, in_);
  pending_ = bytes;
}

void TextDecoder::recognise(std::string_view bytes) {
  is_recognised_ = true;
  const auto is_zero = [bytes](std::size_t i) { return i < bytes.size() && bytes[i] == '\0'; };
  const bool has_mark = bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF";
  if (has_mark || (bytes.size() >= 4 && is_zero(1) && is_zero(3) && !is_zero(0) && !is_zero(2)) ||
      (bytes.size() >= 4 && is_zero(0) && is_zero(2) && !is_zero(1) && !is_zero(3))) {
    const bool is_big = has_mark ? bytes[0] == '\xFE' : is_zero(0);
    begin_utf16(is_big ? Encoding::utf16be : Encoding::utf16le);
  }
}

void TextDecoder::begin_utf16(Encoding encoding) {
  encoding_ = encoding;
  has_utf16_ = true;
}

void TextDecoder::anchor(std::uint8_t step, std::uint64_t in) {
  const Anchor& last = anchors_.back();
  if (last.step == step && last.in + (out_ - last.out) * last.step == in) return;
  anchors_.push_back({out_, in, step});
}

void TextDecoder::append(std::string& out, std::string_view text) {
  out.append(text);
  out_ += text.size();
}

std::size_t TextDecoder::decode_utf8(std::string_view bytes, bool is_last, std::string& out) {
  const auto run = static_cast<std::size_t>(std::find_if_not(bytes.begin(), bytes.end(), is_plain) - bytes.begin());
  anchor(1, in_);
  if (run > 0) {
    append(out, bytes.substr(0, run));
    in_ += run;
    return run;
  }
  const auto first = static_cast<unsigned char>(bytes.front());
  std::size_t taken = 0;
  if (bytes.front() == escape) {
    taken = terminal_code_size(bytes);
    if (taken == 0 && !is_last) return 0;
    taken = taken == 0 ? bytes.size() : taken;
    ++terminal_codes_;
  } else if (bytes.front() == '\0') {
    // What another program appended as UTF-16: the first character's other byte went before.
    const bool is_in_utf16 = out_ > 0 && bytes.size() > 2 && bytes[2] == '\0' && bytes[1] != '\0';
    if (bytes.size() <= 2 && !is_last) return 0;
    if (is_in_utf16) begin_utf16(Encoding::utf16le);
    if (!is_in_utf16) append(out, bytes.substr(0, 1));
    taken = 1;
  } else if (bytes.size() >= 2 && first == 0xFF && bytes[1] == '\xFE') {
    begin_utf16(Encoding::utf16le);
    taken = 2;
  } else if (const std::size_t size = utf8_sequence_size(bytes); size > 0) {
    has_utf8_characters_ = has_utf8_characters_ || bytes.substr(0, size) != byte_order_mark;
    append(out, bytes.substr(0, size));
    taken = size;
  } else if (!is_last && (may_be_cut_sequence(bytes) || (first == 0xFF && bytes.size() < 2))) {
    return 0;
  } else {
    const std::uint32_t character = windows_1252_character(first);
    taken = 1;
    if (has_utf8_characters_ || character == 0 || is_encoded_surrogate(bytes)) {
      taken = is_encoded_surrogate(bytes) ? 3 : 1;
      append(out, bytes.substr(0, taken));
    } else {
      const std::size_t before = out.size();
      append_utf8(out, character);
      out_ += out.size() - before;
      ++windows_1252_bytes_;
    }
  }
  in_ += taken;
  return taken;
}

std::size_t TextDecoder::decode_utf16(std::string_view bytes, bool is_last, std::string& out) {
  const auto unit_at = [&](std::size_t i) {
    const auto low = static_cast<unsigned char>(bytes[encoding_ == Encoding::utf16le ? i : i + 1]);
    const auto high = static_cast<unsigned char>(bytes[encoding_ == Encoding::utf16le ? i + 1 : i]);
    return static_cast<std::uint32_t>(low | (high << 8U));
  };
  std::size_t taken = 0;
  while (bytes.size() - taken >= 2) {
    std::uint32_t character = unit_at(taken);
    std::size_t size = 2;
    if (character >= 0xD800 && character < 0xDC00) {
      if (bytes.size() - taken < 4 && !is_last) break;
      const std::uint32_t low = bytes.size() - taken >= 4 ? unit_at(taken + 2) : 0;
      if (low >= 0xDC00 && low < 0xE000) {
        character = 0x10000 + ((character - 0xD800) << 10U) + (low - 0xDC00);
        size = 4;
      }
    }
    const std::size_t before = out.size();
    anchor(2, in_);
    append_utf8(out, character);  // of a surrogate alone, bytes that are not UTF-8: the reader rejects them
    out_ += out.size() - before;
    in_ += size;
    taken += size;
  }
  if (taken == 0 && is_last && bytes.size() == 1) {
    anchor(1, in_);
    append(out, "\xEF\xBF\xBD");  // half a unit: U+FFFD
    ++in_;
    return 1;
  }
  return taken;
}

std::uint64_t TextDecoder::source_offset(std::uint64_t position) const {
  const auto after = std::upper_bound(anchors_.begin(), anchors_.end(), position,
                                      [](std::uint64_t wanted, const Anchor& anchor) { return wanted < anchor.out; });
  const Anchor& last = after == anchors_.begin() ? *after : *(after - 1);
  return last.in + (position - last.out) * last.step;
}

void TextDecoder::forget_before(std::uint64_t position) {
  const auto after = std::upper_bound(anchors_.begin(), anchors_.end(), position,
                                      [](std::uint64_t wanted, const Anchor& anchor) { return wanted < anchor.out; });
  if (after - anchors_.begin() > 1) anchors_.erase(anchors_.begin(), after - 1);
}

}  // namespace rekognition_jobs::formats
