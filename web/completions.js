// What could stand where the caret is: a field, or a value of the field that is there. Pure: the engine's tokens and
// counts come in.
import { FACETS } from "./facet_fields.js";
import { DURATION_EXAMPLES, FIELD_HELP, FLAG_HELP, timeExamples } from "./query_help.js";
import { neededTerms, written } from "./query_terms.js";

const MOST = 12;

/**
 * @typedef {object} Vocabulary  of a query language
 * @property {typeof FIELD_HELP} help   by field
 * @property {readonly Pick<import("./facet_fields.js").FacetField, "field" | "counted" | "heading" | "term">[]} kinds
 *   the facets whose values a bare word may mean
 */

/** @type {Vocabulary} */
export const JOB_WORDS = { help: FIELD_HELP, kinds: FACETS };

/**
 * @typedef {import("rekognition-jobs").QueryToken} QueryToken
 *
 * @typedef {object} Place  what the caret stands in
 * @property {string} field   whose value it is; "" where a term starts
 * @property {string} typed   what of it stands before the caret
 * @property {number} start   what a completion replaces
 * @property {number} end
 * @property {string} rest    the query without this term
 *
 * @typedef {object} Completion
 * @property {string} label
 * @property {string} [sought] what the typed text is looked for in, if not in the label
 * @property {string} insert
 * @property {string} note    what it means
 * @property {number} [count] how often it occurs
 */

/**
 * @param {string} text
 * @param {QueryToken[]} tokens
 * @param {number} caret
 * @returns {Place | null}
 */
export function placeAt(text, tokens, caret) {
  const at = tokens.findIndex(({ start, end }) => start < caret && caret <= end);
  const token = tokens[at];
  const isWord = token?.kind === "word" || token?.kind === "phrase";
  if (!token || token.kind === "open" || token.kind === "not") {
    const next = tokens.find(({ start }) => start === caret);
    return next ? null : { field: "", typed: "", start: caret, end: caret, rest: text };
  }
  if (isWord) {
    if (token.quoted) return null;
    const { start, end } = token;
    return { field: "", typed: text.slice(start, caret), start, end, rest: text.slice(0, start) + text.slice(end) };
  }
  const field = tokens.slice(0, at + 1).findLast(({ kind }) => kind === "field")?.field;
  if (!field || !["field", "comma", "value"].includes(token.kind)) return null;
  const isAtEnd = token.kind !== "value" && caret === token.end;
  if (token.kind !== "value" && !isAtEnd) return null;
  const next = tokens[at + 1];
  const value = token.kind === "value" ? token : next?.kind === "value" && next.start === caret ? next : null;
  const [start, end] = value ? [value.start, value.end] : [caret, caret];
  const typed = text.slice(start, caret).replace(/^=?"?/, "").replace(/"$/, "");
  return { field, typed, start, end, rest: withoutTermAt(text, tokens, caret) };
}

/** Where the term cannot be left out alone, all jobs are counted. */
function withoutTermAt(text, tokens, caret) {
  const term = neededTerms(tokens).find(({ start, end }) => start < caret && caret <= end);
  return term ? `${text.slice(0, term.start)} ${text.slice(term.end)}` : "";
}

/** Those that start with what is typed, then those that have it within; nothing that is there in full already. */
function fitting(completions, typed) {
  const wanted = typed.toLowerCase();
  const texts = ({ label, sought = label }) => [sought.toLowerCase(), sought.toLowerCase().replaceAll("_", "-")];
  const starts = (each) => texts(each).some((text) => text.startsWith(wanted));
  const has = (each) => texts(each).some((text) => text.includes(wanted));
  const found = [...completions.filter(starts), ...completions.filter((each) => !starts(each) && has(each))];
  const isFull = found.length === 1 && texts(found[0]).includes(wanted);
  return isFull ? [] : found.slice(0, MOST);
}

/** The values of facets that a bare word may mean: "denied" for code:ACCESS_DENIED. */
function termsFor(facets, kinds) {
  return kinds.flatMap((facet) => (facets[facet.field] ?? []).map(({ value, count }) => {
    const label = `${facet.field}:${facet.term(value)}`;
    return { label, sought: value, insert: `${label} `, note: facet.heading, count };
  }));
}

/**
 * What a term can start with.
 * @param {Place} place
 * @param {import("rekognition-jobs").QueryField[]} fields
 * @param {Record<string, import("rekognition-jobs").Facet[]>} [facets]
 * @param {Vocabulary} [vocabulary]
 * @returns {Completion[]}
 */
export function termCompletions({ typed }, fields, facets = {}, { help, kinds } = JOB_WORDS) {
  const names = fields.map(({ name }) => {
    const text = `${name}:`;
    return { label: text, insert: text, note: help[name]?.meaning ?? "" };
  });
  if (typed === "") return names;
  const started = names.filter(({ label }) => label.startsWith(typed.toLowerCase()));
  return [...started, ...fitting(termsFor(facets, kinds), typed)].slice(0, MOST);
}

/**
 * What the field's value can be.
 * @param {Place} place
 * @param {import("rekognition-jobs").QueryField} field
 * @param {import("rekognition-jobs").Facet[]} counted
 * @param {number} now
 * @returns {Completion[]}
 */
export function valueCompletions({ typed }, field, counted, now) {
  const examples = (pairs) => pairs.map(([label, note]) => ({ label, insert: `${label} `, note }));
  switch (field.type) {
    case "presence":
      return fitting(field.values.map(flagCompletion), typed);
    case "time":
      return fitting(examples(timeExamples(now)), typed);
    case "duration":
      return fitting(examples(DURATION_EXAMPLES), typed);
    default:
      return fitting([
        ...counted.map(({ value, count }) => valueCompletion(value, field, count)),
        ...uncounted(field, counted),
      ], typed);
  }
}

function flagCompletion(label) {
  return { label, insert: `${label} `, note: FLAG_HELP[label] ?? "" };
}

function valueCompletion(value, field, count) {
  const isExact = field.type === "text" || field.type === "uri";
  return { label: value, insert: `${isExact ? "=" : ""}${written(value)} `, note: "", count };
}

function uncounted({ values = [] }, counted) {
  return values.filter((value) => !counted.some((each) => each.value === value))
    .map((value) => ({ label: value, insert: `${value} `, note: "", count: 0 }));
}
