// nlohmann/json in a namespace of its own: it is compiled here without exceptions, and a program that uses this library
// may have it compiled otherwise. Both are inline functions, of which the linker keeps one by name.
#pragma once

#define NLOHMANN_JSON_NAMESPACE nlohmann::rekognition_jobs_json
#define NLOHMANN_JSON_NAMESPACE_BEGIN \
  namespace nlohmann {                \
  inline namespace rekognition_jobs_json {
#define NLOHMANN_JSON_NAMESPACE_END \
  }                                 \
  }

#include <nlohmann/json.hpp>
