// Converts decimal numbers to the nearest doubles, in integer arithmetic where that suffices.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace rekognition_jobs {

/// An unsigned decimal without an exponent.
struct Decimal {
  static constexpr std::size_t most_digits = 19;

  std::string_view text;     ///< as it was written
  std::uint64_t digits = 0;  ///< at most most_digits of them
  std::size_t fraction = 0;  ///< of the digits, those behind the point

  /// The nearest double, of two equally near ones the even one.
  [[nodiscard]] double value() const {
    // Integers up to 2^53 are doubles, and so are these powers of ten: one division rounds once (W. D. Clinger, "How to
    // read floating point numbers accurately").
    constexpr std::uint64_t largest_exact = std::uint64_t{1} << 53;
    const double quotient = static_cast<double>(digits) / exact_powers[fraction];
    if (digits <= largest_exact) return quotient;
    double nearest = quotient;
    return correct(nearest) ? nearest : std::strtod(std::string(text).c_str(), nullptr);
  }

 private:
  static constexpr std::array<double, 20> exact_powers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                                       1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};
  static constexpr std::array<std::uint64_t, 19> whole_powers = [] {
    std::array<std::uint64_t, 19> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
  }();

  /// Makes a double that is two steps off at most the nearest one; false where a step is not the same in both
  /// directions, or the arithmetic does not hold it. For the double m · 2^e, digits · 2^−e − m · 10^fraction is its
  /// error in parts of a step, 10^fraction of them: small enough to be known from its last 64 bits.
  [[nodiscard]] bool correct(double& number) const {
    constexpr int mantissa_bits = 52;
    constexpr std::uint64_t hidden_bit = std::uint64_t{1} << mantissa_bits;
    if (fraction == 0 || fraction >= whole_powers.size()) return false;
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    const int exponent = static_cast<int>(bits >> mantissa_bits) - 1023 - mantissa_bits;
    std::uint64_t mantissa = (bits & (hidden_bit - 1)) | hidden_bit;
    if (exponent > 0 || exponent <= -64) return false;
    const std::uint64_t step = whole_powers[fraction];
    auto error = static_cast<std::int64_t>((digits << -exponent) - mantissa * step);
    const auto half = static_cast<std::int64_t>(step / 2);
    for (; error > half || (error == half && mantissa % 2 != 0); error -= static_cast<std::int64_t>(step)) ++mantissa;
    for (; error < -half || (error == -half && mantissa % 2 != 0); error += static_cast<std::int64_t>(step)) --mantissa;
    constexpr std::uint64_t edge = 4;
    if (mantissa < hidden_bit + edge || mantissa > 2 * hidden_bit - edge) return false;
    bits = (bits & ~(hidden_bit - 1)) | (mantissa - hidden_bit);
    std::memcpy(&number, &bits, sizeof bits);
    return true;
  }
};

}  // namespace rekognition_jobs
