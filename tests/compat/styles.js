// Finds what the built CSS uses that one of our oldest browsers lacks.

import { parse, walk } from "css-tree";
import { bcd, lacking } from "./support.js";

/**
 * @typedef {import("./support.js").Compat} Compat
 * @typedef {import("./scripts.js").Finding} Finding
 * @typedef {{ feature: string, found: (Compat | undefined)[], prefix?: string }} Use
 */

const { properties, selectors, types, "at-rules": atRules } = bcd.css;

/** The functions of values by their names, wherever the data keeps them. @type {Map<string, Compat[]>} */
const functions = new Map();
(function collect(group) {
  for (const [name, member] of Object.entries(group)) {
    if (name === "__compat") continue;
    const known = name.replace(/_function$/, "");
    if (member.__compat) functions.set(known, [...(functions.get(known) ?? []), member.__compat]);
    collect(member);
  }
})(types);

/** @param {string} unit */
function unitCalled(unit) {
  const { length } = types;
  if (/^[dsl]v/.test(unit)) {
    return length[`viewport_percentage_units_${{ d: "dynamic", s: "small", l: "large" }[unit[0]]}`].__compat;
  }
  return /^cq/.test(unit) ? length.container_query_length_units.__compat : length[unit]?.__compat;
}

/** A prefix that a declaration beside it has. @param {string} property @param {Set<string>} beside */
const prefixBeside = (property, beside) => ["-webkit-", "-moz-"].find((prefix) => beside.has(prefix + property));

/** What a declaration uses. What comes after one of the same property is a better value, if the browser knows it. */
function usesOf({ property, value }, beside, before) {
  const known = Object.hasOwn(properties, property) ? properties[property] : {};
  /** @type {Use[]} */
  const uses = [{ feature: property, found: [known.__compat], prefix: prefixBeside(property, beside) }];
  if (before.has(property)) return uses;
  walk(value, (node) => {
    if (node.type === "Identifier" && Object.hasOwn(known, node.name)) {
      uses.push({ feature: `${property}: ${node.name}`, found: [known[node.name].__compat] });
    } else if (node.type === "Function" && !node.name.startsWith("-")) {
      const found = functions.get(node.name) ?? [
        known[node.name]?.__compat ?? known[`${node.name}_function`]?.__compat,
      ];
      uses.push({ feature: `${node.name}()`, found });
    } else if (node.type === "Dimension") {
      uses.push({ feature: node.unit, found: [unitCalled(node.unit)] });
    }
  });
  return uses;
}

/** @returns {Use[]} */
function usesOfBlock({ children }) {
  const all = children.toArray().filter(({ type }) => type === "Declaration");
  const beside = new Set(all.map(({ property }) => property));
  const before = new Set();
  return all.flatMap((declaration) => {
    if (declaration.property.startsWith("-") && !declaration.property.startsWith("--")) return [];
    const uses = usesOf(declaration, beside, before);
    before.add(declaration.property);
    return uses.map((use) => ({ ...use, loc: declaration.loc }));
  });
}

/** @returns {Use[]} */
function usesOfNode(node) {
  switch (node.type) {
    case "Atrule":
      return [{ feature: `@${node.name}`, found: [atRules[node.name]?.__compat] }];
    case "Feature":
      return [{ feature: `@media ${node.name}`, found: [atRules.media[node.name]?.__compat] }];
    case "PseudoClassSelector":
      return [{ feature: `:${node.name}`, found: [selectors[node.name]?.__compat] }];
    case "PseudoElementSelector":
      return node.name.startsWith("-") ? [] : [{ feature: `::${node.name}`, found: [selectors[node.name]?.__compat] }];
    case "NestingSelector":
      return [{ feature: "&", found: [selectors.nesting.__compat] }];
    case "Block":
      return usesOfBlock(node);
    default:
      return [];
  }
}

/** Inside, the browser was asked before: only `not` is no question of that kind. */
const isAsked = (node) =>
  node.type === "Atrule" && node.name === "supports" && !/\bnot\b/i.test(JSON.stringify(node.prelude));

/**
 * @param {string} css  as the bundler makes it: a comment before each file's part names the file
 * @returns {Finding[]}
 */
export function newerInStyles(css) {
  const files = [];
  const ast = parse(css, {
    positions: true,
    parseCustomProperty: true,
    onComment: (text, { start }) => files.push({ line: start.line, name: text.trim() }),
  });
  const findings = [];
  let asked = 0;
  walk(ast, {
    enter(node) {
      if (isAsked(node)) asked += 1;
      if (asked > 0) return;
      for (const { feature, found, prefix, loc = node.loc } of usesOfNode(node)) {
        const missing = lacking(
          found.filter((compat) => compat !== undefined),
          { prefix },
        );
        if (missing === "") continue;
        const file = files.findLast(({ line }) => line < loc.start.line)?.name ?? "";
        findings.push({ file, feature, lacking: missing });
      }
    },
    leave(node) {
      if (isAsked(node)) asked -= 1;
    },
  });
  return findings;
}
