// What a reader reports besides the records: how much it converted, dropped or passed over, and where first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rekognition_jobs {

enum class NoticeCode : std::uint8_t {
  incomplete,      ///< the source ends on a page with a NextToken
  older,           ///< a record older or poorer than what is known
  ignored_member,  ///< an unknown member
  dropped_value,   ///< an optional value that cannot be read; its record is kept
  converted,       ///< another spelling, unit or container of a value
  implausible,     ///< kept, but cannot be meant
  skipped,         ///< bytes between records
  unread,          ///< bytes after which nothing was read
  no_answer,       ///< images without an answer
};

[[nodiscard]] constexpr std::string_view code_name(NoticeCode code) {
  switch (code) {
    case NoticeCode::incomplete: return "incomplete";
    case NoticeCode::older: return "older";
    case NoticeCode::ignored_member: return "ignored-member";
    case NoticeCode::dropped_value: return "dropped-value";
    case NoticeCode::converted: return "converted";
    case NoticeCode::implausible: return "implausible";
    case NoticeCode::skipped: return "skipped";
    case NoticeCode::unread: return "unread";
    case NoticeCode::no_answer: return "no-answer";
  }
  return "";
}

/// Of NoticeCode::converted.
inline constexpr std::string_view spelling_message = "member names in another spelling";
inline constexpr std::string_view milliseconds_message = "times as milliseconds";

/// Where something stands in a source: its byte, and its line from 1.
struct SourcePlace {
  std::uint64_t offset = 0;
  std::uint64_t line = 1;
};

/// What is alike is one notice, with its count and its first occurrence.
struct Notice {
  NoticeCode code{};
  std::string message;
  std::uint64_t count = 0;
  std::optional<SourcePlace> place;
  std::string sample;  ///< the first value as it stood, cut
};

class Notices {
 public:
  static constexpr std::size_t most_sample_bytes = 64;

  /// Adds to the notice of this code and message. Of each code so many messages are told apart; the rest are one.
  void add(NoticeCode code, std::string_view message, std::uint64_t count = 1,
           std::optional<SourcePlace> place = std::nullopt, std::string_view sample = {}) {
    constexpr std::size_t most_of_a_code = 50;
    std::size_t of_this_code = 0;
    for (Notice& notice : all_) {
      if (notice.code != code) continue;
      ++of_this_code;
      if (notice.message != message && of_this_code < most_of_a_code) continue;
      notice.count += count;
      return;
    }
    while (sample.size() > most_sample_bytes) {
      sample = sample.substr(0, most_sample_bytes);
      while (!sample.empty() && (static_cast<unsigned char>(sample.back()) & 0xC0U) == 0x80) sample.remove_suffix(1);
      if (!sample.empty() && static_cast<unsigned char>(sample.back()) >= 0xC0) sample.remove_suffix(1);
    }
    all_.push_back({code, std::string(message), count, place, std::string(sample)});
  }

  [[nodiscard]] const std::vector<Notice>& all() const { return all_; }

 private:
  std::vector<Notice> all_;
};

}  // namespace rekognition_jobs
