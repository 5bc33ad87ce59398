// Builds an image's result from the members that a reader finds.
#pragma once

#include <string_view>

#include "result.h"
#include "schema.h"

namespace rekognition_jobs {

/// See LearningReader and SchemaHandler.
struct ResultBuilder {
  using Member = ResultMember;
  using Record = ImageResult;

  static constexpr std::string_view noun = "line";
  static constexpr bool crosses_lines = false;
  static constexpr ResultMemberSet required_in_items = [] {
    ResultMemberSet members;
    members.insert(ResultMember::LabelName);
    members.insert(ResultMember::ContentTypeName);
    return members;
  }();

  static void clear(ImageResult& image) { image.clear(); }

  static void begin_item(ImageResult& image, ResultMember list) {
    if (list == ResultMember::Labels) {
      image.labels.emplace_back();
    } else {
      image.content_types.emplace_back();
    }
  }

  static void erase(ImageResult& image, ResultMember member) {
    switch (member) {
      case ResultMember::Detection:
        image.labels.clear();
        image.content_types.clear();
        image.model_version.reset();
        break;
      case ResultMember::Labels: image.labels.clear(); break;
      case ResultMember::ContentTypes: image.content_types.clear(); break;
      case ResultMember::ModelVersion: image.model_version.reset(); break;
      case ResultMember::LabelParentName: image.labels.back().parent_name.reset(); break;
      case ResultMember::LabelConfidence:
      case ResultMember::LabelTaxonomyLevel:
      case ResultMember::ContentTypeConfidence: set_number(image, member, no_number); break;
      default: break;
    }
  }

  static void set_text(ImageResult& image, ResultMember member, std::string_view text) {
    switch (member) {
      case ResultMember::LabelName: image.labels.back().name = text; break;
      case ResultMember::LabelParentName: image.labels.back().parent_name = text; break;
      case ResultMember::ContentTypeName: image.content_types.back().name = text; break;
      case ResultMember::ModelVersion: image.model_version = text; break;
      default: image.source_ref = text; break;
    }
  }

  static void set_number(ImageResult& image, ResultMember member, double number) {
    switch (member) {
      case ResultMember::LabelConfidence: image.labels.back().confidence = number; break;
      case ResultMember::LabelTaxonomyLevel: image.labels.back().taxonomy_level = number; break;
      default: image.content_types.back().confidence = number; break;
    }
  }

  /// Whether it names its image.
  static bool finish(ImageResult& image, ResultMemberSet members) {
    image.has_detection = members.contains(ResultMember::Detection);
    image.has_content_types = members.contains(ResultMember::ContentTypes);
    return !image.source_ref.empty();
  }
};

}  // namespace rekognition_jobs
