// Computes the suggestions for the caret, a field or a value of one, from the engine's tokens and counts.
import { FACETS } from "./facet_fields.js";
import { DURATION_EXAMPLES, FIELD_HELP, FLAG_HELP, timeExamples } from "./query_help.js";
import { requiredTerms, quoteValue } from "./query_terms.js";

const MOST = 12;

/**
 * @typedef {object} Vocabulary  of a query language
 * @property {typeof FIELD_HELP} help   by field
 * @property {readonly Pick<import("./facet_fields.js").FacetField, "field" | "counted" | "heading" | "term">[]} facets
 *   the facets whose values a plain word may mean
 */

/** @type {Vocabulary} */
export const JOB_VOCABULARY = { help: FIELD_HELP, facets: FACETS };

/**
 * @typedef {import("rekognition-jobs").QueryToken} QueryToken
 *
 * @typedef {object} CaretContext  what the caret stands in
 * @property {string} field   whose value it is; "" where a term starts
 * @property {string} prefix   what of it stands before the caret
 * @property {number} start   what a completion replaces
 * @property {number} end
 * @property {string} restOfQuery  the query without this term
 *
 * @typedef {object} Completion
 * @property {string} label
 * @property {string} [sought] what the typed text is looked for in, if not in the label
 * @property {string} insert
 * @property {string} note    what it means
 * @property {number} [count] how often it occurs
 *
 * @typedef {{ context: CaretContext | null, items: Completion[], active: number }} Suggested  active: an index, or -1
 */

/**
 * @param {string} text
 * @param {QueryToken[]} tokens
 * @param {number} caret
 * @returns {CaretContext | null}
 */
export function contextAt(text, tokens, caret) {
  const at = tokens.findIndex(({ start, end }) => start < caret && caret <= end);
  const token = tokens[at];
  const isWord = token?.kind === "word" || token?.kind === "phrase";
  if (!token || token.kind === "open" || token.kind === "not") {
    const next = tokens.find(({ start }) => start === caret);
    return next ? null : { field: "", prefix: "", start: caret, end: caret, restOfQuery: text };
  }
  if (isWord) {
    if (token.quoted) return null;
    const { start, end } = token;
    return {
      field: "",
      prefix: text.slice(start, caret),
      start,
      end,
      restOfQuery: text.slice(0, start) + text.slice(end),
    };
  }
  const field = tokens.slice(0, at + 1).findLast(({ kind }) => kind === "field")?.field;
  if (!field || !["field", "comma", "value"].includes(token.kind)) return null;
  const isAtEnd = token.kind !== "value" && caret === token.end;
  if (token.kind !== "value" && !isAtEnd) return null;
  const next = tokens[at + 1];
  const value = token.kind === "value" ? token : next?.kind === "value" && next.start === caret ? next : null;
  const [start, end] = value ? [value.start, value.end] : [caret, caret];
  const prefix = text.slice(start, caret).replace(/^=?"?/, "").replace(/"$/, "");
  return { field, prefix, start, end, restOfQuery: withoutTermAt(text, tokens, caret) };
}

/** Returns the query without the term at the caret; "" where that term cannot be left out alone. */
function withoutTermAt(text, tokens, caret) {
  const term = requiredTerms(tokens).find(({ start, end }) => start < caret && caret <= end);
  return term ? `${text.slice(0, term.start)} ${text.slice(term.end)}` : "";
}

/** Returns those that start with the typed text, then those that contain it; none when it is complete. */
function fitting(completions, prefix) {
  const wanted = prefix.toLowerCase();
  const texts = ({ label, sought = label }) => [sought.toLowerCase(), sought.toLowerCase().replaceAll("_", "-")];
  const starts = (each) => texts(each).some((text) => text.startsWith(wanted));
  const has = (each) => texts(each).some((text) => text.includes(wanted));
  const found = [...completions.filter(starts), ...completions.filter((each) => !starts(each) && has(each))];
  const isFull = found.length === 1 && texts(found[0]).includes(wanted);
  return isFull ? [] : found.slice(0, MOST);
}

/** Returns the facet values that a plain word may mean: code:ACCESS_DENIED for "denied". */
function termsFor(facets, facetFields) {
  return facetFields.flatMap((facet) =>
    (facets[facet.field] ?? []).map(({ value, count }) => {
      const label = `${facet.field}:${facet.term(value)}`;
      return { label, sought: value, insert: `${label} `, note: facet.heading, count };
    }),
  );
}

/**
 * Returns the suggestions for the start of a term.
 * @param {CaretContext} context
 * @param {import("rekognition-jobs").QueryField[]} fields
 * @param {Record<string, import("rekognition-jobs").Facet[]>} [facets]
 * @param {Vocabulary} [vocabulary]
 * @returns {Completion[]}
 */
export function termCompletions({ prefix }, fields, facets = {}, { help, facets: facetFields } = JOB_VOCABULARY) {
  const names = fields.map(({ name }) => {
    const text = `${name}:`;
    return { label: text, insert: text, note: help[name]?.meaning ?? "" };
  });
  if (prefix === "") return names;
  const started = names.filter(({ label }) => label.startsWith(prefix.toLowerCase()));
  return [...started, ...fitting(termsFor(facets, facetFields), prefix)].slice(0, MOST);
}

/**
 * Returns the suggestions for a value of the field.
 * @param {CaretContext} context
 * @param {import("rekognition-jobs").QueryField} field
 * @param {import("rekognition-jobs").Facet[]} counted
 * @param {number} now
 * @returns {Completion[]}
 */
export function valueCompletions({ prefix }, field, counted, now) {
  const examples = (pairs) => pairs.map(([label, note]) => ({ label, insert: `${label} `, note }));
  switch (field.type) {
    case "presence":
      return fitting(field.values.map(flagCompletion), prefix);
    case "time":
      return fitting(examples(timeExamples(now)), prefix);
    case "duration":
      return fitting(examples(DURATION_EXAMPLES), prefix);
    default:
      return fitting(
        [...counted.map(({ value, count }) => valueCompletion(value, field, count)), ...uncounted(field, counted)],
        prefix,
      );
  }
}

function flagCompletion(label) {
  return { label, insert: `${label} `, note: FLAG_HELP[label] ?? "" };
}

function valueCompletion(value, field, count) {
  const isExact = field.type === "text" || field.type === "uri";
  return { label: value, insert: `${isExact ? "=" : ""}${quoteValue(value)} `, note: "", count };
}

function uncounted({ values = [] }, counted) {
  return values
    .filter((value) => !counted.some((each) => each.value === value))
    .map((value) => ({ label: value, insert: `${value} `, note: "", count: 0 }));
}
