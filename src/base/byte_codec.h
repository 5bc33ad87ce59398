// Writes numbers and texts as little-endian bytes, and reads them with bounds checks.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "checked_size.h"

namespace rekognition_jobs {

static_assert(std::endian::native == std::endian::little, "values are written as they lie in memory");

/// Appends the bytes of `count` values.
template <class T>
void append_values(std::string& out, const T* values, std::size_t count) {
  static_assert(std::is_trivially_copyable_v<T>);
  out.append(reinterpret_cast<const char*>(values), checked_product(count, sizeof(T)));
}

template <class T>
void append_value(std::string& out, const T& value) {
  append_values(out, &value, 1);
}

/// Appends a text behind its size.
inline void append_sized_text(std::string& out, std::string_view text) {
  append_value(out, std::uint64_t{text.size()});
  out.append(text);
}

/// Takes apart what was appended. Whatever is not there is nothing, and then so is all that follows.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] std::string_view rest() const { return rest_; }

  [[nodiscard]] std::optional<std::string_view> bytes(std::uint64_t size) {
    if (size > rest_.size()) {
      rest_ = {};
      return std::nullopt;
    }
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  template <class T>
  [[nodiscard]] std::optional<T> value() {
    static_assert(std::is_trivially_copyable_v<T>);
    const auto taken = bytes(sizeof(T));
    if (!taken) return std::nullopt;
    T value;
    std::memcpy(&value, taken->data(), sizeof value);
    return value;
  }

  [[nodiscard]] std::optional<std::string_view> sized_text() {
    const auto size = value<std::uint64_t>();
    return size ? bytes(*size) : std::nullopt;
  }

 private:
  std::string_view rest_;
};

}  // namespace rekognition_jobs
