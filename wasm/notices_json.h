// Writes what an import found besides jobs as JSON for JavaScript.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/notice.h"
#include "json/json_writer.h"

namespace rekognition_jobs::wasm {

/// Appends `"name":value` and a comma.
inline void append_member(std::string& out, std::string_view name, std::uint64_t value) {
  out.append("\"").append(name).append("\":").append(std::to_string(value)).append(",");
}
inline void append_member(std::string& out, std::string_view name, std::string_view value) {
  out.append("\"").append(name).append("\":");
  append_json_string(out, value);
  out += ',';
}

inline void close_json(std::string& out, char end) {
  if (out.back() == ',') out.pop_back();
  out += end;
}

inline void append_place(std::string& out, const SourcePlace& place) {
  append_member(out, "offset", place.offset);
  append_member(out, "line", place.line);
}

/// Appends an array of { code, count, message, offset?, line?, sample? }.
inline void append_notices(std::string& out, const Notices& notices) {
  out += '[';
  for (const Notice& notice : notices.all()) {
    out += '{';
    append_member(out, "code", code_name(notice.code));
    append_member(out, "count", notice.count);
    append_member(out, "message", notice.message);
    if (notice.place) append_place(out, *notice.place);
    if (!notice.sample.empty()) append_member(out, "sample", notice.sample);
    close_json(out, '}');
    out += ',';
  }
  close_json(out, ']');
}

}  // namespace rekognition_jobs::wasm
