// One pass over a plainly written line; every doubt is a decline.
#include "results/plain_line_reader.h"

#include <utility>

#include "text/plain_scan.h"

namespace rekognition_jobs {
namespace {

/// Ways in which lines may differ at one place that are worth remembering.
constexpr std::size_t most_links = 8;

constexpr ResultMemberBits item_names = bit_of(ResultMember::LabelName) | bit_of(ResultMember::ContentTypeName);

bool is_list(ResultMember member) { return shape_of(member).type == ResultMemberType::list; }

}  // namespace

class PlainLineReader::Scan : public PlainScan {
 public:
  Scan(std::string_view text, ImageResult& image, PlainLineReader& reader)
      : PlainScan(text, /*crosses_lines=*/false), image_(image), reader_(reader) {}

  bool line() {
    ResultMember member = ResultMember::Line;
    ResultMemberBits opened = 0;
    ResultMemberBits named = 0;  // in the object of a list that is open
    do {
      const Link* const link = follow(reader_.links_[index_of(member)], member);
      if (link == nullptr || (opened & link->opened) != 0) return false;
      opened |= link->opened;
      if (link->ends_item && (named & item_names) == 0) return false;
      if (link->begins_item) {
        named = 0;
        begin_item(shape_of(link->next).parent);
      }
      if ((named & link->named) != 0) return false;
      named |= link->named;
      member = link->next;
    } while (member != ResultMember::Line && value(member));
    image_.has_detection = (opened & bit_of(ResultMember::Detection)) != 0;
    image_.has_content_types = (opened & bit_of(ResultMember::ContentTypes)) != 0;
    return member == ResultMember::Line && !image_.source_ref.empty();
  }

 private:
  /// The link that lies here, and passes it; learns it if it is new.
  const Link* follow(std::vector<Link>& links, ResultMember last) {
    for (const Link& link : links) {
      if (take_text(link.text)) return &link;
    }
    Link link;
    const char* const start = at();
    if (!parse(link, last)) return nullptr;
    link.text.assign(start, at());
    if (links.size() == most_links) links.clear();
    return &links.emplace_back(std::move(link));
  }

  /// Reads on to the next value: to a text's first character, to the colon before anything else.
  bool parse(Link& link, ResultMember last) {
    ResultMember parent = last == ResultMember::Line ? ResultMember::Line : shape_of(last).parent;
    bool is_first = last == ResultMember::Line;
    if (is_first && !take('{')) return false;
    while (true) {
      if (take('}')) {
        if (parent == ResultMember::Line) return true;
        if (is_list(parent)) {
          if (is_first || link.ends_item) return false;
          link.ends_item = true;
          if (take(',')) {
            if (!take('{')) return false;
            link.begins_item = is_first = true;
            continue;
          }
          if (!take(']')) return false;
        }
        parent = shape_of(parent).parent;
        is_first = false;
        continue;
      }
      if (!is_first && !take(',')) return false;
      const auto name = take('"') ? plain_string() : std::nullopt;
      const auto member = name ? find_member(parent, *name) : std::nullopt;
      if (!member || !take(':')) return false;
      ResultMemberBits& seen = is_list(parent) ? link.named : link.opened;
      if ((seen & bit_of(*member)) != 0) return false;
      seen |= bit_of(*member);
      is_first = false;
      switch (shape_of(*member).type) {
        case ResultMemberType::object:
          if (!take('{')) return false;
          parent = *member;
          is_first = true;
          continue;
        case ResultMemberType::list:
          if (!take('[')) return false;
          if (take(']')) continue;
          if (!take('{')) return false;
          parent = *member;
          link.begins_item = is_first = true;
          continue;
        case ResultMemberType::number: link.next = *member; return true;
        case ResultMemberType::text: link.next = *member; return take('"');
      }
    }
  }

  void begin_item(ResultMember list) {
    if (list == ResultMember::Labels) {
      image_.labels.emplace_back();
    } else {
      image_.content_types.emplace_back();
    }
  }

  bool value(ResultMember member) {
    if (shape_of(member).type == ResultMemberType::number) {
      const auto number = decimal();
      if (number) number_of(image_, member) = number->value();
      return number.has_value();
    }
    const auto text = string([this]() -> std::string& {
      if (reader_.decoded_count_ == reader_.decoded_.size()) reader_.decoded_.emplace_back();
      return reader_.decoded_[reader_.decoded_count_++];
    });
    if (text) set_text(member, *text);
    return text.has_value();
  }

  void set_text(ResultMember member, std::string_view text) {
    switch (member) {
      case ResultMember::LabelName: image_.labels.back().name = text; break;
      case ResultMember::LabelParentName: image_.labels.back().parent_name = text; break;
      case ResultMember::ContentTypeName: image_.content_types.back().name = text; break;
      case ResultMember::ModelVersion: image_.model_version = text; break;
      default: image_.source_ref = text; break;
    }
  }

  ImageResult& image_;
  PlainLineReader& reader_;
};

std::optional<std::size_t> PlainLineReader::read(std::string_view text, ImageResult& image) {
  image.clear();
  decoded_count_ = 0;
  Scan scan(text, image, *this);
  return scan.line() ? std::optional(scan.size()) : std::nullopt;
}

}  // namespace rekognition_jobs
