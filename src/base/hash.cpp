// Makes the key of a hash, and hashes texts.
#include "hash.h"

#include <cstring>

namespace rekognition_jobs {

TextHash::TextHash(std::uint64_t seed) {
  for (std::uint64_t& key : keys_) {  // SplitMix64 (G. L. Steele, D. Lea, C. H. Flood)
    seed += golden_ratio;
    std::uint64_t bits = (seed ^ (seed >> 30)) * 0xBF58'476D'1CE4'E5B9;
    bits = (bits ^ (bits >> 27)) * 0x94D0'49BB'1331'11EB;
    key = bits ^ (bits >> 31);
  }
}

std::uint32_t TextHash::operator()(std::string_view text) const {
  std::uint64_t sum = start(text.size());
  std::size_t i = 0;
  std::uint64_t word = 0;
  for (; text.size() > word_size; text.remove_prefix(word_size)) {
    std::memcpy(&word, text.data(), word_size);
    sum += term(i++, word);
    if (i < stretch_words) continue;
    i = 0;
    sum = (sum ^ (sum >> 32)) * golden_ratio;
    sum ^= sum >> 29;
  }
  word = 0;
  for (const char c : text) word = (word << 8) | static_cast<unsigned char>(c);
  return upper_half(sum + term(i, word));
}

}  // namespace rekognition_jobs
