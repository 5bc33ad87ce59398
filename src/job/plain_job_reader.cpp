// One pass over a plainly written job; every doubt is a decline.
#include "job/plain_job_reader.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "text/ascii.h"

namespace rekognition_jobs {
namespace {

constexpr std::uint64_t each_byte(std::uint64_t byte) { return byte * 0x0101'0101'0101'0101; }

/// Bit 7 of each byte that is zero, and perhaps of bytes above the lowest of those.
constexpr std::uint64_t zero_bytes(std::uint64_t word) { return (word - each_byte(0x01)) & ~word & each_byte(0x80); }

/// Whether a byte of the word is a quote, a backslash, a control character, or not ASCII.
constexpr bool has_special(std::uint64_t word) {
  const std::uint64_t control = (word - each_byte(0x20)) & ~word & each_byte(0x80);
  const std::uint64_t quote = zero_bytes(word ^ each_byte('"'));
  const std::uint64_t backslash = zero_bytes(word ^ each_byte('\\'));
  return (control | quote | backslash | (word & each_byte(0x80))) != 0;
}

constexpr bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/// Integers up to this are doubles, and so are these powers of ten: one division rounds once (W. D. Clinger, "How to
/// read floating point numbers accurately").
constexpr std::uint64_t largest_exact = std::uint64_t{1} << 53;
constexpr std::array<double, 23> exact_powers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::size_t most_digits = 19;

}  // namespace

class PlainJobReader::Scan {
 public:
  Scan(std::string_view text, MediaAnalysisJob& job, std::array<Member, member_count>& followers)
      : at_(text.data()), begin_(text.data()), end_(text.data() + text.size()), job_(job), followers_(followers) {}

  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(at_ - begin_); }

  bool structure(Member parent) {
    if (!take('{')) return false;
    job_.members.insert(parent);
    if (take('}')) return true;
    do {
      const auto name = string();
      if (!name || !take(':')) return false;
      const auto member = member_called(parent, *name);
      if (!member || job_.has(*member) || !value(*member)) return false;
    } while (take(','));
    return take('}');
  }

 private:
  void skip_space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }

  bool take(char wanted) {
    skip_space();
    if (at_ == end_ || *at_ != wanted) return false;
    ++at_;
    return true;
  }

  std::optional<std::string_view> string() {
    if (!take('"')) return std::nullopt;
    const char* const start = at_;
    for (std::uint64_t word = 0; end_ - at_ >= static_cast<std::ptrdiff_t>(sizeof word); at_ += sizeof word) {
      std::memcpy(&word, at_, sizeof word);
      if (has_special(word)) break;
    }
    while (at_ != end_ && is_plain(*at_)) ++at_;
    if (at_ == end_ || *at_ != '"') return std::nullopt;
    const std::string_view text(start, static_cast<std::size_t>(at_ - start));
    ++at_;
    return text;
  }

  /// An unsigned decimal without an exponent.
  std::optional<double> number() {
    skip_space();
    const char* const start = at_;
    std::uint64_t digits = 0;
    const auto take_digits = [&] {
      const char* const first = at_;
      for (; at_ != end_ && ascii::is_digit(*at_); ++at_) digits = digits * 10 + static_cast<std::uint64_t>(*at_ - '0');
      return static_cast<std::size_t>(at_ - first);
    };
    const std::size_t whole = take_digits();
    if (whole == 0 || (whole > 1 && *start == '0')) return std::nullopt;
    std::size_t fraction = 0;
    if (at_ != end_ && *at_ == '.') {
      ++at_;
      fraction = take_digits();
      if (fraction == 0) return std::nullopt;
    }
    if (at_ == end_ || *at_ == 'e' || *at_ == 'E' || whole + fraction > most_digits) return std::nullopt;
    if (digits <= largest_exact) return static_cast<double>(digits) / exact_powers[fraction];
    return std::strtod(std::string(start, at_).c_str(), nullptr);
  }

  bool value(Member member) {
    switch (shape_of(member).type) {
      case MemberType::structure: return structure(member);
      case MemberType::text: {
        const auto text = string();
        if (!text) return false;
        job_.texts[index_of(member)] = *text;
        break;
      }
      case MemberType::timestamp: {
        const auto timestamp = this->timestamp();
        if (!timestamp) return false;
        (member == Member::CreationTimestamp ? job_.creation_timestamp : job_.completion_timestamp) = *timestamp;
        break;
      }
      case MemberType::number: {
        const auto number = this->number();
        if (!number) return false;
        job_.min_confidence = *number;
        break;
      }
    }
    job_.members.insert(member);
    return true;
  }

  std::optional<Timestamp> timestamp() {
    skip_space();
    if (at_ != end_ && *at_ == '"') {
      const auto text = string();
      return text ? parse_timestamp(*text) : std::nullopt;
    }
    const auto seconds = number();
    return seconds ? from_epoch_seconds(*seconds) : std::nullopt;
  }

  std::optional<Member> member_called(Member parent, std::string_view name) {
    Member& expected = followers_[index_of(last_)];
    if (shape_of(expected).parent != parent || shape_of(expected).name != name) {
      const auto found = find_member(parent, name);
      if (!found) return std::nullopt;
      expected = *found;
    }
    return last_ = expected;
  }

  const char* at_;
  const char* begin_;
  const char* end_;
  MediaAnalysisJob& job_;
  std::array<Member, member_count>& followers_;
  Member last_ = Member::Job;
};

std::optional<std::size_t> PlainJobReader::read(std::string_view text, MediaAnalysisJob& job) {
  job.members = {};
  Scan scan(text, job, followers_);
  if (!scan.structure(Member::Job)) return std::nullopt;
  if (!job.has(Member::JobId) || job.texts[index_of(Member::JobId)].empty()) return std::nullopt;
  return scan.size();
}

}  // namespace rekognition_jobs
