// Makes mutants of C++ source text: constants, operators, booleans, conditions, removed statements, misspelt strings.

/**
 * @typedef {object} Mutant
 * @property {string} file
 * @property {number} line from 1
 * @property {string} source the line as it stands, trimmed
 * @property {string} change what is put in place of what, as the list of explained ones names it
 * @property {number} begin offset in the file
 * @property {number} end
 * @property {string} text that replaces what is between
 */

const SWAPS = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "==": "!=",
  "!=": "==",
  "&&": "||",
  "||": "&&",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "/",
  "&": "|",
  "|": "&",
  "^": "|",
  "<<": ">>",
  ">>": "<<",
  "+=": "-=",
  "-=": "+=",
  "|=": "&=",
  "&=": "|=",
};
// Binary operators stand between spaces in this layout; those of templates, references and signs do not.
const BINARY = /(?<= )(<=|>=|==|!=|&&|\|\||<<|>>|\+=|-=|\|=|&=|[<>+\-*/%&|^])(?= |$)/g;
const STATEMENT =
  /^\s+(?:(?:\+\+|--)\*?[\w.[\]>-]+|\*?[\w:.[\]()>-]+?(?: (?:=|[-+|&^]=) [^;{}]+|\([^;{}]*\)|\+\+|--)|continue|break);$/;
const DECLARES =
  /^\s*(return|using|static_assert|typedef|namespace|template|friend|case|default|public|private|delete|else)\b/;

/** The text with comments, and what is not to be mutated, blanked; strings and characters as well when asked for. */
function blanked(text, literalsToo) {
  const blank = (match) => match.replace(/[^\n]/g, " ");
  return text.replace(
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"(\w*)\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\w)'(?:\\.|[^'\\\n])+'|^#[^\n]*|\bstatic_assert\([\s\S]*?;\n|\[\[[\w:]+\]\]|^ *(?:template|using|namespace|enum)\b[^\n]*/gm,
    (match) => (/^(R?"|')/.test(match) && !literalsToo ? match : blank(match)),
  );
}

/**
 * All mutants of a file, in the order of its text.
 * @returns {Mutant[]}
 */
export function mutantsOf(file, text) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const code = blanked(text, true);
  const withLiterals = blanked(text, false);
  const mutants = [];
  const add = (begin, end, replacement, change) => {
    const line = starts.findLastIndex((start) => start <= begin);
    const source = text.slice(starts[line], starts[line + 1] ?? text.length).trim();
    mutants.push({ file, line: line + 1, source, change, begin, end, text: replacement });
  };
  const swap = (begin, from, to) => add(begin, begin + from.length, to, `${from} -> ${to}`);

  for (const { 1: operator, index } of code.matchAll(BINARY)) swap(index, operator, SWAPS[operator]);
  for (const { 0: word, index } of code.matchAll(/\b(true|false)\b/g))
    swap(index, word, word === "true" ? "false" : "true");
  for (const { index } of code.matchAll(/(?<=[\s(])!(?=[\w(])/g)) swap(index, "!", "");
  for (const { 0: step, index } of code.matchAll(/\+\+|--/g)) swap(index, step, step === "++" ? "--" : "++");
  for (const { 0: number, index } of code.matchAll(/(?<![\w.'])\d[\d']*(?:\.\d+)?(?=U?\b)(?![\w.]*[xX])/g)) {
    if (/^0[xX]/.test(code.slice(index, index + 2))) continue;
    const value = Number(number.replaceAll("'", ""));
    swap(index, number, number.includes(".") ? String(Number((value + 0.1).toFixed(6))) : String(value + 1));
    if (value > 1 && !number.includes(".")) swap(index, number, String(value - 1));
  }
  for (const { 0: number, index } of code.matchAll(/(?<!\w)0x[\dA-Fa-f]+/g))
    swap(index, number, `0x${(Number(number) ^ 1).toString(16)}`);
  for (const { 0: literal, index } of withLiterals.matchAll(/(?<![\w'"R])"((?:\\.|[^"\\\n])+)"/g)) {
    const middle = 1 + ((literal.length - 2) >> 1);
    const isPlain = /[\w ]/.test(literal[middle]) && literal[middle - 1] !== "\\";
    const other = isPlain
      ? literal.slice(0, middle) + (literal[middle] === "x" ? "y" : "x") + literal.slice(middle + 1)
      : `${literal.slice(0, -1)}x"`;
    swap(index, literal, other);
  }
  for (const { 0: literal, 1: character, index } of withLiterals.matchAll(/(?<![\w'])'([^'\\\n])'/g)) {
    swap(
      index,
      literal,
      `'${character === "~" || character === "&" ? "!" : String.fromCharCode(character.charCodeAt(0) + 1)}'`,
    );
  }
  for (const { 0: opening, index } of code.matchAll(/\b(?:if|while) (?:constexpr )?\(/g)) {
    if (opening.includes("constexpr")) continue;
    const begin = index + opening.length;
    let end = begin;
    for (let depth = 1; depth > 0; end++) depth += code[end] === "(" ? 1 : code[end] === ")" ? -1 : 0;
    const condition = text.slice(begin, end - 1);
    if (/;|\b(auto|const)\b/.test(condition)) continue;
    const shown = condition.replace(/\s+/g, " ");
    add(begin, end - 1, `!(${condition})`, `${opening}${shown}) -> negated`);
  }
  for (let line = 0; line < starts.length; line++) {
    const written = code.slice(starts[line], (starts[line + 1] ?? text.length + 1) - 1);
    if (!STATEMENT.test(written) || DECLARES.test(written)) continue;
    if ([...written].reduce((depth, c) => depth + (c === "(" ? 1 : c === ")" ? -1 : 0), 0) !== 0) continue;
    const begin = starts[line] + written.search(/\S/);
    const end = starts[line] + written.length;
    add(begin, end, ";", `${text.slice(begin, end)} -> removed`);
  }
  mutants.sort((a, b) => a.begin - b.begin);
  const seen = new Map();
  for (const mutant of mutants) {
    const key = `${mutant.source}\n${mutant.change}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (seen.get(key) > 1) mutant.change += ` #${seen.get(key)}`;
  }
  return mutants;
}
