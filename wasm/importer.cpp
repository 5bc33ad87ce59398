// Chunks in, counts and rejections out.
#include "importer.h"

#include <span>

#include "bytes.h"

namespace rekognition_jobs::wasm {

using emscripten::val;

val Importer::reserve(std::size_t size) {
  const std::span<char> room = reader_.prepare(size);
  return view_of({room.data(), room.size()});
}

val Importer::rejected() const {
  val list = val::array();
  for (const StoreSink::Rejected& rejected : sink_.rejected) {
    val item = val::object();
    item.set("offset", static_cast<double>(rejected.offset));
    item.set("message", rejected.message);
    list.call<void>("push", item);
  }
  return list;
}

}  // namespace rekognition_jobs::wasm
