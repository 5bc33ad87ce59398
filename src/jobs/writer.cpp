// Writes jobs as JSON and as CSV.
#include "writer.h"

#include <array>
#include <string_view>

#include "../json/json_writer.h"

namespace rekognition_jobs {
namespace {

struct CsvColumn {
  std::string_view name;
  Member member;
};

constexpr std::string_view duration_column = "DurationSeconds";

/// The columns by their members; the duration, which is none, stands behind the timestamps it comes from.
constexpr std::array<CsvColumn, 20> csv_columns{{
    {"JobId", Member::JobId},
    {"JobName", Member::JobName},
    {"Status", Member::Status},
    {"FailureCode", Member::FailureCode},
    {"FailureMessage", Member::FailureMessage},
    {"CreationTimestamp", Member::CreationTimestamp},
    {"CompletionTimestamp", Member::CompletionTimestamp},
    {"MinConfidence", Member::MinConfidence},
    {"ProjectVersion", Member::ProjectVersion},
    {"Model", Member::Moderation},
    {"InputBucket", Member::InputBucket},
    {"InputKey", Member::InputName},
    {"InputVersion", Member::InputVersion},
    {"OutputBucket", Member::OutputBucket},
    {"OutputPrefix", Member::OutputPrefix},
    {"KmsKeyId", Member::KmsKeyId},
    {"ResultsBucket", Member::ResultsBucket},
    {"ResultsKey", Member::ResultsName},
    {"SummaryBucket", Member::SummaryBucket},
    {"SummaryKey", Member::SummaryName},
}};

constexpr Member duration_follows = Member::CompletionTimestamp;

void append_cell(std::string& out, const MediaAnalysisJob& job, Member member, FormulaGuard guard) {
  if (!job.has(member)) return;
  switch (shape_of(member).type) {
    case MemberType::list:
    case MemberType::object: break;
    case MemberType::text: append_csv_cell(out, job.texts[index_of(member)], guard); break;
    case MemberType::timestamp: {
      std::string text;
      append_iso8601(text, *job.timestamp(member));
      append_csv_cell(out, text);
      break;
    }
    case MemberType::number: append_json_number(out, job.min_confidence); break;
  }
}

void append_value(std::string& out, const MediaAnalysisJob& job, Member member, TimestampUnit unit) {
  switch (shape_of(member).type) {
    case MemberType::list:
    case MemberType::object: out += '{'; break;
    case MemberType::text: append_json_string(out, job.texts[index_of(member)]); break;
    case MemberType::timestamp:
      if (unit == TimestampUnit::seconds) {
        append_seconds(out, *job.timestamp(member));
      } else {
        out += std::to_string(*job.timestamp(member));
      }
      break;
    case MemberType::number: append_json_number(out, job.min_confidence); break;
  }
}

}  // namespace

void append_json(std::string& out, const MediaAnalysisJob& job, TimestampUnit unit) {
  out += '{';
  Member open = Member::Job;
  bool is_first = true;
  const auto close_down_to = [&](Member parent) {
    for (; open != parent; open = shape_of(open).parent) {
      out += '}';
      is_first = false;
    }
  };
  for (std::size_t i = index_of(Member::JobId); i < member_count; ++i) {
    const auto member = static_cast<Member>(i);
    if (!job.has(member)) continue;
    close_down_to(shape_of(member).parent);
    if (!is_first) out += ',';
    append_json_string(out, shape_of(member).name);
    out += ':';
    append_value(out, job, member, unit);
    is_first = shape_of(member).type == MemberType::object;
    if (is_first) open = member;
  }
  close_down_to(Member::Job);
  out += '}';
}

void append_csv_header(std::string& out) {
  for (const CsvColumn& column : csv_columns) {
    if (column.member != Member::JobId) out += ',';
    out += column.name;
    if (column.member == duration_follows) out.append(",").append(duration_column);
  }
  out += csv_line_end;
}

void append_csv(std::string& out, const MediaAnalysisJob& job, FormulaGuard guard) {
  for (const CsvColumn& column : csv_columns) {
    if (column.member != Member::JobId) out += ',';
    append_cell(out, job, column.member, guard);
    if (column.member != duration_follows) continue;
    out += ',';
    if (const auto duration = job.duration()) append_seconds(out, *duration);
  }
  out += csv_line_end;
}

}  // namespace rekognition_jobs
