// One pass over a plainly written job; every doubt is a decline.
#include "job/plain_job_reader.h"

#include <array>
#include <utility>

#include "text/bytes16.h"
#include "text/plain_scan.h"

namespace rekognition_jobs {
namespace {

/// Ways in which jobs may differ at one place that are worth remembering.
constexpr std::size_t most_links = 6;

}  // namespace

class PlainJobReader::Scan : public PlainScan {
 public:
  Scan(std::string_view text, MediaAnalysisJob& job, PlainJobReader& reader)
      : PlainScan(text, /*crosses_lines=*/true), job_(job), reader_(reader) {}

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
      if (take_text(link.text)) return &link;
    }
    Link link;
    const char* const start = at();
    if (!parse(link, last)) return nullptr;
    link.text.assign(start, at());
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

  bool value(Member member) {
    switch (shape_of(member).type) {
      case MemberType::structure: return false;
      case MemberType::text: {
        const auto text = string([&]() -> std::string& { return reader_.decoded_[index_of(member)]; });
        job_.texts[index_of(member)] = text.value_or(std::string_view());
        return text.has_value();
      }
      case MemberType::timestamp: {
        const auto timestamp = this->timestamp();
        if (!timestamp) return false;
        (member == Member::CreationTimestamp ? job_.creation_timestamp : job_.completion_timestamp) = *timestamp;
        return true;
      }
      case MemberType::number: {
        const auto number = decimal();
        if (!number) return false;
        job_.min_confidence = number->value();
        return true;
      }
    }
    return false;
  }

  std::optional<Timestamp> timestamp() {
    if (take('"')) {
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
