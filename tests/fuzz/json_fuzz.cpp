// Any text as JSON: the parser reads what nlohmann/json reads, refuses what that refuses, and places its errors.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "model_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string difference = rekognition_jobs::model::json_difference({reinterpret_cast<const char*>(data), size});
  if (difference.empty()) return 0;
  std::fprintf(stderr, "%s\n", difference.c_str());
  std::abort();
}
