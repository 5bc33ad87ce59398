// The names of the module of other forms in JavaScript (wasm/glue/rekognition_formats.d.ts).
#include <emscripten/bind.h>

#include "formats.h"

using namespace emscripten;

namespace rekognition_jobs::wasm {

EMSCRIPTEN_BINDINGS(rekognition_formats) {
  class_<FormatReading>("FormatReading")
      .constructor<double, double, std::string, bool>()
      .function("reserve", &FormatReading::reserve)
      .function("commit", &FormatReading::commit)
      .function("finish", &FormatReading::finish)
      .function("jobs", &FormatReading::jobs)
      .function("rejectedCount", &FormatReading::rejected_count)
      .function("found", &FormatReading::found);
}

}  // namespace rekognition_jobs::wasm
