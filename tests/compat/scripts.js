// Finds what scripts use of the runtime that one of our oldest browsers lacks: TypeScript says what each name is.

import { join } from "node:path";
import { SyntaxKind } from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";
import { markupIn, newerInMarkup } from "./markup.js";
import { bcd, lacking } from "./support.js";

/**
 * @typedef {import("./support.js").Compat} Compat
 * @typedef {import("typescript/unstable/ast").Node} Node
 * @typedef {import("typescript/unstable/sync").Symbol} Symbol
 * @typedef {{ file: string, line?: number, feature: string, lacking: string }} Finding  file: from the root
 */

/** A file of the language or the browser. */
const BUILT_IN = /\/lib\.[\w.]+\.d\.ts$/;
/** By TypeScript's names, what the data calls it. @type {Record<string, string>} */
const SAME = {
  CallableFunction: "Function",
  NewableFunction: "Function",
  ReadonlyArray: "Array",
  ReadonlyMap: "Map",
  ReadonlySet: "Set",
  IteratorObject: "Iterator",
  CSSStyleProperties: "CSSStyleDeclaration",
};
const TYPED_ARRAY = /^(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array$/;
/** What a value without a type may well be. Of all interfaces, some have a member of nearly any name. */
const USUAL =
  /^(?!Speech)(?:HTML\w*Element|SVG\w*Element|Element|Node|Document|Window|Navigator|\w*Event|CSSStyle\w+|Blob|File\w*|Request|Response|Headers|URL\w*|\w+Stream|Abort\w+|IDB\w+|Clipboard\w*|DataTransfer\w*|Canvas\w+|Text\w*coder)$/;

/** By "Owner.member", "Owner" or "Namespace.Owner"; and by the member's name alone. @type {Map<string, Compat>} */
const exact = new Map();
/** @type {Map<string, Compat[]>} */
const byName = new Map();

function index(owner, members, isUsual = true) {
  for (const [key, member] of Object.entries(members)) {
    if (!member.__compat) continue;
    const name = key.replace(/_static$/, "");
    exact.set(`${owner}.${name}`, member.__compat);
    if (isUsual || key.endsWith("_event")) byName.set(name, [...(byName.get(name) ?? []), member.__compat]);
  }
}

const { Intl: intl, ...builtins } = bcd.javascript.builtins;
for (const group of [bcd.api, builtins, bcd.webassembly.api, intl]) {
  for (const [owner, members] of Object.entries(group)) {
    if (members.__compat) exact.set(owner, members.__compat);
    index(owner, members, group !== bcd.api || USUAL.test(owner));
  }
}
index("Intl", intl);

/** @param {string} name @returns {Compat[]} what of that name there is, in whatever object */
const anyCalled = (name) => byName.get(name) ?? [];

/** @param {string} name */
function globalCalled(name) {
  const found = exact.get(name) ?? exact.get(`Window.${name}`) ?? exact.get(`WorkerGlobalScope.${name}`);
  return found ? [found] : [];
}

/** @param {string} owner as TypeScript calls it @param {string} name @returns {Compat[]} */
function memberCalled(owner, name) {
  const known = Object.hasOwn(SAME, owner) ? SAME[owner] : owner.replace(/Constructor$/, "");
  const found =
    exact.get(`${known}.${name}`) ?? (TYPED_ARRAY.test(known) ? exact.get(`TypedArray.${name}`) : undefined);
  // Of a mixin, such as Body, the data tells with each interface that has it.
  return found ? [found] : anyCalled(name);
}

/**
 * What a name stands for, when TypeScript knows it, or else whatever is called so.
 * @param {Node} node
 * @param {Symbol | undefined} symbol
 */
function useOf(node, symbol) {
  const { parent, text: name } = node;
  const isMember = parent.kind === SyntaxKind.PropertyAccessExpression && parent.name === node;
  if (!symbol || symbol.declarations.length === 0) return { feature: name, found: isMember ? anyCalled(name) : [] };
  if (!symbol.declarations.some(({ path }) => BUILT_IN.test(path))) return { feature: name, found: [] };
  const of = isMember && parent.expression.kind === SyntaxKind.Identifier ? parent.expression.text : "";
  const declared = symbol.getParent()?.name;
  // The members in `declare var X: { ... }` have an owner without a name.
  const owner = !declared || declared === "__type" ? of : declared;
  if (owner === "" || owner === "globalThis") return { feature: name, found: globalCalled(name) };
  return { feature: `${owner}.${name}`, found: memberCalled(owner, name) };
}

/** @param {Node} root @returns {Node[]} it and all within it */
function nodesIn(root) {
  const found = [];
  const visit = (node) => {
    found.push(node);
    node.forEachChild(visit);
  };
  visit(root);
  return found;
}

/** The event of a call of addEventListener, by the name of the function. @param {Node} node */
function eventIn({ parent, text }) {
  const call = parent.kind === SyntaxKind.PropertyAccessExpression ? parent.parent : parent;
  if (text !== "addEventListener" || call.kind !== SyntaxKind.CallExpression) return [];
  const [first] = call.arguments;
  return first?.kind === SyntaxKind.StringLiteral ? [first.text] : [];
}

/** What `for await` goes through: of what TypeScript calls a stream, a browser may have no iterator. @param {Node[]} nodes */
function loopsIn(nodes, checker) {
  return nodes
    .filter(({ kind, awaitModifier }) => kind === SyntaxKind.ForOfStatement && awaitModifier)
    .map((loop) => ({ loop, owner: checker.getTypeAtLocation(loop.expression)?.getSymbol()?.name }))
    .map(({ loop, owner }) => ({ loop, feature: `${owner}.@@asyncIterator` }))
    .filter(({ feature }) => exact.has(feature));
}

/** @returns {Finding[]} */
function newerIn(file, source, checker, node) {
  const lineOf = (each) => source.text.slice(0, each.getStart(source)).split("\n").length;
  const nodes = nodesIn(source);
  const names = nodes.filter(({ kind }) => kind === SyntaxKind.Identifier);
  const symbols = checker.getSymbolAtLocation(names);
  const inScript = names.flatMap((name, index) =>
    [
      useOf(name, symbols[index]),
      ...eventIn(name).map((event) => ({ feature: `event ${event}`, found: anyCalled(`${event}_event`) })),
    ].map(({ feature, found }) => ({ file, line: lineOf(name), feature, lacking: lacking(found, { node }) })),
  );
  const inTemplates = nodes.flatMap((each) =>
    newerInMarkup(markupIn(each) ?? "").map(({ feature, lacking }) => ({ file, line: lineOf(each), feature, lacking })),
  );
  const inLoops = loopsIn(nodes, checker).map(({ loop, feature }) => ({
    file,
    line: lineOf(loop),
    feature,
    lacking: lacking([exact.get(feature)], { node }),
  }));
  return [...inScript, ...inTemplates, ...inLoops].filter((finding) => finding.lacking !== "");
}

/**
 * @param {string} root
 * @param {Record<string, readonly string[]>} projects  by their tsconfig.json, the files to look at, all from the root
 * @param {(file: string) => boolean} [runsInNode]
 * @returns {Finding[]}
 */
export function newerInScripts(root, projects, runsInNode = () => false) {
  const api = new API({ cwd: root });
  try {
    const snapshot = api.updateSnapshot({ openProjects: Object.keys(projects).map((path) => join(root, path)) });
    return Object.entries(projects).flatMap(([config, files]) => {
      const { program, checker } = snapshot.getProject(join(root, config));
      return files.flatMap((file) => {
        const source = program.getSourceFile(join(root, file));
        if (!source) throw new Error(`${config} has no ${file}`);
        return newerIn(file, source, checker, runsInNode(file));
      });
    });
  } finally {
    api.close();
  }
}
