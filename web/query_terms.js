// Edits one term of a query and leaves the rest as it was typed. Works on the engine's tokens: it parses nothing.

/**
 * @typedef {import("rekognition-jobs").QueryToken} QueryToken
 *
 * @typedef {object} Term  a qualifier that the whole query needs: within no parenthesis and no alternative, not negated
 * @property {string} field
 * @property {number} start
 * @property {number} end
 * @property {QueryToken[]} values
 */

/** Whether the query is "a OR b", of which no single term is needed. */
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

/**
 * @param {QueryToken[]} tokens
 * @returns {Term[]}
 */
export function neededTerms(tokens) {
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

/** A value as a query says it literally: in quotes where it would mean something else without. */
export function written(value) {
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
 * The query with one more term.
 * @param {string} text
 * @param {QueryToken[]} tokens
 * @param {string} term
 */
export function withTerm(text, tokens, term) {
  if (text.trim() === "") return term;
  return isAlternative(tokens) ? `(${text.trim()}) ${term}` : `${text.trimEnd()} ${term}`;
}

/**
 * The query without any term of this field.
 * @param {string} text
 * @param {QueryToken[]} tokens
 * @param {string} field
 */
export function withoutField(text, tokens, field) {
  const terms = neededTerms(tokens).filter((term) => term.field === field);
  return terms.reverse().reduce(remove, text);
}

/**
 * The query with this as the field's only term, where its first one stood.
 * @param {string} text
 * @param {QueryToken[]} tokens
 * @param {string} field
 * @param {string} value  as it is to be written
 */
export function withOnly(text, tokens, field, value) {
  const [first, ...others] = neededTerms(tokens).filter((term) => term.field === field);
  if (!first) return withTerm(text, tokens, `${field}:${value}`);
  return replace(others.reverse().reduce(remove, text), first, `${field}:${value}`);
}

/**
 * The query with the value added to the field's first term, or taken out of every one that has it.
 * @param {string} text
 * @param {QueryToken[]} tokens
 * @param {string} field
 * @param {string} value  as it is to be written
 * @param {(token: QueryToken) => boolean} isSame
 */
export function toggled(text, tokens, field, value, isSame) {
  const terms = neededTerms(tokens).filter((term) => term.field === field);
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
