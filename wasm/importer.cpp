// Takes chunks; reports counts, notices and rejections.
#include "importer.h"

#include <algorithm>

#include "jobs/listing_form.h"
#include "notices_json.h"

namespace rekognition_jobs::wasm {

using emscripten::val;

val Importer::reserve(std::size_t size) {
  if (!sink_.expects(reader().bytes_kept() + size)) return val::undefined();
  room_ = reader().prepare(size);
  return view_of({room_.data(), room_.size()});
}

bool Importer::commit(std::size_t size) {
  constexpr std::size_t head_size = 64;
  if (head_.size() < head_size) head_.append(room_.data(), std::min(size, head_size - head_.size()));
  reader().commit(size);
  return !sink_.is_full();
}

bool Importer::finish() {
  if (!sink_.expects(reader().bytes_kept())) return false;
  if (!lines_ || lines_->bytes_read() > 0) reader().finish();
  return !sink_.is_full();
}

val Importer::place() {
  json_ = "{";
  append_place(json_, {plain_->left_over_offset(), plain_->left_over_line()});
  append_member(json_, "context", plain_->context());
  append_member(json_, "followsRecords", std::uint64_t{plain_->has_found_records()});
  close_json(json_, '}');
  return view_of(json_);
}

val Importer::found() {
  json_ = "{";
  append_member(json_, "format", listing_form(head_, plain_->responses() > 0, plain_->documents()));
  if (plain_->next_token()) append_member(json_, "NextToken", *plain_->next_token());
  append_member(json_, "rejectedCount", sink_.rejected_count);
  json_.append("\"rejected\":[");
  for (const StoreSink::Rejected& rejected : sink_.rejected) {
    json_ += '{';
    append_place(json_, {.offset = rejected.offset});
    append_member(json_, "message", rejected.message);
    close_json(json_, '}');
    json_ += ',';
  }
  close_json(json_, ']');
  json_.append(",\"notices\":");
  Notices notices = sink_.notices();
  const RecordVariants& variants = plain_->variants();
  if (variants.names > 0) notices.add(NoticeCode::converted, spelling_message, variants.names);
  if (variants.milliseconds > 0) notices.add(NoticeCode::converted, milliseconds_message, variants.milliseconds);
  append_notices(json_, notices);
  json_ += '}';
  return view_of(json_);
}

}  // namespace rekognition_jobs::wasm
