// Queries as trees made from choices: their text, and which jobs they are true of by the plainest reading of the
// language.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "choices.h"
#include "model_job.h"
#include "model_text.h"

namespace rekognition_jobs::fuzz {

inline constexpr std::int64_t now_instant = 1'795'000'000'123;

/// A field of the language, and its value in a job: a number (percent or milliseconds), or a text.
struct ModelField {
  enum class Kind : std::uint8_t { value, text, number, time, duration };

  std::string_view name;
  std::string_view member_name;  ///< the top-level member by which sorts and counts may name it, or empty
  Kind kind;
  std::function<std::optional<std::string>(const ModelJob&)> text{};
  std::function<std::optional<double>(const ModelJob&)> number{};
};

inline std::string region_of(std::string_view arn) {
  std::vector<std::string_view> parts;
  while (parts.size() < 5) {
    const std::size_t colon = arn.find(':');
    if (colon == std::string_view::npos) return "";
    parts.push_back(arn.substr(0, colon));
    arn.remove_prefix(colon + 1);
    if (parts.size() == 4) break;
  }
  if (parts[0] != "arn") return "";
  for (const char c : parts[3]) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return "";
  }
  return std::string(parts[3]);
}

inline const std::vector<ModelField>& model_fields() {
  using Kind = ModelField::Kind;
  const auto text_of = [](Member member) {
    return [member](const ModelJob& job) { return job.holds(member) ? std::optional(job.text(member)) : std::nullopt; };
  };
  const auto uri_of = [](Member bucket, Member key) {
    return [bucket, key](const ModelJob& job) -> std::optional<std::string> {
      if (!job.holds(bucket) && !job.holds(key)) return std::nullopt;
      return "s3://" + job.text(bucket) + "/" + job.text(key);
    };
  };
  const auto region = [](const ModelJob& job) -> std::optional<std::string> {
    std::string found = region_of(job.text(Member::ProjectVersion));
    if (found.empty()) found = region_of(job.text(Member::KmsKeyId));
    return found.empty() ? std::nullopt : std::optional(found);
  };
  const auto confidence = [](const ModelJob& job) {
    return job.holds(Member::MinConfidence) ? std::optional(job.confidence) : std::nullopt;
  };
  const auto created = [](const ModelJob& job) -> std::optional<double> {
    return job.holds(Member::CreationTimestamp) ? std::optional(static_cast<double>(job.created)) : std::nullopt;
  };
  const auto completed = [](const ModelJob& job) -> std::optional<double> {
    return job.holds(Member::CompletionTimestamp) ? std::optional(static_cast<double>(job.completed)) : std::nullopt;
  };
  const auto duration = [](const ModelJob& job) -> std::optional<double> {
    const auto milliseconds = job.duration();
    return milliseconds ? std::optional(static_cast<double>(*milliseconds)) : std::nullopt;
  };
  static const std::vector<ModelField> fields{
      {"status", "Status", Kind::value, text_of(Member::Status)},
      {"code", "FailureDetails", Kind::value, text_of(Member::FailureCode)},
      {"model", "", Kind::value, text_of(Member::Moderation)},
      {"name", "JobName", Kind::text, text_of(Member::JobName)},
      {"id", "JobId", Kind::text, text_of(Member::JobId)},
      {"message", "", Kind::text, text_of(Member::FailureMessage)},
      {"kms", "KmsKeyId", Kind::text, text_of(Member::KmsKeyId)},
      {"project", "", Kind::text, text_of(Member::ProjectVersion)},
      {"region", "", Kind::text, region},
      {"version", "", Kind::text, text_of(Member::InputVersion)},
      {"input", "Input", Kind::text, uri_of(Member::InputBucket, Member::InputName)},
      {"output", "OutputConfig", Kind::text, uri_of(Member::OutputBucket, Member::OutputPrefix)},
      {"results", "Results", Kind::text, uri_of(Member::ResultsBucket, Member::ResultsName)},
      {"summary", "ManifestSummary", Kind::text, uri_of(Member::SummaryBucket, Member::SummaryName)},
      {"confidence", "OperationsConfig", Kind::number, {}, confidence},
      {"created", "CreationTimestamp", Kind::time, {}, created},
      {"completed", "CompletionTimestamp", Kind::time, {}, completed},
      {"duration", "", Kind::duration, {}, duration},
      // Only counted:
      {"InputBucket", "", Kind::text, text_of(Member::InputBucket)},
      {"OutputBucket", "", Kind::text, text_of(Member::OutputBucket)},
      {"ResultsBucket", "", Kind::text, text_of(Member::ResultsBucket)},
      {"SummaryBucket", "", Kind::text, text_of(Member::SummaryBucket)},
  };
  return fields;
}

inline constexpr std::size_t queried_fields = 18;

inline std::string folded(std::string_view text) {
  std::string out = lower(text);
  for (char& c : out) c = c == '-' ? '_' : c;
  return out;
}

inline bool contains(std::string_view text, std::string_view part) {
  return lower(text).find(lower(part)) != std::string::npos;
}

/// Whether `pattern`, in which "*" is anything, is all of `text`; both in lower case.
inline bool fits(std::string_view text, std::string_view pattern) {
  std::vector<bool> reached(text.size() + 1);
  reached[0] = true;
  for (const char wanted : pattern) {
    if (wanted == '*') {
      for (std::size_t i = 1; i < reached.size(); ++i) reached[i] = reached[i] || reached[i - 1];
    } else {
      for (std::size_t i = text.size(); i > 0; --i) reached[i] = reached[i - 1] && text[i - 1] == wanted;
      reached[0] = false;
    }
  }
  return reached.back();
}

/// A query's text, and what it is true of.
struct ModelQuery {
  std::string text;
  std::function<bool(const ModelJob&)> holds;
  std::vector<std::pair<Member, std::string>> needed_values{};  ///< folded; documented, or in the store
};

inline std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

inline bool is_plain_word(std::string_view text) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./";
  return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos && text != "OR" && text != "NOT" &&
         text.find("..") == std::string_view::npos;
}

/// Some of a text that jobs have.
inline std::string choose_part(Choices& choices) {
  std::string text = choices.among(4) == 3 ? choose_id(choices) : choose_text(choices);
  if (choices.among(3) == 2) text = "s3://" + text + "/" + choose_text(choices);
  const std::size_t cut = choices.among(4);
  if (cut == 0 || text.size() < 2 || !is_ascii(text)) return text;  // so that no character is cut
  const std::size_t begin = choices.among(text.size());
  return text.substr(cut == 1 ? 0 : begin, cut == 2 ? std::string::npos : 1 + choices.among(text.size()));
}

class QueryMaker {
 public:
  explicit QueryMaker(Choices& choices) : choices_(choices) {}

  ModelQuery make() {
    if (choices_.among(4) == 0) return {"", [](const ModelJob&) { return true; }};
    return node(0);
  }

 private:
  using Test = std::function<bool(const ModelJob&)>;

  ModelQuery node(std::size_t depth) {
    const std::size_t kind = depth == 3 ? 3 : choices_.among(6);
    if (kind == 0 || kind == 1) return join(depth, /*all=*/kind == 0);
    if (kind == 2) return negate(node(depth + 1));
    return term();
  }

  ModelQuery join(std::size_t depth, bool all) {
    ModelQuery joined;
    std::vector<Test> parts;
    const std::size_t count = 2 + choices_.among(2);
    for (std::size_t i = 0; i < count; ++i) {
      ModelQuery part = node(depth + 1);
      if (i != 0) joined.text += all ? " " : " OR ";
      joined.text.append("(").append(part.text).append(")");
      parts.push_back(std::move(part.holds));
      joined.needed_values.insert(joined.needed_values.end(), part.needed_values.begin(), part.needed_values.end());
    }
    joined.holds = [parts, all](const ModelJob& job) {
      for (const Test& part : parts) {
        if (part(job) != all) return !all;
      }
      return all;
    };
    return joined;
  }

  ModelQuery negate(ModelQuery query) {
    query.text = (choices_.among(2) == 1 ? "-(" : "NOT (") + query.text + ")";
    query.holds = [positive = std::move(query.holds)](const ModelJob& job) { return !positive(job); };
    return query;
  }

  ModelQuery term() {
    const std::size_t which = choices_.among(queried_fields + 5);
    if (which == queried_fields) return presence();
    if (which > queried_fields) return word();
    const ModelField& field = model_fields()[which];
    std::string text = std::string(field.name) + ":";
    if (choices_.among(4) == 3) text = field.name == "id" ? "ID:" : text;
    ModelQuery query{std::move(text), {}};
    std::vector<Test> tests;
    const std::size_t count = 1 + choices_.among(8) / 6;
    for (std::size_t i = 0; i < count; ++i) {
      if (i != 0) query.text += ',';
      tests.push_back(value(field, query));
    }
    query.holds = [tests](const ModelJob& job) {
      for (const Test& test : tests) {
        if (test(job)) return true;
      }
      return false;
    };
    return query;
  }

  ModelQuery word() {
    const std::string part = choose_part(choices_);
    const bool is_plain = is_plain_word(part) && choices_.among(2) == 1;
    return {is_plain ? part : quoted(part), [part](const ModelJob& job) {
              for (const char* const name : {"name", "id", "input", "output", "message"}) {
                for (const ModelField& field : model_fields()) {
                  if (field.name != name) continue;
                  const auto text = field.text(job);
                  if (text && contains(*text, part)) return true;
                }
              }
              return false;
            }};
  }

  ModelQuery presence() {
    static constexpr std::array<std::pair<std::string_view, Member>, 13> flags{
        {{"name", Member::JobName},
         {"completed", Member::CompletionTimestamp},
         {"failure", Member::FailureDetails},
         {"code", Member::FailureCode},
         {"message", Member::FailureMessage},
         {"kms", Member::KmsKeyId},
         {"project", Member::ProjectVersion},
         {"confidence", Member::MinConfidence},
         {"model", Member::Moderation},
         {"results", Member::Results},
         {"summary", Member::ManifestSummary},
         {"version", Member::InputVersion},
         {"prefix", Member::OutputPrefix}}};
    const bool has = choices_.among(2) == 0;
    const auto a = flags[choices_.among(flags.size())];
    const auto b = flags[choices_.among(flags.size())];
    return {(has ? "has:" : "no:") + std::string(a.first) + "," + std::string(b.first),
            [=](const ModelJob& job) { return job.holds(a.second) == has || job.holds(b.second) == has; }};
  }

  Test value(const ModelField& field, ModelQuery& query) {
    switch (field.kind) {
      case ModelField::Kind::value: return one_of_few(field, query);
      case ModelField::Kind::text: return pattern(field, query);
      case ModelField::Kind::time: return instant(field, query);
      default: return number(field, query);
    }
  }

  Test one_of_few(const ModelField& field, ModelQuery& query) {
    std::string text = field.name == "code" ? choose_code(choices_) : choose_status(choices_);
    if (choices_.among(3) == 2) text = lower(text);
    query.text += quoted(text);
    if (field.name == "status") query.needed_values.emplace_back(Member::Status, folded(text));
    if (field.name == "code") query.needed_values.emplace_back(Member::FailureCode, folded(text));
    return [&field, wanted = folded(text)](const ModelJob& job) {
      const auto value = field.text(job);
      return value && folded(*value) == wanted;
    };
  }

  Test pattern(const ModelField& field, ModelQuery& query) {
    const std::string part = choose_part(choices_);
    switch (choices_.among(3)) {
      case 0:
        query.text += quoted(part);
        return [&field, part](const ModelJob& job) {
          const auto text = field.text(job);
          return text && contains(*text, part);
        };
      case 1:
        query.text += "=" + quoted(part);
        return [&field, wanted = lower(part)](const ModelJob& job) {
          const auto text = field.text(job);
          return text && lower(*text) == wanted;
        };
      default: break;
    }
    std::string wild = choices_.among(2) == 1 ? "*" : "";
    for (std::size_t i = choices_.among(3) + 1; i > 0; --i) {
      const std::string piece = choose_part(choices_).substr(0, 20);
      wild += is_plain_word(piece) ? piece : "1";
      if (i != 1 || choices_.among(2) == 1) wild += '*';
    }
    query.text += wild;
    const bool is_pattern = wild.find('*') != std::string::npos;
    return [&field, wanted = lower(wild), is_pattern](const ModelJob& job) {
      const auto text = field.text(job);
      if (!text) return false;
      return is_pattern ? fits(lower(*text), wanted) : contains(*text, wanted);
    };
  }

  struct Written {
    std::string text;
    double number;
  };

  Written number_or_duration(bool is_duration) {
    if (!is_duration) {
      static const std::vector<Written> numbers{{"50", 50},
                                                {"0", 0},
                                                {"-0", -0.0},
                                                {"62.5", 62.5},
                                                {"100", 100},
                                                {"-12", -12},
                                                {"0.1", 0.1},
                                                {"-1.50", -1.5},
                                                {"33.29999923706055", 33.29999923706055},
                                                {"1" + std::string(308, '0'), 1e308},
                                                {".5", 0.5}};
      return numbers[choices_.among(numbers.size())];
    }
    static const std::vector<Written> durations{{"90.5s", 90'500},
                                                {"0s", 0},
                                                {"-1s", -1000},
                                                {"15m", 900'000},
                                                {"1h30m", 5'400'000},
                                                {"2d", 172'800'000},
                                                {"1w", 604'800'000},
                                                {"0.001s", 1},
                                                {"10000000000s", 1e13},
                                                {"-0.5s", -500},
                                                {"115w", 115 * 604'800'000.0}};
    return durations[choices_.among(durations.size())];
  }

  Test number(const ModelField& field, ModelQuery& query) {
    const bool is_duration = field.kind == ModelField::Kind::duration;
    const Written a = number_or_duration(is_duration);
    const Written b = number_or_duration(is_duration);
    const std::size_t form = choices_.among(8);
    static constexpr std::array<std::string_view, 5> signs{"", ">", ">=", "<", "<="};
    if (form < signs.size()) {
      query.text.append(signs[form]).append(a.text);
    } else if (form == 5) {
      query.text += a.text + ".." + b.text;
    } else {
      query.text += form == 6 ? a.text + ".." : ".." + a.text;
    }
    return [&field, form, a = a.number, b = b.number](const ModelJob& job) {
      const auto number = field.number(job);
      if (!number) return false;
      switch (form) {
        case 0: return *number == a;
        case 1: return *number > a;
        case 2: return *number >= a;
        case 3: return *number < a;
        case 4: return *number <= a;
        case 5: return a <= *number && *number <= b;
        case 6: return a <= *number;
        default: return *number <= a;
      }
    };
  }

  struct Interval {
    std::string text;
    std::int64_t begin;
    std::int64_t end;
  };

  Interval interval() {
    constexpr std::int64_t day = 86'400'000;
    static const std::vector<Interval> named{{"1970", 0, 365 * day},
                                             {"1970-01", 0, 31 * day},
                                             {"1970-01-01", 0, day},
                                             {"2000-02", 949'363'200'000, 951'868'800'000},
                                             {"2026", 1'767'225'600'000, 1'798'761'600'000},
                                             {"1970-01-01T00:00Z", 0, 60'000},
                                             {"1970-01-01T01:00:00+01:00", 0, 1000},
                                             {"now", now_instant, now_instant + 1},
                                             {"now-7d", now_instant - 7 * day, now_instant - 7 * day + 1},
                                             {"today", now_instant / day * day, now_instant / day * day + day}};
    const std::size_t choice = choices_.among(named.size() + 10);
    if (choice < named.size()) return named[choice];
    const std::int64_t time = choose_time(choices_);
    return {iso_text(time), time, time + 1};
  }

  Test instant(const ModelField& field, ModelQuery& query) {
    const Interval a = interval();
    const Interval b = interval();
    const std::size_t form = choices_.among(8);
    static constexpr std::array<std::string_view, 5> signs{"", ">", ">=", "<", "<="};
    if (form < signs.size()) {
      query.text.append(signs[form]).append(a.text);
    } else if (form == 5) {
      query.text += a.text + ".." + b.text;
    } else {
      query.text += form == 6 ? a.text + ".." : ".." + a.text;
    }
    const bool is_created = field.name == "created";
    return [=](const ModelJob& job) {
      if (!job.holds(is_created ? Member::CreationTimestamp : Member::CompletionTimestamp)) return false;
      const std::int64_t time = is_created ? job.created : job.completed;
      switch (form) {
        case 0: return a.begin <= time && time < a.end;
        case 1: return time >= a.end;
        case 2: return time >= a.begin;
        case 3: return time < a.begin;
        case 4: return time < a.end;
        case 5: return a.begin <= time && time < b.end;
        case 6: return a.begin <= time;
        default: return time < a.end;
      }
    };
  }

  Choices& choices_;
};

}  // namespace rekognition_jobs::fuzz
