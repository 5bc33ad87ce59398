// Fills a record from the events of a JSON text, member by member of its schema, and notes values of a wrong type.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../base/string_arena.h"
#include "../base/timestamp.h"
#include "sax.h"
#include "schema.h"

namespace rekognition_jobs {

/// What is called from many places stays a call, since inlining it makes the WebAssembly larger.
///
/// Unknown members are passed over, null ones dropped, and of members that occur twice the last one counts. A kind of
/// record that reads more than its schema has derives from this. `Builder` is LearningReader's, and has erase(), which
/// takes out of the record what lies in a member, and the `noun` of messages.
template <class Builder>
class SchemaHandler : public JsonHandler {
 protected:
  using Member = typename Builder::Member;

  static constexpr bool has_lists = has_type<Member>(MemberType::list);

 public:
  /// The record's texts are put into `texts`.
  SchemaHandler(typename Builder::Record& record, StringArena& texts) : record_(record), texts_(texts) {
    Builder::clear(record);
  }

  bool on_null() override {
    if (target_) erase(*target_);
    return value_ends();
  }
  bool on_boolean() override { return mistype(); }

  bool on_number(double value) override {
    if (!target_) return mistype();
    switch (shape_of(*target_).type) {
      case MemberType::number:
        Builder::set_number(record_, *target_, value);
        members_.insert(*target_);
        return value_ends();
      case MemberType::timestamp: return timestamp(from_epoch_seconds(value));
      default: return mistype();
    }
  }

  [[gnu::noinline]] bool on_string(const std::string& value) override {
    if (!target_) return is_in_list() ? mistype() : value_ends();
    switch (shape_of(*target_).type) {
      case MemberType::text:
        Builder::set_text(record_, *target_, texts_.add(value));
        members_.insert(*target_);
        return value_ends();
      case MemberType::timestamp: return timestamp(parse_timestamp(value));
      default: return mistype();
    }
  }

  [[gnu::noinline]] bool on_object() override {
    if (levels_.empty()) return enter(Within::object, Member{});
    if (is_in_list()) {
      const Member list = levels_.back().member;
      Builder::begin_item(record_, list);
      members_.erase_within(list);
      return enter(Within::item, list);
    }
    return open(MemberType::object, Within::object);
  }

  bool on_object_end() override {
    const Level level = levels_.back();
    levels_.pop_back();
    if (has_lists && level.within == Within::item) check_item(level.member);
    return value_ends();
  }

  [[gnu::noinline]] bool on_array() override {
    if (levels_.empty() || is_in_list()) mistype();
    return open(MemberType::list, Within::list);
  }

  bool on_array_end() override {
    levels_.pop_back();
    return value_ends();
  }

  bool on_name(const std::string& name) override {
    const Level& level = levels_.back();
    const bool has_members = level.within == Within::object || level.within == Within::item;
    target_ = has_members ? find_member(level.member, name) : std::nullopt;
    if (has_members && !target_ && takes_spellings()) {
      target_ = find_spelled_member(level.member, name);
      if (target_) ++spelled_otherwise_;
    }
    return true;
  }

 protected:
  /// What a level of nesting is of: the schema, or something else, which the derived may tell by `other`.
  enum class Within : std::uint8_t { object, list, item, other };
  struct Level {
    Within within;
    Member member;  ///< whose members may be in it
    std::uint8_t other = 0;
  };

  [[nodiscard]] bool is_in_list() const {
    return has_lists && !levels_.empty() && levels_.back().within == Within::list;
  }

  [[gnu::noinline]] bool enter(Within within, Member member, std::uint8_t other = 0) {
    levels_.push_back({within, member, other});
    if (levels_.size() == 1 && within == Within::object) members_.insert(member);
    return value_ends();
  }

  /// Notes a value of the wrong type, the first one only, and goes on: the rest must still be valid JSON.
  [[gnu::noinline]] virtual bool mistype() {
    if (mistyped_.empty()) {
      if (levels_.empty()) {
        mistyped_ = std::string("a ").append(Builder::noun).append(" must be an object");
      } else if (is_in_list()) {
        mistyped_ = path_of(levels_.back().member).append(" must be ").append(type_name(MemberType::list));
      } else if (target_) {
        mistyped_ = path_of(*target_).append(" must be ").append(type_name(shape_of(*target_).type));
      }
    }
    return value_ends();
  }

  virtual bool timestamp(std::optional<Timestamp> value) {
    if (!value) return mistype();
    if constexpr (has_type<Member>(MemberType::timestamp)) Builder::set_timestamp(record_, *target_, *value);
    members_.insert(*target_);
    return value_ends();
  }

  /// Whether names of members may have any spelling.
  [[nodiscard]] virtual bool takes_spellings() const { return false; }

  virtual bool value_ends() {
    target_.reset();
    return true;
  }

  typename Builder::Record& record_;
  StringArena& texts_;
  MemberSetOf<Member> members_;  ///< that the record has so far; of a list's objects, those of the last one
  std::vector<Level> levels_;
  std::optional<Member> target_;  ///< whose value comes next
  std::string mistyped_;
  std::size_t spelled_otherwise_ = 0;  ///< members so far whose names are

 private:
  [[gnu::noinline]] bool open(MemberType type, Within within) {
    if (!target_) return enter(Within::other, Member{});
    const Member member = *target_;
    if (shape_of(member).type != type) {
      mistype();
      return enter(Within::other, Member{});
    }
    erase(member);
    members_.insert(member);
    return enter(within, member);
  }

  void erase(Member member) {
    members_.erase(member);
    Builder::erase(record_, member);
  }

  void check_item(Member list) {
    for (const auto& shape : SchemaOf<Member>::shapes) {
      const bool is_required = shape.parent == list && Builder::required_in_items.contains(shape.member);
      if (!is_required || members_.contains(shape.member) || !mistyped_.empty()) continue;
      mistyped_ = path_of(shape.member).append(" is missing");
    }
  }
};

}  // namespace rekognition_jobs
