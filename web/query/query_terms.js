// Edits one term of a query and leaves the rest as typed. It works on the tokens of the engine and parses nothing.

/**
 * @typedef {import("rekognition-jobs").QueryToken} QueryToken
 *
 * @typedef {object} Term  a qualifier that the whole query needs: within no parenthesis and no alternative, not negated
 * @property {string} field
 * @property {number} start
 * @property {number} end
 * @property {QueryToken[]} values
 */

/** Returns whether the query is "a OR b", which requires none of its terms. */
function isAlternative(tokens) {
  return withDepth(tokens).some(({ token, depth }) => depth === 0 && token.kind === "or");
}

function withDepth(tokens) {
  let depth = 0;
  return tokens.map((token) => {
    if (token.kind === "close") depth -= 1;
    const found = { token, depth };
    if (token.kind === "open") depth += 1;
    return found;
  });
}

/** The terms of each query's tokens, which facets and chart ask for in every drawing. @type {WeakMap<QueryToken[], Term[]>} */
const known = new WeakMap();

/**
 * @param {QueryToken[]} tokens
 * @returns {Term[]}
 */
export function requiredTerms(tokens) {
  const terms = known.get(tokens) ?? findTerms(tokens);
  known.set(tokens, terms);
  return terms;
}

function findTerms(tokens) {
  if (isAlternative(tokens)) return [];
  const terms = [];
  let term = null;
  let before = "";
  for (const { token, depth } of withDepth(tokens)) {
    const belongs = term && token.start === term.end && (token.kind === "value" || token.kind === "comma");
    if (belongs) {
      term.end = token.end;
      if (token.kind === "value") term.values.push(token);
    } else {
      term = null;
      if (token.kind === "field" && token.field && depth === 0 && before !== "not") {
        term = { field: token.field, start: token.start, end: token.end, values: [] };
        terms.push(term);
      }
    }
    before = token.kind;
  }
  return terms;
}

/** Quotes a value where it would mean something else without quotes. */
export function quoteValue(value) {
  const isPlain = value !== "" && !/[\s()",*]/.test(value) && !value.startsWith("=");
  return isPlain ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
}

function remove(text, { start, end }) {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  return before.trim() === "" ? after.trimStart() : before.trimEnd() + (after.trim() === "" ? "" : after);
}

function replace(text, { start, end }, replacement) {
  return text.slice(0, start) + replacement + text.slice(end);
}

/**
 * Returns the query with one more term.
 * @param {string} text
 * @param {QueryToken[]} tokens
 * @param {string} term
 */
export function withTerm(text, tokens, term) {
  if (text.trim() === "") return term;
  return isAlternative(tokens) ? `(${text.trim()}) ${term}` : `${text.trimEnd()} ${term}`;
}

/**
 * Returns the query without any term of this field.
 * @param {string} text
 * @param {QueryToken[]} tokens
 * @param {string} field
 */
export function withoutField(text, tokens, field) {
  const terms = requiredTerms(tokens).filter((term) => term.field === field);
  return terms.reverse().reduce(remove, text);
}

/**
 * Returns the query with this as the only term of the field, in the position of the first one.
 * @param {string} text
 * @param {QueryToken[]} tokens
 * @param {string} field
 * @param {string} value  as written in a query
 */
export function setTerm(text, tokens, field, value) {
  const [first, ...others] = requiredTerms(tokens).filter((term) => term.field === field);
  if (!first) return withTerm(text, tokens, `${field}:${value}`);
  return replace(others.reverse().reduce(remove, text), first, `${field}:${value}`);
}

/**
 * Returns the query with the value added to the first term of the field, or removed from all of them.
 * @param {string} text
 * @param {QueryToken[]} tokens
 * @param {string} field
 * @param {string} value  as written in a query
 * @param {(token: QueryToken) => boolean} isSame
 */
export function toggleValue(text, tokens, field, value, isSame) {
  const terms = requiredTerms(tokens).filter((term) => term.field === field);
  const having = terms.filter((term) => term.values.some(isSame));
  if (having.length > 0) {
    return having.reverse().reduce((rest, term) => {
      const kept = term.values.filter((token) => !isSame(token)).map(({ start, end }) => text.slice(start, end));
      return kept.length === 0 ? remove(rest, term) : replace(rest, term, `${field}:${kept.join(",")}`);
    }, text);
  }
  if (terms.length === 0) return withTerm(text, tokens, `${field}:${value}`);
  const [first] = terms;
  return replace(text, { start: first.end, end: first.end }, first.values.length > 0 ? `,${value}` : value);
}
