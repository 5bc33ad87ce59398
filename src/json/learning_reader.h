// Reads records in the layout in which their service writes them, at the speed of a scan.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "../base/timestamp.h"
#include "cursor.h"
#include "schema.h"

namespace rekognition_jobs {

/// What a record has that is taken though the service writes it otherwise.
struct RecordVariants {
  std::size_t names = 0;         ///< in another spelling than the table's
  std::size_t milliseconds = 0;  ///< in place of seconds: what would be the year 10000 or later
};

/// Takes a record whose members are all in the table, of their types, there once and not null. Declines everything
/// else, whatever it is: what it takes is what a full JSON reader would read, member for member, so that only one
/// reader need know what is wrong with the rest.
///
/// Between two values all records of a source have the same few texts (`","CreationTimestamp":`), so each is parsed
/// once, and from then on compared: what is left to scan are the values.
///
/// A `Builder` names the `Member`s and the `Record` that it builds of them, by clear(), set_text() and the like,
/// begin_item() of a list, and finish(), which is false for a record that the other reader is to judge.
template <class Builder>
class LearningReader {
  using Member = typename Builder::Member;
  using Members = MemberSetOf<Member>;
  using Record = typename Builder::Record;

  static constexpr bool has_lists = has_type<Member>(MemberType::list);

 public:
  /// The number of bytes of the record at the front of `text`, without what follows it; `record` then holds it, with
  /// its text in `text` or in here until the next read. Nothing when it declines. Linear in those bytes.
  [[nodiscard]] std::optional<std::size_t> read(std::string_view text, Record& record);

  /// Whether the last read() declined because the text ended: so far it was a plain record.
  [[nodiscard]] bool ran_out() const { return ran_out_; }

  /// Line feeds in the record that was read last.
  [[nodiscard]] std::size_t line_feeds() const { return line_feeds_; }

  /// Takes names of members in any spelling, and timestamps in milliseconds, from here on.
  void take_variants() { takes_variants_ = true; }

  /// How many of these the record had that was read last.
  [[nodiscard]] const RecordVariants& variants() const { return variants_; }

  /// Levels of nesting that a plain record has.
  static constexpr std::size_t nesting = deepest_nesting<Member>();

 private:
  class Scan;

  /// What stands between two values, or before the first, or after the last. In this order: an object of a list ends,
  /// one begins, members are named.
  struct Separator {
    std::string text;
    std::size_t line_feeds = 0;
    std::size_t spelled_otherwise = 0;  ///< names
    bool ends_item = false;
    bool begins_item = false;
    Members opened;  ///< objects and lists that begin in the text, and the member whose value is next
    Members named;   ///< that member instead, if it is one of a list's object
    Member next{};   ///< whose value follows; the record itself when it has ended
  };

  std::string& decoded(Member member) {
    if constexpr (has_lists) {
      if (decoded_count_ == decoded_.size()) decoded_.emplace_back();
      return decoded_[decoded_count_++];
    } else {
      return decoded_[index_of(member)];
    }
  }

  /// Ways in which records may differ at one place that are worth remembering.
  static constexpr std::size_t most_separators = 8;

  /// By the member whose value is before them, the record itself for the start.
  std::array<std::vector<Separator>, member_count_of<Member>> separators_;
  /// Texts that had escapes: one a member, or, where lists repeat members, as many as there are.
  std::conditional_t<has_lists, std::deque<std::string>, std::array<std::string, member_count_of<Member>>> decoded_;
  std::size_t decoded_count_ = 0;
  bool ran_out_ = false;
  std::size_t line_feeds_ = 0;
  RecordVariants variants_;
  bool takes_variants_ = false;
};

/// One pass over a plainly written record; every doubt is a decline.
template <class Builder>
class LearningReader<Builder>::Scan : public JsonCursor {
  static constexpr Member root{};

  static constexpr bool is_list(Member member) { return has_lists && shape_of(member).type == MemberType::list; }

 public:
  Scan(std::string_view text, Record& record, LearningReader& reader)
      : JsonCursor(text, Builder::crosses_lines), record_(record), reader_(reader) {}

  bool read() {
    Member member = root;
    Members opened;
    Members named;  // in the object of a list that is open
    do {
      const Separator* const separator = match_or_learn(reader_.separators_[index_of(member)], member);
      if (separator == nullptr || opened.intersects(separator->opened)) return false;
      opened |= separator->opened;
      reader_.line_feeds_ += separator->line_feeds;
      reader_.variants_.names += separator->spelled_otherwise;
      if constexpr (has_lists) {
        if (separator->ends_item && !named.intersects(Builder::required_in_items)) return false;
        if (separator->begins_item) {
          named = {};
          Builder::begin_item(record_, shape_of(separator->next).parent);
        }
        if (named.intersects(separator->named)) return false;
        named |= separator->named;
      }
      member = separator->next;
    } while (member != root && value(member));
    return member == root && Builder::finish(record_, opened);
  }

 private:
  /// The separator that lies here, and passes it; learns it if it is new.
  const Separator* match_or_learn(std::vector<Separator>& separators, Member last) {
    for (const Separator& separator : separators) {
      if (take_text(separator.text)) return &separator;
    }
    Separator separator;
    const char* const start = at();
    if (!parse(separator, last)) return nullptr;
    separator.text.assign(start, at());
    separator.line_feeds = static_cast<std::size_t>(std::count(start, at(), '\n'));
    if (separators.size() == most_separators) separators.clear();
    return &separators.emplace_back(std::move(separator));
  }

  /// Reads on to the next value: to a text's first character, to the colon before anything else.
  bool parse(Separator& separator, Member last) {
    Member parent = last == root ? root : shape_of(last).parent;
    bool is_first = last == root;
    if (is_first && !take('{')) return false;
    if (is_first) separator.opened.insert(root);
    while (true) {
      if (take('}')) {
        if (parent == root) return true;
        if (is_list(parent)) {
          if (is_first || separator.ends_item) return false;
          separator.ends_item = true;
          if (take(',')) {
            if (!take('{')) return false;
            separator.begins_item = is_first = true;
            continue;
          }
          if (!take(']')) return false;
        }
        parent = shape_of(parent).parent;
        is_first = false;
        continue;
      }
      if (!is_first && !take(',')) return false;
      const auto name = take('"') ? plain_string() : std::nullopt;
      auto member = name ? find_member(parent, *name) : std::nullopt;
      if (name && !member && reader_.takes_variants_) {
        member = find_spelled_member(parent, *name);
        ++separator.spelled_otherwise;
      }
      if (!member || !take(':')) return false;
      Members& seen = is_list(parent) ? separator.named : separator.opened;
      if (seen.contains(*member)) return false;
      seen.insert(*member);
      is_first = false;
      switch (shape_of(*member).type) {
        case MemberType::object:
          if (!take('{')) return false;
          parent = *member;
          is_first = true;
          continue;
        case MemberType::list:
          if (!has_lists || !take('[')) return false;
          if (take(']')) continue;
          if (!take('{')) return false;
          parent = *member;
          separator.begins_item = is_first = true;
          continue;
        case MemberType::text: separator.next = *member; return take('"');
        default: separator.next = *member; return true;
      }
    }
  }

  bool value(Member member) {
    switch (shape_of(member).type) {
      case MemberType::text: {
        const auto text = string([&]() -> std::string& { return reader_.decoded(member); });
        if (text) Builder::set_text(record_, member, *text);
        return text.has_value();
      }
      case MemberType::number: {
        const auto number = decimal();
        if (number) Builder::set_number(record_, member, number->value());
        return number.has_value();
      }
      case MemberType::timestamp:
        if constexpr (has_type<Member>(MemberType::timestamp)) {
          const auto time = timestamp();
          if (time && !is_plain_time(*time)) return false;
          if (time) Builder::set_timestamp(record_, member, *time);
          return time.has_value();
        }
        return false;
      default: return false;
    }
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
    constexpr std::uint64_t too_many_seconds = year_10000 / 1'000;
    constexpr std::uint64_t most_milliseconds = 100'000'000'000'000;
    const bool is_in_milliseconds =
        seconds->fraction == 0 && seconds->digits >= too_many_seconds && seconds->digits < most_milliseconds;
    if (reader_.takes_variants_ && is_in_milliseconds) {
      ++reader_.variants_.milliseconds;
      return static_cast<Timestamp>(seconds->digits);
    }
    if (seconds->fraction < to_milliseconds.size() && seconds->digits < far_future) {
      const std::uint64_t milliseconds = seconds->digits * to_milliseconds[seconds->fraction];
      if (milliseconds < far_future) return static_cast<Timestamp>(milliseconds);
    }
    return from_epoch_seconds(seconds->value());
  }

  Record& record_;
  LearningReader& reader_;
};

template <class Builder>
std::optional<std::size_t> LearningReader<Builder>::read(std::string_view text, Record& record) {
  Builder::clear(record);
  decoded_count_ = 0;
  line_feeds_ = 0;
  variants_ = {};
  Scan scan(text, record, *this);
  const bool is_whole = scan.read();
  ran_out_ = !is_whole && scan.is_at_end();
  return is_whole ? std::optional(scan.size()) : std::nullopt;
}

}  // namespace rekognition_jobs
