// One pass over a plainly written job; every doubt is a decline.
#include "job/plain_job_reader.h"

#include <bit>
#include <cstdlib>
#include <utility>

#include "text/ascii.h"
#include "text/bytes16.h"
#include "text/utf8.h"

namespace rekognition_jobs {
namespace {

/// Ways in which jobs may differ at one place that are worth remembering.
constexpr std::size_t most_links = 6;

/// Bit i tells whether byte i is a quote, a backslash, a control character, or not ASCII. As signed bytes the latter
/// two are what is less than a space.
std::uint32_t special_bits(const char* at) {
  const Bytes16 bytes = load16(at);
  const auto is_outside = reinterpret_cast<SignedBytes16>(bytes) < ' ';
  return true_bits(is_outside | (bytes == '"') | (bytes == '\\'));
}

bool is_special(char c) { return static_cast<signed char>(c) < ' ' || c == '"' || c == '\\'; }

/// Integers up to this are doubles, and so are these powers of ten: one division rounds once (W. D. Clinger, "How to
/// read floating point numbers accurately").
constexpr std::uint64_t largest_exact = std::uint64_t{1} << 53;
constexpr std::array<double, 20> exact_powers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                              1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};
constexpr std::size_t most_digits = 19;

}  // namespace

class PlainJobReader::Scan {
 public:
  Scan(std::string_view text, MediaAnalysisJob& job, PlainJobReader& reader)
      : at_(text.data()), begin_(text.data()), end_(text.data() + text.size()), job_(job), reader_(reader) {}

  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(at_ - begin_); }

  [[nodiscard]] bool is_at_end() const { return at_ == end_; }

  bool job() {
    Member member = Member::Job;
    do {
      const Link* const link = follow(reader_.links_[index_of(member)], member);
      if (link == nullptr || job_.members.intersects(link->opened)) return false;
      job_.members |= link->opened;
      member = link->next;
    } while (member != Member::Job && value(member));
    return member == Member::Job;
  }

 private:
  /// The link that lies here, and passes it; learns it if it is new.
  const Link* follow(std::vector<Link>& links, Member last) {
    for (const Link& link : links) {
      if (left() < link.text.size() || !equal_bytes(at_, link.text.data(), link.text.size())) continue;
      at_ += link.text.size();
      return &link;
    }
    Link link;
    const char* const start = at_;
    if (!parse(link, last)) return nullptr;
    link.text.assign(start, at_);
    if (links.size() == most_links) links.clear();
    return &links.emplace_back(std::move(link));
  }

  /// Reads on to the next value: to a text's first character, to the colon before anything else.
  bool parse(Link& link, Member last) {
    Member parent = last == Member::Job ? Member::Job : shape_of(last).parent;
    bool is_first = last == Member::Job;
    if (is_first && !take('{')) return false;
    if (is_first) link.opened.insert(Member::Job);
    while (true) {
      if (take('}')) {
        if (parent == Member::Job) return true;
        parent = shape_of(parent).parent;
        is_first = false;
        continue;
      }
      if (!is_first && !take(',')) return false;
      const auto name = take('"') ? plain_string() : std::nullopt;
      const auto member = name ? find_member(parent, *name) : std::nullopt;
      if (!member || link.opened.contains(*member) || !take(':')) return false;
      link.opened.insert(*member);
      is_first = shape_of(*member).type == MemberType::structure;
      if (is_first) {
        if (!take('{')) return false;
        parent = *member;
        continue;
      }
      link.next = *member;
      return shape_of(*member).type != MemberType::text || take('"');
    }
  }

  [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

  void skip_space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }

  bool take(char wanted) {
    skip_space();
    if (at_ == end_ || *at_ != wanted) return false;
    ++at_;
    return true;
  }

  void skip_plain() {
    while (left() >= bytes16_size) {
      const std::uint32_t special = special_bits(at_);
      if (special != 0) {
        at_ += std::countr_zero(special);
        return;
      }
      at_ += bytes16_size;
    }
    while (at_ != end_ && !is_special(*at_)) ++at_;
  }

  /// What lies before the next quote, and passes that; nothing if there is anything but plain ASCII.
  std::optional<std::string_view> plain_string() {
    const char* const start = at_;
    skip_plain();
    if (at_ == end_ || *at_ != '"') return std::nullopt;
    return std::string_view(start, static_cast<std::size_t>(at_++ - start));
  }

  /// The rest of a text, whose first quote is behind.
  bool string(Member member) {
    const char* const start = at_;
    skip_plain();
    if (at_ == end_) return false;
    if (*at_ != '"') return unusual_string(member, start);
    job_.texts[index_of(member)] = {start, static_cast<std::size_t>(at_++ - start)};
    return true;
  }

  /// Of a text that is not plain ASCII, what follows the plain beginning; decoded if it has escapes.
  bool unusual_string(Member member, const char* start) {
    std::string* decoded = nullptr;
    for (; at_ != end_ && *at_ != '"'; skip_plain()) {
      if (*at_ != '\\') {
        const std::size_t size = utf8_sequence_size({at_, left()});
        const bool is_control = size == 1;
        if (size == 0 || is_control) return false;
        at_ += size;
        continue;
      }
      if (decoded == nullptr) {
        decoded = &reader_.decoded_[index_of(member)];
        decoded->clear();
      }
      decoded->append(start, at_);
      if (!escape(*decoded)) return false;
      start = at_;
    }
    if (at_ == end_) return false;
    const std::string_view rest(start, static_cast<std::size_t>(at_++ - start));
    job_.texts[index_of(member)] = decoded == nullptr ? rest : std::string_view(decoded->append(rest));
    return true;
  }

  bool escape(std::string& out) {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view characters = "\"\\/\b\f\n\r\t";
    if (left() < 2) return false;
    const std::size_t known = letters.find(at_[1]);
    if (known != std::string_view::npos) {
      out += characters[known];
      at_ += 2;
      return true;
    }
    const auto unit = escaped_unit();
    if (!unit) return false;
    if (*unit < 0xD800 || *unit > 0xDFFF) {
      append_utf8(out, *unit);
      return true;
    }
    const auto low = *unit < 0xDC00 ? escaped_unit() : std::nullopt;
    if (!low || *low < 0xDC00 || *low > 0xDFFF) return false;
    append_utf8(out, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
    return true;
  }

  /// A UTF-16 code unit, `\uXXXX`.
  std::optional<std::uint32_t> escaped_unit() {
    constexpr std::size_t size = 6;
    if (left() < size || at_[0] != '\\' || at_[1] != 'u') return std::nullopt;
    std::uint32_t unit = 0;
    for (std::size_t i = 2; i < size; ++i) {
      const char digit = ascii::to_lower(at_[i]);
      if (ascii::is_digit(digit)) {
        unit = unit * 16 + static_cast<std::uint32_t>(digit - '0');
      } else if (digit >= 'a' && digit <= 'f') {
        unit = unit * 16 + static_cast<std::uint32_t>(digit - 'a' + 10);
      } else {
        return std::nullopt;
      }
    }
    at_ += size;
    return unit;
  }

  /// An unsigned decimal without an exponent.
  struct Decimal {
    std::string_view text;
    std::uint64_t digits = 0;
    std::size_t fraction = 0;  ///< of the digits, those behind the point

    [[nodiscard]] double value() const {
      if (digits <= largest_exact) return static_cast<double>(digits) / exact_powers[fraction];
      return std::strtod(std::string(text).c_str(), nullptr);
    }
  };

  std::optional<Decimal> decimal() {
    const char* const start = at_;
    Decimal number;
    const auto take_digits = [&] {
      const char* const first = at_;
      for (; at_ != end_ && ascii::is_digit(*at_); ++at_) {
        number.digits = number.digits * 10 + static_cast<std::uint64_t>(*at_ - '0');
      }
      return static_cast<std::size_t>(at_ - first);
    };
    const std::size_t whole = take_digits();
    if (whole == 0 || (whole > 1 && *start == '0')) return std::nullopt;
    if (at_ != end_ && *at_ == '.') {
      ++at_;
      number.fraction = take_digits();
      if (number.fraction == 0) return std::nullopt;
    }
    if (at_ == end_ || *at_ == 'e' || *at_ == 'E' || whole + number.fraction > most_digits) return std::nullopt;
    number.text = {start, static_cast<std::size_t>(at_ - start)};
    return number;
  }

  bool value(Member member) {
    switch (shape_of(member).type) {
      case MemberType::structure: return false;
      case MemberType::text: return string(member);
      case MemberType::timestamp: {
        skip_space();
        const auto timestamp = this->timestamp();
        if (!timestamp) return false;
        (member == Member::CreationTimestamp ? job_.creation_timestamp : job_.completion_timestamp) = *timestamp;
        return true;
      }
      case MemberType::number: {
        skip_space();
        const auto number = decimal();
        if (!number) return false;
        job_.min_confidence = number->value();
        return true;
      }
    }
    return false;
  }

  std::optional<Timestamp> timestamp() {
    if (at_ != end_ && *at_ == '"') {
      ++at_;
      const auto text = plain_string();
      return text ? parse_timestamp(*text) : std::nullopt;
    }
    const auto seconds = decimal();
    if (!seconds) return std::nullopt;
    constexpr std::array<std::uint64_t, 4> to_milliseconds{1'000, 100, 10, 1};
    constexpr std::uint64_t far_future = 1'000'000'000'000'000;
    if (seconds->fraction < to_milliseconds.size() && seconds->digits < far_future) {
      const std::uint64_t milliseconds = seconds->digits * to_milliseconds[seconds->fraction];
      if (milliseconds < far_future) return static_cast<Timestamp>(milliseconds);
    }
    return from_epoch_seconds(seconds->value());
  }

  const char* at_;
  const char* begin_;
  const char* end_;
  MediaAnalysisJob& job_;
  PlainJobReader& reader_;
};

std::optional<std::size_t> PlainJobReader::read(std::string_view text, MediaAnalysisJob& job) {
  job.members = {};
  Scan scan(text, job, *this);
  const bool is_whole = scan.job();
  ran_out_ = !is_whole && scan.is_at_end();
  if (!is_whole) return std::nullopt;
  if (!job.has(Member::JobId) || job.texts[index_of(Member::JobId)].empty()) return std::nullopt;
  return scan.size();
}

}  // namespace rekognition_jobs
