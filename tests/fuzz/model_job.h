// Jobs as plain structures, made from choices, compared, sorted by and written out without anything of the engine.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "choices.h"
#include "jobs/job.h"
#include "model_text.h"

namespace rekognition_jobs::fuzz {

/// A text that is made once; a copy of what it belongs to makes its own.
struct MadeText {
  MadeText() = default;
  MadeText(const MadeText& /*other*/) {}
  MadeText& operator=(const MadeText& /*other*/) {
    text.clear();
    return *this;
  }

  std::string text;
};

struct ModelJob {
  std::array<bool, member_count> has{};
  std::array<std::string, member_count> texts{};
  double confidence = 0;
  std::int64_t created = 0;
  std::int64_t completed = 0;
  mutable MadeText json_in_seconds{};
  mutable MadeText json_in_milliseconds{};

  [[nodiscard]] bool holds(Member member) const { return has[index_of(member)]; }
  [[nodiscard]] const std::string& text(Member member) const { return texts[index_of(member)]; }

  void set(Member member, std::string text = {}) {
    has[index_of(member)] = true;
    texts[index_of(member)] = std::move(text);
  }

  [[nodiscard]] const std::string& id() const { return text(Member::JobId); }
  [[nodiscard]] std::optional<std::int64_t> duration() const {
    if (!holds(Member::CreationTimestamp) || !holds(Member::CompletionTimestamp)) return std::nullopt;
    return completed - created;
  }

  /// −0 is another number than 0.
  bool operator==(const ModelJob& other) const {
    return has == other.has && texts == other.texts && created == other.created && completed == other.completed &&
           std::bit_cast<std::uint64_t>(confidence) == std::bit_cast<std::uint64_t>(other.confidence);
  }
};

using ModelJobs = std::vector<std::shared_ptr<const ModelJob>>;

/// The job as the engine takes it; borrows the model's text.
inline MediaAnalysisJob borrowed(const ModelJob& model) {
  MediaAnalysisJob job;
  for (std::size_t i = 0; i < member_count; ++i) {
    if (model.has[i]) job.members.insert(static_cast<Member>(i));
    job.texts[i] = model.texts[i];
  }
  job.min_confidence = model.confidence;
  job.creation_timestamp = model.created;
  job.completion_timestamp = model.completed;
  return job;
}

inline std::string packed_id(std::size_t number) {
  std::array<char, 65> digits{};
  std::snprintf(digits.data(), digits.size(), "%016zx%016zx%016zx%016zx", number * 7919, number, number ^ 0xABC,
                number);
  return digits.data();
}

inline std::string choose_id(Choices& choices) {
  const std::size_t number = choices.among(28);
  if (number < 10) return packed_id(number);
  switch (number) {
    case 10: return packed_id(1).substr(0, 63);
    case 11: return packed_id(1) + "0";
    case 12: return "ABCDEF" + packed_id(3).substr(6);
    case 13: return "\u00E9";
    case 14: return std::string(64, 'g');
    case 15: return "=id";
    case 16: return std::string("\0id", 3);
    case 17: return std::string(choices.once_in(16) ? 5000 : 50, 'i');
    default: return std::string("job-") + std::string(number % 5, '1');
  }
}

inline std::string choose_text(Choices& choices) {
  static const std::vector<std::string> texts{"promo-1",
                                              "promo-10",
                                              "promo-2",
                                              "PROMO-1",
                                              "p",
                                              "",
                                              "promo",
                                              "a b",
                                              "a/b",
                                              "a,b\"c",
                                              "=1+1",
                                              "-12",
                                              "+1",
                                              "@x",
                                              " =1",
                                              "\u00A0-x",
                                              "\uFF1D1",
                                              std::string("\0=1", 3),
                                              "\n+1",
                                              "\tx",
                                              "'=1",
                                              "\u00E9t\u00E9",
                                              "\u00C9T\u00C9",
                                              "\U0001F600",
                                              std::string(300, 'a'),
                                              std::string(299, 'a') + "b",
                                              std::string(17, 'x'),
                                              std::string(16, 'x'),
                                              "constructor",
                                              "__proto__",
                                              "line\r\nbreak",
                                              "\u3000=2",
                                              "*",
                                              "\\",
                                              "s3://in/x",
                                              "arn:aws:kms:us-east-1:1:key/x",
                                              "arn:aws-cn:rekognition:cn-north-1:1:project/p",
                                              "arn:aws:x",
                                              "in",
                                              "IN-PROGRESS",
                                              "\x7F",
                                              "needle"};
  const std::size_t choice = choices.among(texts.size() + 8);
  if (choice < texts.size()) return texts[choice];
  if (choice == texts.size() && choices.once_in(16))
    return std::string(3000 + choices.among(2000), 'z') + texts[choices.among(texts.size())];
  return "n" + std::to_string(choices.among(65'536));
}

inline std::string choose_status(Choices& choices) {
  static const std::vector<std::string> statuses{"CREATED", "QUEUED", "IN_PROGRESS", "SUCCEEDED", "FAILED"};
  const std::size_t choice = choices.among(10);
  return choice < statuses.size() ? statuses[choice] : choose_text(choices);
}

inline std::string choose_code(Choices& choices) {
  static const std::vector<std::string> codes{"INTERNAL_ERROR", "ACCESS_DENIED", "THROTTLED"};
  const std::size_t choice = choices.among(6);
  return choice < codes.size() ? codes[choice] : choose_text(choices);
}

inline std::int64_t choose_time(Choices& choices) {
  static constexpr std::array<std::int64_t, 16> times{1'790'000'000'000,
                                                      1'790'000'000'001,
                                                      1'789'999'999'999,
                                                      1'790'000'090'500,
                                                      1'780'000'000'000,
                                                      0,
                                                      -1,
                                                      1,
                                                      -62'135'596'800'000,
                                                      951'782'400'000,
                                                      last_instant,
                                                      -last_instant,
                                                      last_instant - 1,
                                                      1'800'000'000'123,
                                                      -last_instant + 1,
                                                      1'795'000'000'000};
  const std::size_t choice = choices.among(24);
  if (choice < times.size()) return times[choice];
  return 1'790'000'000'000 + static_cast<std::int64_t>(choices.among(65'536)) * 86'400;
}

inline double choose_number(Choices& choices) {
  const std::size_t choice = choices.among(written_numbers.size() + 6);
  return choice < written_numbers.size() ? written_numbers[choice].value
                                         : static_cast<double>(choices.among(65'536)) / 4;
}

inline bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<signed char>(c) < 0) return false;
  }
  return true;
}

inline std::string choose_object_key(Choices& choices, const std::string& id) {
  const std::size_t half = is_ascii(id) ? id.size() / 2 : id.size();  // of no character
  switch (choices.among(7)) {
    case 0: return "p/" + id + "/results.jsonl";
    case 1: return "other/" + id + "-manifest-summary.json";
    case 2: return id;
    case 3: return id + id + "x";
    case 4: return "p/" + id.substr(0, half) + "/results.jsonl";
    case 5: return id.substr(half) + id + "/results.jsonl";
    default: return choose_text(choices);
  }
}

/// A job of that id, with some of its members.
inline ModelJob choose_job(Choices& choices, std::string id) {
  ModelJob job;
  job.set(Member::Job);
  job.set(Member::JobId, std::move(id));
  const std::size_t richness = choices.among(4);
  const auto there = [&] { return richness == 3 || (richness != 0 && choices.among(2) == 1); };
  for (std::size_t i = index_of(Member::JobName); i < member_count; ++i) {
    const auto member = static_cast<Member>(i);
    if (!job.holds(shape_of(member).parent) || !there()) continue;
    job.set(member);
    std::string& text = job.texts[i];
    switch (member) {
      case Member::Status: text = choose_status(choices); break;
      case Member::FailureCode: text = choose_code(choices); break;
      case Member::ResultsName:
      case Member::SummaryName: text = choose_object_key(choices, job.id()); break;
      case Member::MinConfidence: job.confidence = choose_number(choices); break;
      case Member::CreationTimestamp: job.created = choose_time(choices); break;
      case Member::CompletionTimestamp: job.completed = choose_time(choices); break;
      default:
        if (shape_of(member).type == MemberType::text) text = choose_text(choices);
    }
  }
  return job;
}

/// The members within one, as JSON writes them.
inline std::string members_json(const ModelJob& job, Member parent, bool in_seconds) {
  std::string out = "{";
  for (std::size_t i = index_of(Member::JobId); i < member_count; ++i) {
    const auto member = static_cast<Member>(i);
    const MemberShape<Member>& shape = shape_of(member);
    if (!job.has[i] || shape.parent != parent) continue;
    if (out.size() > 1) out += ',';
    out.append(json_text(shape.name)).append(":");
    const std::int64_t time = member == Member::CreationTimestamp ? job.created : job.completed;
    switch (shape.type) {
      case MemberType::list:
      case MemberType::object: out += members_json(job, member, in_seconds); break;
      case MemberType::text: out += json_text(job.texts[i]); break;
      case MemberType::timestamp: out += in_seconds ? seconds_text(time) : std::to_string(time); break;
      case MemberType::number: out += number_text(job.confidence); break;
    }
  }
  return out += '}';
}

/// In epoch seconds, as the API writes a job, or in milliseconds. The job must not change any more.
inline const std::string& job_json(const ModelJob& job, bool in_seconds) {
  std::string& made = (in_seconds ? job.json_in_seconds : job.json_in_milliseconds).text;
  if (made.empty()) made = members_json(job, Member::Job, in_seconds);
  return made;
}

inline constexpr std::string_view csv_head =
    "JobId,JobName,Status,FailureCode,FailureMessage,CreationTimestamp,CompletionTimestamp,DurationSeconds,"
    "MinConfidence,ProjectVersion,Model,InputBucket,InputKey,InputVersion,OutputBucket,OutputPrefix,KmsKeyId,"
    "ResultsBucket,ResultsKey,SummaryBucket,SummaryKey\r\n";

inline std::string job_csv(const ModelJob& job) {
  std::string out;
  const auto texts = [&](std::initializer_list<Member> members) {
    for (const Member member : members) out.append(csv_text(job.text(member))).append(",");
  };
  const auto time = [&](Member member, std::int64_t instant) {
    out.append(job.holds(member) ? csv_text(iso_text(instant)) : "").append(",");
  };
  texts({Member::JobId, Member::JobName, Member::Status, Member::FailureCode, Member::FailureMessage});
  time(Member::CreationTimestamp, job.created);
  time(Member::CompletionTimestamp, job.completed);
  out.append(job.duration() ? seconds_text(*job.duration()) : "").append(",");
  out.append(job.holds(Member::MinConfidence) ? number_text(job.confidence) : "").append(",");
  texts({Member::ProjectVersion, Member::Moderation, Member::InputBucket, Member::InputName, Member::InputVersion,
         Member::OutputBucket, Member::OutputPrefix, Member::KmsKeyId, Member::ResultsBucket, Member::ResultsName,
         Member::SummaryBucket, Member::SummaryName});
  out.pop_back();
  return out += "\r\n";
}

}  // namespace rekognition_jobs::fuzz
