// A third kind of record, sketched to hold the shared parts to it: the lines of a job's input manifest.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/csv.h"
#include "base/hash.h"
#include "columns/buckets.h"
#include "columns/column.h"
#include "columns/dictionary_column.h"
#include "columns/number_column.h"
#include "columns/radix_sort.h"
#include "columns/sort_index_cache.h"
#include "columns/text_column.h"
#include "columns/value_counts.h"
#include "json/chunk_reader.h"
#include "json/json_writer.h"
#include "json/learning_reader.h"
#include "json/schema_handler.h"
#include "query/field_tests.h"
#include "query/parser.h"
#include "query/view.h"

namespace rekognition_jobs::test {

enum class ManifestMember : std::uint8_t { Line, SourceRef, Split, Annotation, Weight };

}  // namespace rekognition_jobs::test

namespace rekognition_jobs {

template <>
struct SchemaOf<test::ManifestMember> {
  using M = test::ManifestMember;
  static constexpr std::size_t implied_count = 2;
  static constexpr auto shapes = std::to_array<MemberShape<M>>({
      {M::Line, M::Line, MemberType::object, ""},
      {M::SourceRef, M::Line, MemberType::text, "source-ref"},
      {M::Split, M::Line, MemberType::text, "split"},
      {M::Annotation, M::Line, MemberType::object, "annotation"},
      {M::Weight, M::Annotation, MemberType::number, "weight"},
  });
};

}  // namespace rekognition_jobs

namespace rekognition_jobs::test {

static_assert(are_members_in_order<ManifestMember>());
using ManifestMembers = MemberSetOf<ManifestMember>;

struct ManifestLine {
  ManifestMembers members;
  std::string_view source_ref;
  std::string_view split;
  double weight = 0;
};

struct ManifestBuilder {
  using Member = ManifestMember;
  using Record = ManifestLine;

  static constexpr std::string_view noun = "line";
  static constexpr bool crosses_lines = false;
  static constexpr ManifestMembers required_in_items{};

  static void clear(ManifestLine& line) { line = {}; }
  static void begin_item(ManifestLine& /*line*/, Member /*list*/) {}
  static void erase(ManifestLine& /*line*/, Member /*member*/) {}
  static void set_text(ManifestLine& line, Member member, std::string_view text) {
    (member == Member::SourceRef ? line.source_ref : line.split) = text;
  }
  static void set_number(ManifestLine& line, Member /*member*/, double number) { line.weight = number; }
  static bool finish(ManifestLine& line, ManifestMembers members) {
    line.members = members;
    return !line.source_ref.empty();
  }
};

class ManifestStore {
 public:
  void put(const ManifestLine& line) {
    const auto row = static_cast<Row>(row_count());
    members_.push(line.members.pack());
    source_refs_.set(row, line.source_ref);
    if (line.members.contains(ManifestMember::Split)) splits_.set(row, line.split, hash_);
    if (line.members.contains(ManifestMember::Weight)) weights_.set(row, line.weight, hash_);
  }

  [[nodiscard]] std::size_t row_count() const { return members_.size(); }
  [[nodiscard]] std::uint64_t bytes_of_a_record() const { return 1U << 14; }

  [[nodiscard]] ManifestLine line(Row row) const {
    return {ManifestMembers::unpack(members_[row]), source_refs_[row], splits_[row], weights_[row]};
  }

  [[nodiscard]] bool has(Row row, ManifestMember member) const {
    return ManifestMembers::unpack(members_[row]).contains(member);
  }
  [[nodiscard]] Bitmap rows_having(ManifestMember member, const Bitmap& among) const {
    return rows_where(members_, among,
                      [member](auto packed) { return ManifestMembers::unpack(packed).contains(member); });
  }

  [[nodiscard]] const TextColumn& source_refs() const { return source_refs_; }
  [[nodiscard]] const DictionaryColumn& splits() const { return splits_; }
  [[nodiscard]] const NumberColumn& weights() const { return weights_; }

 private:
  TextHash hash_{7};
  Column<ManifestMembers::Packed> members_;
  TextColumn source_refs_;
  DictionaryColumn splits_;
  NumberColumn weights_;
};

/// In the order of the words of manifest_schema, and in that of their members from SourceRef on.
enum class ManifestField : std::uint8_t { image, split, weight };

inline constexpr std::array<FieldDescriptor, 3> manifest_fields{
    {{"image", FieldType::text, {}}, {"split", FieldType::value, {}}, {"weight", FieldType::number, {}}}};
inline constexpr std::array<std::string_view, 2> manifest_flags{"split", "weight"};
inline constexpr std::array flag_members{ManifestMember::Split, ManifestMember::Weight};
inline constexpr QuerySchema manifest_schema{manifest_fields, manifest_flags};

inline std::optional<ManifestField> find_manifest_field(std::string_view name) {
  const FieldDescriptor* const field = manifest_schema.find(name);
  return field == nullptr ? std::nullopt : std::optional(static_cast<ManifestField>(manifest_schema.index_of(*field)));
}

struct ManifestKind {
  using Store = ManifestStore;
  using SortField = std::optional<ManifestField>;
  using Scratch = ManifestLine;

  static SortIndex default_order(const ManifestStore& store) { return SortIndex(store.row_count()); }
  static bool has_value(const ManifestStore& store, Row row, SortField field) {
    if (field == ManifestField::image) return true;
    return store.has(row, field == ManifestField::split ? ManifestMember::Split : ManifestMember::Weight);
  }
  static Bitmap sort(const ManifestStore& store, std::span<Row> rows, SortField field) {
    if (field == ManifestField::image) return sort_by_column(rows, store.source_refs());
    if (field == ManifestField::split) return sort_by_column(rows, store.splits());
    return sort_by(rows, [&](Row row, std::size_t) { return KeyChunk{sortable_bits(store.weights()[row])}; });
  }
  static std::uint64_t bytes_to_order(const ManifestStore& store, SortField /*field*/) {
    return bytes_to_sort(store.row_count());
  }

  static ManifestLine read(const ManifestStore& store, Row row, ManifestLine& /*scratch*/) { return store.line(row); }

  static constexpr std::string_view json_start = "[";
  static constexpr std::string_view json_end = "]";
  static void append_csv_header(std::string& out) { out.append("Image,Split,Weight").append(csv_line_end); }
  static void append_csv(std::string& out, const ManifestLine& line, FormulaGuard guard) {
    append_csv_cell(out, line.source_ref, guard);
    out += ',';
    append_csv_cell(out, line.split, guard);
    out += ',';
    if (line.members.contains(ManifestMember::Weight)) append_json_number(out, line.weight);
    out += csv_line_end;
  }
  static void append_json(std::string& out, const ManifestLine& line, ExportFormat /*format*/) {
    out += "{\"source-ref\":";
    append_json_string(out, line.source_ref);
    if (line.members.contains(ManifestMember::Split)) {
      out += ",\"split\":";
      append_json_string(out, line.split);
    }
    if (line.members.contains(ManifestMember::Weight)) {
      out += ",\"annotation\":{\"weight\":";
      append_json_number(out, line.weight);
      out += '}';
    }
    out += '}';
  }
};

/// Reads lines into a store: plain ones by the scan, others by the full parser.
class ManifestReader final : public ChunkReader {
 public:
  explicit ManifestReader(ManifestStore& store, bool scans_plain_lines = true)
      : store_(store), scans_plain_lines_(scans_plain_lines) {}

  void finish() { read_last(); }

  [[nodiscard]] const std::vector<std::string>& rejected() const { return rejected_; }

 private:
  void read_on() override {
    for (std::size_t end = 0; !rest().empty(); consume(std::min(end + 1, rest().size()))) {
      end = rest().find('\n');
      if (end == std::string_view::npos && !is_last()) return;
      end = std::min(end, rest().size());
      if (end > 0) read_line(rest().substr(0, end));
    }
  }

  void read_line(std::string_view text) {
    ManifestLine line;
    if (scans_plain_lines_ && plain_.read(text, line) == text.size()) return store_.put(line);
    struct Handler final : SchemaHandler<ManifestBuilder> {
      using SchemaHandler::SchemaHandler;
      std::string& mistyped() { return mistyped_; }
      bool is_whole() { return ManifestBuilder::finish(record_, members_); }
    };
    StringArena texts;
    Handler handler(line, texts);
    const JsonReading reading = read_json({.text = text}, handler);
    if (reading.end != JsonReading::End::complete) {
      rejected_.push_back(reading.message);
    } else if (!handler.mistyped().empty()) {
      rejected_.push_back(handler.mistyped());
    } else if (!handler.is_whole()) {
      rejected_.emplace_back("no source-ref");
    } else {
      store_.put(line);
    }
  }

  ManifestStore& store_;
  bool scans_plain_lines_;
  LearningReader<ManifestBuilder> plain_;
  std::vector<std::string> rejected_;
};

struct ManifestPresence {
  std::vector<ManifestMember> any_of;
  bool has = true;
};

using ManifestTest =
    std::variant<TextTestOf<ManifestField>, ValueTestOf<ManifestField>, NumberTestOf<ManifestField>, ManifestPresence>;

inline Expected<ManifestTest, QueryError> bind_manifest_term(const QueryNode& node) {
  if (node.kind == QueryNode::Kind::word)
    return ManifestTest(
        TextTestOf<ManifestField>{ManifestField::image, TextList(TextPattern::substring(node.values.front().text))});
  if (node.kind != QueryNode::Kind::field) {
    const auto read = [](const QueryValue& value) -> Expected<ManifestMember, QueryError> {
      auto index = read_flag(value, manifest_schema);
      if (auto* error = std::get_if<QueryError>(&index)) return std::move(*error);
      return flag_members[std::get<0>(index)];
    };
    return bind_any<ManifestTest>(ManifestPresence{{}, node.kind == QueryNode::Kind::has}, node, read);
  }
  const auto field = static_cast<ManifestField>(manifest_schema.index_of(*node.field));
  if (field == ManifestField::image) return ManifestTest(TextTestOf<ManifestField>{field, TextList(node.values)});
  if (field == ManifestField::split)
    return bind_any<ManifestTest>(ValueTestOf<ManifestField>{field, {}}, node, read_folded);
  return bind_any<ManifestTest>(NumberTestOf<ManifestField>{field, {}}, node, read_number);
}

/// Evaluates a test.
struct ManifestMatcher {
  Bitmap operator()(const TextTestOf<ManifestField>& test) const {
    return rows_with_texts(store.source_refs(), test.any_of, among, [](const Bitmap& rows) { return rows; });
  }
  Bitmap operator()(const ValueTestOf<ManifestField>& test) const {
    const auto rows_having = [&](const Bitmap& rows) { return store.rows_having(ManifestMember::Split, rows); };
    return rows_with_value(store.splits(), among, rows_having,
                           [&](std::string_view value) { return test.matches(value); });
  }
  Bitmap operator()(const NumberTestOf<ManifestField>& test) const {
    Bitmap found(among.size());
    store.rows_having(ManifestMember::Weight, among).for_each([&](Row row) {
      if (any_contains(test.any_of, store.weights()[row])) found.insert(row);
    });
    return found;
  }
  Bitmap operator()(const ManifestPresence& test) const {
    Bitmap found(among.size());
    for (const ManifestMember member : test.any_of) {
      Bitmap rows = store.rows_having(member, among);
      if (!test.has) {
        Bitmap others = among;
        rows = others -= rows;
      }
      found |= rows;
    }
    return found;
  }

  const ManifestStore& store;
  const Bitmap& among;
};

class ManifestView : public RecordView<ManifestKind> {
 public:
  using RecordView::RecordView;

  [[nodiscard]] std::vector<ValueCount> split_counts() const {
    ValueCounts counts(store_->bytes_of_a_record());
    count_column(counts, store_->splits(), set_,
                 [&] { return store_->rows_having(ManifestMember::Split, set_).count(); });
    return std::move(counts).sorted().value();
  }

  [[nodiscard]] std::vector<Bucket<std::string_view>> weight_buckets(std::size_t count) const {
    const std::span<const std::string_view> splits(store_->splits().values());
    return fill_buckets(count, splits, 0, 1, [&](const auto& function) {
      store_->rows_having(ManifestMember::Weight, set_).for_each([&](Row row) {
        function(store_->weights()[row], [&] { return std::size_t{store_->splits().symbols()[row]}; });
      });
    });
  }
};

inline Expected<ManifestView, QueryError> query_manifest(const std::shared_ptr<const ManifestStore>& store,
                                                         std::string_view text, std::string_view sort) {
  const auto query = parse_query(text, manifest_schema);
  if (const auto* error = std::get_if<QueryError>(&query)) return *error;
  auto bound = bind_tree<ManifestTest>(std::get<QueryNode>(query), bind_manifest_term);
  if (auto* error = std::get_if<QueryError>(&bound)) return std::move(*error);
  const auto evaluate = [&](const ManifestTest& test, const Bitmap& among) {
    return std::visit(ManifestMatcher{*store, among}, test);
  };
  const auto cost_of = [](const ManifestTest& test) { return test.index() == 0 ? 1 : 0; };
  Bitmap rows = rows_for(std::get<0>(bound), Bitmap(store->row_count(), /*filled=*/true), evaluate, cost_of);
  const auto key = read_sort_key<std::optional<ManifestField>>(sort, find_manifest_field);
  return ManifestView(store, std::make_shared<SortIndexCache<ManifestKind>>(), std::move(rows), key.value());
}

}  // namespace rekognition_jobs::test
