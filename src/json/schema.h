// The members of a kind of record: one table for its readers and writers.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "../base/spelling.h"

namespace rekognition_jobs {

enum class MemberType : std::uint8_t { object, list, text, number, timestamp };  ///< a list is one of objects

/// What a value of the type is called in a message.
[[nodiscard]] constexpr std::string_view type_name(MemberType type) {
  switch (type) {
    case MemberType::object: return "an object";
    case MemberType::list: return "an array of objects";
    case MemberType::text: return "a string";
    case MemberType::number: return "a number";
    case MemberType::timestamp: return "an ISO 8601 timestamp or epoch seconds";
  }
  return "";
}

/// A line of the table. What a list holds has the list as its parent; the record itself, the first line, is its own.
template <class Member>
struct MemberShape {
  Member member{};
  Member parent{};
  MemberType type{};
  std::string_view name;  ///< as the service spells it, within its parent
};

/// The table of an enumeration of members, which a kind of record specialises: `shapes` in the order of the
/// enumeration, parents before children, and how many of the first ones every record has, the `implied_count`.
template <class Member>
struct SchemaOf;

template <class Member>
concept SchemaMember = requires { SchemaOf<Member>::shapes; };

template <SchemaMember Member>
inline constexpr std::size_t member_count_of = SchemaOf<Member>::shapes.size();

template <SchemaMember Member>
[[nodiscard]] constexpr std::size_t index_of(Member member) {
  return static_cast<std::size_t>(member);
}

template <SchemaMember Member>
[[nodiscard]] constexpr const MemberShape<Member>& shape_of(Member member) {
  return SchemaOf<Member>::shapes[index_of(member)];
}

/// Whether the table has the members in their order, each after its parent, which must be an object or a list.
template <SchemaMember Member>
[[nodiscard]] constexpr bool are_members_in_order() {
  for (std::size_t i = 0; i < member_count_of<Member>; ++i) {
    const auto& shape = SchemaOf<Member>::shapes[i];
    if (index_of(shape.member) != i || index_of(shape.parent) > i) return false;
    const MemberType type = shape_of(shape.parent).type;
    if (type != MemberType::object && type != MemberType::list) return false;
  }
  return true;
}

template <SchemaMember Member>
[[nodiscard]] constexpr bool has_type(MemberType type) {
  for (const auto& shape : SchemaOf<Member>::shapes) {
    if (shape.type == type) return true;
  }
  return false;
}

/// Levels of nesting that a record can have, its own one included.
template <SchemaMember Member>
[[nodiscard]] constexpr std::size_t deepest_nesting() {
  std::array<std::size_t, member_count_of<Member>> depths{};
  for (const auto& shape : SchemaOf<Member>::shapes) {
    const std::size_t levels = shape.type == MemberType::object ? 1 : shape.type == MemberType::list ? 2 : 0;
    depths[index_of(shape.member)] = depths[index_of(shape.parent)] + levels;
  }
  return *std::max_element(depths.begin(), depths.end());
}

/// The member called `name` directly within `parent`, or within the objects of that list.
template <SchemaMember Member>
[[nodiscard]] constexpr std::optional<Member> find_member(Member parent, std::string_view name) {
  for (std::size_t i = index_of(parent) + 1; i < member_count_of<Member>; ++i) {
    const auto& shape = SchemaOf<Member>::shapes[i];
    if (shape.parent == parent && shape.name == name) return shape.member;
  }
  return std::nullopt;
}

/// The same with a name in any spelling, as `jobId` and `job_id` are.
template <SchemaMember Member>
[[nodiscard, gnu::noinline]] std::optional<Member> find_spelled_member(Member parent, std::string_view name) {
  for (std::size_t i = index_of(parent) + 1; i < member_count_of<Member>; ++i) {
    const auto& shape = SchemaOf<Member>::shapes[i];
    if (shape.parent == parent && is_spelling_of(name, shape.name)) return shape.member;
  }
  return std::nullopt;
}

/// `Input.S3Object.Bucket`.
template <SchemaMember Member>
[[nodiscard]] std::string path_of(Member member) {
  const auto& shape = shape_of(member);
  if (shape.parent == Member{}) return std::string(shape.name);
  return path_of(shape.parent).append(".").append(shape.name);
}

/// A set of members: which of them a record has.
template <SchemaMember Member>
class MemberSetOf {
  static constexpr std::size_t member_count = member_count_of<Member>;
  static constexpr std::size_t implied_count = SchemaOf<Member>::implied_count;

 public:
  constexpr MemberSetOf() = default;

  [[nodiscard]] constexpr bool contains(Member member) const { return ((bits_ >> index_of(member)) & 1U) != 0; }
  constexpr void insert(Member member) { bits_ |= std::uint64_t{1} << index_of(member); }

  /// Takes `member` out, and all that lies within it.
  constexpr void erase(Member member) {
    bits_ &= ~(std::uint64_t{1} << index_of(member));
    erase_within(member);
  }
  constexpr void erase_within(Member member) { bits_ &= ~bits_within[index_of(member)]; }

  /// Calls `function(member)` for each member of the set, in their order.
  template <class Function>
  constexpr void for_each(const Function& function) const {
    for (std::uint64_t rest = bits_; rest != 0; rest &= rest - 1) {
      function(static_cast<Member>(std::countr_zero(rest)));
    }
  }

  /// Whether the two have a member in common.
  [[nodiscard]] constexpr bool intersects(MemberSetOf other) const { return (bits_ & other.bits_) != 0; }
  [[nodiscard]] constexpr MemberSetOf operator&(MemberSetOf other) const {
    other.bits_ &= bits_;
    return other;
  }
  constexpr MemberSetOf& operator|=(MemberSetOf other) {
    bits_ |= other.bits_;
    return *this;
  }

  /// Whether it is one that a record can have: of members that there are, with the parents of each.
  [[nodiscard]] constexpr bool is_whole() const {
    if (member_count < 64 && bits_ >> (member_count % 64) != 0) return false;
    for (std::size_t i = 0; i < member_count; ++i) {
      if (contains(static_cast<Member>(i)) && !contains(SchemaOf<Member>::shapes[i].parent)) return false;
    }
    return true;
  }

  /// What a set of a stored record takes: 32 bits while all members but the implied ones fit into them.
  using Packed = std::conditional_t<(member_count - implied_count <= 32), std::uint32_t, std::uint64_t>;

  /// The bits of implied members are left out.
  [[nodiscard]] constexpr Packed pack() const { return static_cast<Packed>(bits_ >> implied_count); }
  [[nodiscard]] static constexpr MemberSetOf unpack(Packed packed) {
    MemberSetOf set;
    set.bits_ = (std::uint64_t{packed} << implied_count) | ((std::uint64_t{1} << implied_count) - 1);
    return set;
  }

  constexpr bool operator==(const MemberSetOf&) const = default;

 private:
  static_assert(member_count <= 64);

  /// Of each member, those that lie within it.
  static constexpr auto bits_within = [] {
    std::array<std::uint64_t, member_count> bits{};
    for (std::size_t i = member_count - 1; i > 0; --i) {
      bits[index_of(SchemaOf<Member>::shapes[i].parent)] |= std::uint64_t{1} << i | bits[i];
    }
    return bits;
  }();

  std::uint64_t bits_ = 0;
};

}  // namespace rekognition_jobs
