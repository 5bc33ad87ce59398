// Describes the query language of results, and which of its values are suggested.
import { resultLanguage } from "../engine/engine.js";
import { quoteValue } from "../query/query_terms.js";

/** @type {import("../query/suggestions.js").Vocabulary["help"]} */
const RESULT_FIELD_HELP = {
  image: { meaning: "Image, s3://bucket/key", examples: ["*/ads/*"] },
  label: { meaning: "Label name", examples: ["violence", '="Weapon Violence"'] },
  parent: { meaning: "Parent label", examples: ["violence"] },
  level: { meaning: "Label level, from 1", examples: ["1", ">=2"] },
  confidence: { meaning: "Label confidence, percent", examples: [">=80", "50..80"] },
  type: { meaning: "Content type", examples: ["animated"] },
  model: { meaning: "Version of the moderation model", examples: ["7.0"] },
  code: { meaning: "Error code", examples: ["error_invalid_image"] },
  message: { meaning: "Error message", examples: ['"20 MB"'] },
  labels: { meaning: "Number of labels", examples: [">2", "0"] },
  has: { meaning: "Field is present", examples: ["label", "error"] },
  no: { meaning: "Field is missing", examples: ["label", "type"] },
};

const exact = (value) => `=${quoteValue(value)}`;

/** @type {import("../query/autocomplete.js").CompletionSource} */
export const IMAGE_COMPLETION_SOURCE = {
  language: resultLanguage,
  of: (state) => state.results,
  lowCardinality: new Set(["label", "parent", "level", "type", "model", "code"]),
  maxCounted: 0,
  getText: (image, field) => ({ image: image["source-ref"], message: image.message })[field],
  vocabulary: {
    help: RESULT_FIELD_HELP,
    facets: [
      { field: "label", counted: "label", heading: "Label", term: exact },
      { field: "type", counted: "type", heading: "Content type", term: quoteValue },
      { field: "code", counted: "code", heading: "Error", term: quoteValue },
    ],
  },
};
