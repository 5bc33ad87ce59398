// Binds the reader of other forms to its names in JavaScript (wasm/glue/rekognition_formats.d.ts).
#include <emscripten/bind.h>

#include "formats.h"

using namespace emscripten;

namespace rekognition_jobs::wasm {

EMSCRIPTEN_BINDINGS(rekognition_formats) {
  class_<FormatReading>("FormatReading")
      .constructor<bool, double, double, std::string, bool>()
      .function("reserve", &FormatReading::reserve)
      .function("commit", &FormatReading::commit)
      .function("finish", &FormatReading::finish)
      .function("lines", &FormatReading::lines)
      .function("rejectedCount", &FormatReading::rejected_count)
      .function("found", &FormatReading::found);

  function("sourceKind", &source_kind);
}

}  // namespace rekognition_jobs::wasm
