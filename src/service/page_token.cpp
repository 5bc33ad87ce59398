// Unwraps the CLI's tokens, and remembers long ones.
#include "page_token.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "../base/byte_codec.h"
#include "../base/checksum.h"
#include "../json/sax.h"

namespace rekognition_jobs {
namespace {

/// The CLI's form of a token may be so much longer.
constexpr std::size_t longest_cli_token = 2 * longest_service_token;

/// The bytes that a text of the standard alphabet stands for, with or without its padding (RFC 4648).
std::optional<std::string> decode_base64(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) text.remove_suffix(1);
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> static_cast<std::uint32_t>(count) & 0xFFU);
  }
  return bytes;
}

/// Reads the JSON in a token of the CLI; stops at what none has.
class CliToken : public JsonHandler {
 public:
  [[nodiscard]] bool read(std::string_view json) {
    return read_json({.text = json}, *this).end == JsonReading::End::complete && has_token_;
  }

  std::optional<std::string> next_token;  ///< nothing when it is null: the first page

 private:
  bool on_null() override { return is_token(); }
  bool on_boolean() override { return false; }
  bool on_number(double /*value*/) override { return name_ == "boto_truncate_amount"; }
  bool on_string(const std::string& text) override {
    if (!text.empty()) next_token = text;
    return is_token();
  }
  bool on_object() override { return !std::exchange(is_in_object_, true); }
  bool on_name(const std::string& name) override {
    name_ = name;
    return true;
  }
  bool on_object_end() override { return true; }
  bool on_array() override { return false; }
  bool on_array_end() override { return false; }

  bool is_token() {
    if (name_ != "NextToken") return false;
    return !std::exchange(has_token_, true);
  }

  std::string name_;
  bool is_in_object_ = false;
  bool has_token_ = false;
};

}  // namespace

std::string token_key(std::string_view token) {
  constexpr std::size_t longest_whole = 1'024;
  if (token.size() <= longest_whole) return std::string(token);
  std::string key;
  append_value(key, std::uint64_t{token.size()});
  append_value(key, checksum(0, token));
  return key;
}

void GivenTokens::add(std::string_view token) {
  if (is_long_token(token)) long_ones_.insert(token_key(token));
}

bool GivenTokens::has(std::string_view token) const { return long_ones_.count(token_key(token)) != 0; }

ListInput list_input(std::optional<std::string> token, std::optional<double> max_results, const GivenTokens& given) {
  ListInput input{.next_token = std::move(token), .max_results = max_results};
  if (!input.next_token) return input;
  const std::string& text = *input.next_token;
  input.is_token_given = given.has(text) && text.size() <= longest_service_token;
  // The base64 of `{"`, and of a brace before a space.
  const bool may_be_cli = text.size() <= longest_cli_token && text.substr(0, 2) == "ey";
  const auto json = may_be_cli ? decode_base64(text) : std::nullopt;
  CliToken cli;
  if (!json || !cli.read(*json)) return input;
  input.next_token = std::move(cli.next_token);
  input.is_token_given = input.next_token && input.next_token->size() <= longest_service_token;
  return input;
}

}  // namespace rekognition_jobs
