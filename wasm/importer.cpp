// Chunks in, counts and rejections out.
#include "importer.h"

#include <span>

#include "bytes.h"

namespace rekognition_jobs::wasm {

using emscripten::val;

val Importer::reserve(std::size_t size) {
  if (!sink_.expects(reader_.bytes_kept() + size)) return val::undefined();
  const std::span<char> room = reader_.prepare(size);
  return view_of({room.data(), room.size()});
}

bool Importer::commit(std::size_t size) {
  reader_.commit(size);
  return !sink_.is_full();
}

bool Importer::finish() {
  if (!sink_.expects(reader_.bytes_kept())) return false;
  reader_.finish();
  return !sink_.is_full();
}

val Importer::rejected() const {
  val list = val::array();
  for (const StoreSink::Rejected& rejected : sink_.rejected) {
    val item = val::object();
    item.set("offset", static_cast<double>(rejected.offset));
    item.set("message", rejected.message);
    list.set(list["length"], item);
  }
  return list;
}

}  // namespace rekognition_jobs::wasm
