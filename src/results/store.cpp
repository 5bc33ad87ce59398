// Puts results into columns and reads them back.
#include "store.h"

#include <algorithm>

namespace rekognition_jobs {

bool ResultStore::put(const ImageResult& image) {
  if (row_count() >= most_rows) return false;
  const auto row = static_cast<Row>(row_count());
  const bool has_room = source_refs_.has_room_for(row, image.source_ref.size()) &&
                        messages_.has_room_for(row, image.message.value_or(std::string_view()).size()) &&
                        labels_.has_room_for(image.labels.size()) &&
                        content_types_.has_room_for(image.content_types.size());
  if (!has_room) return false;
  std::uint8_t parts = 0;
  const auto add_part = [&](ResultPart part, bool is_there) {
    if (is_there) parts |= static_cast<std::uint8_t>(part);
  };
  add_part(ResultPart::detection, image.has_detection);
  add_part(ResultPart::model_version, image.model_version.has_value());
  add_part(ResultPart::content_types, image.has_content_types);
  add_part(ResultPart::code, image.code.has_value());
  add_part(ResultPart::message, image.message.has_value());
  parts_.push(parts);
  source_refs_.set(row, image.source_ref);
  if (image.model_version) model_versions_.set(row, *image.model_version, hash_);
  if (image.code) codes_.set(row, *image.code, hash_);
  if (image.message) messages_.set(row, *image.message);

  constexpr std::size_t bytes_of_a_label = 64;
  std::size_t size = image.source_ref.size() + image.model_version.value_or(std::string_view()).size() +
                     image.code.value_or(std::string_view()).size() + image.message.value_or(std::string_view()).size();
  std::size_t repeated = size;
  double highest = no_confidence;
  for (const ModerationLabel& label : image.labels) {
    const std::uint32_t kind = label_kinds_.number_of(label, hash_);
    labels_.add(kind, label.confidence);
    size += bytes_of_a_label + label.name.size() + label.parent_name.value_or(std::string_view()).size();
    note_name(label_kinds_.kinds()[kind].name, row);
    if (label.confidence > highest) highest = label.confidence;
  }
  labels_.end_row();
  highest_confidences_.push(highest);
  for (const ContentType& type : image.content_types) {
    content_types_.add(type_names_.intern(type.name, hash_), type.confidence);
    size += bytes_of_a_label + type.name.size();
    repeated += type.name.size() + 1;
  }
  content_types_.end_row();
  longest_ = std::max(longest_, size);
  longest_repeated_ = std::max(longest_repeated_, std::uint64_t{image.labels.size()} * repeated);
  return true;
}

std::uint64_t ResultStore::growth(std::size_t text_size) const {
  constexpr std::uint64_t bytes_of_a_chunk = 1 << 20;
  return bytes_of_a_chunk + std::uint64_t{32} * text_size + std::uint64_t{4} * row_count() + source_refs_.growth() +
         messages_.growth() + model_versions_.growth(row_count()) + codes_.growth(row_count()) + labels_.growth() +
         label_kinds_.growth(text_size) + content_types_.growth() + type_names_.growth(text_size);
}

std::size_t ResultStore::value_count() const {
  return model_versions_.values().size() + codes_.values().size() + label_kinds_.kinds().size() +
         label_kinds_.names().size() + type_names_.values().size();
}

void ResultStore::note_name(Symbol name, Row row) {
  constexpr Row no_row = ~Row{0};
  if (name >= last_row_of_name_.size()) last_row_of_name_.resize(std::size_t{name} + 1, no_row);
  if (last_row_of_name_[name] == row) has_repeated_labels_ = true;
  last_row_of_name_[name] = row;
}

void ResultStore::read(Row row, ImageResult& image) const {
  image.clear();
  image.source_ref = source_refs_[row];
  image.has_detection = has(row, ResultPart::detection);
  image.has_content_types = has(row, ResultPart::content_types);
  if (has(row, ResultPart::model_version)) image.model_version = model_versions_[row];
  if (has(row, ResultPart::code)) image.code = codes_[row];
  if (has(row, ResultPart::message)) image.message = messages_[row];
  labels_.for_each(row, [&](std::uint32_t number, double confidence) {
    const LabelKind& kind = label_kinds_.kinds()[number];
    ModerationLabel& label = image.labels.emplace_back();
    label.name = label_kinds_.name(kind);
    if (kind.has_parent_name) label.parent_name = label_kinds_.parent_name(kind);
    label.confidence = confidence;
    label.taxonomy_level = kind.taxonomy_level;
  });
  content_types_.for_each(
      row, [&](Symbol type, double confidence) { image.content_types.push_back({type_names()[type], confidence}); });
}

}  // namespace rekognition_jobs
