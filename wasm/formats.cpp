// Takes bytes, returns lines of JSON.
#include "formats.h"

#include <string_view>

#include "base/can_allocate.h"
#include "bytes.h"
#include "formats/source_kind.h"
#include "notices_json.h"

namespace rekognition_jobs::wasm {

using emscripten::val;

bool FormatReading::has_room(std::size_t size) const {
  return can_allocate((std::uint64_t{1} << 20) + reader_.bytes_to_read(size));
}

val FormatReading::reserve(std::size_t size) {
  if (!has_room(size)) return val::undefined();
  chunk_.resize(size);
  return view_of(chunk_);
}

bool FormatReading::commit(std::size_t size) {
  reader_.read(std::string_view(chunk_).substr(0, size));
  return true;
}

bool FormatReading::finish() {
  if (!has_room(0)) return false;
  reader_.finish();
  return true;
}

val FormatReading::lines() {
  lines_ = reader_.take_lines();
  return view_of(lines_);
}

val FormatReading::found() {
  found_ = "{";
  append_member(found_, "format", reader_.format());
  if (reader_.next_token()) append_member(found_, "NextToken", *reader_.next_token());
  append_member(found_, "rejectedCount", reader_.rejections().count());
  found_.append("\"rejected\":[");
  for (const auto& rejection : reader_.rejections().kept()) {
    found_ += '{';
    append_place(found_, rejection.place);
    append_member(found_, "message", rejection.message);
    close_json(found_, '}');
    found_ += ',';
  }
  close_json(found_, ']');
  found_.append(",\"notices\":");
  append_notices(found_, reader_.notices());
  found_ += '}';
  return view_of(found_);
}

std::string source_kind(const std::string& head) {
  switch (formats::source_kind(head)) {
    case formats::SourceKind::results: return "results";
    case formats::SourceKind::summary: return "summary";
    case formats::SourceKind::listing: break;
  }
  return "listing";
}

}  // namespace rekognition_jobs::wasm
