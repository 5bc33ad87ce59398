// Packs and unpacks hexadecimal digits.
#include "job_id_column.h"

#include <bit>
#include <cstring>

#include "../base/simd16.h"
#include "../columns/scan.h"

namespace rekognition_jobs {
namespace {

constexpr std::size_t digits_of_word = 16;
static_assert(std::endian::native == std::endian::little);

/// Sixteen lower-case hexadecimal digits as a number of which they are the bytes' halves; false for other text.
bool pack(const char* digits, std::uint64_t& word) {
  const Bytes16 text = load16(digits);
  const Bytes16 decimal = text - static_cast<std::uint8_t>('0');
  const Bytes16 letter = text - static_cast<std::uint8_t>('a');
  const auto is_decimal = decimal < 10;
  const auto is_letter = letter < 6;
  if (true_bits(is_decimal | is_letter) != 0xFFFF) return false;
  const Bytes16 halves = (text & 0x0F) + (reinterpret_cast<Bytes16>(is_letter) & 9);
  std::uint64_t parts[2];
  std::memcpy(parts, &halves, sizeof parts);
  word = (parts[0] << 4) | parts[1];
  return true;
}

/// The inverse of pack().
void unpack(std::uint64_t word, char* digits) {
  constexpr std::uint64_t low_halves = 0x0F0F'0F0F'0F0F'0F0F;
  const std::uint64_t parts[2]{(word >> 4) & low_halves, word & low_halves};
  const Bytes16 halves = load16(parts);
  const auto is_letter = reinterpret_cast<Bytes16>(halves > 9);
  const Bytes16 text = halves + static_cast<std::uint8_t>('0') + (is_letter & static_cast<std::uint8_t>('a' - '9' - 1));
  std::memcpy(digits, &text, sizeof text);
}

bool pack_all(std::string_view text, std::array<std::uint64_t, 4>& words) {
  if (text.size() != packed_job_id_size) return false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!pack(text.data() + i * digits_of_word, words[i])) return false;
  }
  return true;
}

}  // namespace

JobIdKey::JobIdKey(std::string_view text, const TextHash& hash)
    : text_(text), is_packed_(pack_all(text, words_)), hash_(is_packed_ ? hash(words_) : hash(text)) {}

void JobIdColumn::push(const JobIdKey& job_id) {
  const auto row = static_cast<Row>(packed_.size());
  packed_.push(job_id.is_packed_);
  if (job_id.is_packed_) {
    words_.set(row, job_id.words_);
  } else {
    others_.set(row, job_id.text_);
  }
}

std::string_view JobIdColumn::text(Row row, std::string& scratch) const {
  if (!packed_.contains(row)) return others_[row];
  scratch.resize(packed_job_id_size);
  char* digits = scratch.data();
  for (const std::uint64_t word : words_[row]) {
    unpack(word, digits);
    digits += digits_of_word;
  }
  return scratch;
}

std::optional<JobIdKey> JobIdColumn::key(Row row, const TextHash& hash) const {
  const std::string_view other = others_[row];
  if (packed_.contains(row)) {
    return other.empty() && row < words_.size() ? std::optional(JobIdKey(words_[row], hash)) : std::nullopt;
  }
  const JobIdKey key(other, hash);
  return other.empty() || key.is_packed_ ? std::nullopt : std::optional(key);
}

Bitmap rows_containing(const JobIdColumn& column, const Substring& wanted, const Bitmap& among) {
  Bitmap found = rows_containing(column.others(), wanted, among);
  const bool may_be_packed =
      wanted.size() <= packed_job_id_size && wanted.lower().find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!may_be_packed) return found;
  std::string text;
  among.for_each([&](Row row) {
    if (column.is_packed(row) && wanted.is_in(column.text(row, text))) found.insert(row);
  });
  return found;
}

}  // namespace rekognition_jobs
