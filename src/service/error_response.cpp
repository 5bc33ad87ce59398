// Finds the names and messages of the service's errors.
#include "error_response.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "../json/sax.h"
#include "error_classification.h"

namespace rekognition_jobs {
namespace {

constexpr std::size_t shown_characters = 200;

/// `namespace#Name:http://…` without what is around the name.
std::string_view bare_name(std::string_view type) {
  type = type.substr(0, type.find(':'));
  const std::size_t hash = type.find('#');
  if (hash != std::string_view::npos) type.remove_prefix(hash + 1);
  const std::size_t begin = type.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return type.substr(begin, type.find_last_not_of(' ') - begin + 1);
}

/// The first 200 characters, which begin at any byte that does not continue one.
std::string_view start_of(std::string_view body) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const bool starts_character = (static_cast<unsigned char>(body[i]) & 0xC0) != 0x80;
    if (starts_character && ++characters > shown_characters) return body.substr(0, i);
  }
  return body;
}

/// Collects the text members of an object, those within others left out.
class TextMembers : public JsonHandler {
 public:
  explicit TextMembers(std::string_view document) {
    is_whole_ = read_json({.text = document}, *this).end == JsonReading::End::complete;
  }

  [[nodiscard]] bool is_object() const { return is_whole_ && is_object_; }

  [[nodiscard]] std::string operator[](std::string_view name) const {
    const auto found =
        std::find_if(members_.rbegin(), members_.rend(), [&](const auto& member) { return member.first == name; });
    return is_object() && found != members_.rend() ? found->second : std::string();
  }

 private:
  bool on_null() override { return value({}); }
  bool on_boolean() override { return value({}); }
  bool on_number(double /*value*/) override { return value({}); }
  bool on_string(const std::string& text) override { return value(text); }
  bool on_object() override {
    is_object_ = is_object_ || depth_ == 0;
    return enter();
  }
  bool on_name(const std::string& name) override {
    if (depth_ == 1) name_ = name;
    return true;
  }
  bool on_object_end() override { return leave(); }
  bool on_array() override { return enter(); }
  bool on_array_end() override { return leave(); }

  bool value(const std::string& text) {
    if (depth_ == 1) members_.emplace_back(name_, text);
    return true;
  }
  bool enter() {
    value({});
    ++depth_;
    return true;
  }
  bool leave() {
    --depth_;
    return true;
  }

  std::size_t depth_ = 0;
  bool is_object_ = false;
  bool is_whole_ = false;
  std::string name_;
  std::vector<std::pair<std::string, std::string>> members_;
};

}  // namespace

ServiceError read_error(const HttpResponse& response) {
  const TextMembers document(response.json());
  ServiceError error{.http_status = response.status, .request_id = response.request_id};
  for (const std::string& type : {response.error_type, document["__type"], document["code"], document["Code"]}) {
    error.name = bare_name(type);
    if (!error.name.empty()) break;
  }
  if (error.name.empty()) error.name = error_name::unknown;
  error.message = document["message"];
  if (error.message.empty()) error.message = document["Message"];
  if (error.message.empty()) {
    error.message = "HTTP " + std::to_string(response.status);
    if (!response.body.empty() && !document.is_object()) error.message.append(": ").append(start_of(response.body));
  }
  error.retryable = retryable_of(error.name, response.status);
  return error;
}

ServiceError invalid_response(const HttpResponse& response, std::string_view why) {
  std::string message(why);
  message.append(response.body.empty() ? "; the body is empty" : ": ").append(start_of(response.body));
  return {.name = std::string(error_name::invalid_response),
          .message = std::move(message),
          .retryable = Retryable::transient,
          .http_status = response.status,
          .request_id = response.request_id};
}

}  // namespace rekognition_jobs
