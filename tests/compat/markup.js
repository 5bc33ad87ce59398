// Finds elements, attributes and events in templates and in index.html that one of our oldest browsers lacks.

import { SyntaxKind } from "typescript/unstable/ast";
import { bcd, lacking } from "./support.js";

/** @typedef {import("./support.js").Compat} Compat */

const TAG = /<([a-z][\w-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)\s*\/?>/g;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?/g;
/** What stands for an expression: it begins no tag and ends no attribute. */
const EXPRESSION = "x";

const { elements, global_attributes: shared } = bcd.html;

/** @param {string} tag @param {string} attribute as lit has it: .property, ?boolean, @event @returns {(Compat | undefined)[]} */
function attributeOf(tag, attribute) {
  if (attribute.startsWith(".")) return [];
  if (attribute.startsWith("@")) return [bcd.api.Element[`${attribute.slice(1)}_event`]?.__compat];
  const name = attribute.replace(/^\?/, "");
  return [(elements[tag]?.[name] ?? shared[name])?.__compat];
}

/**
 * @param {string} html
 * @returns {{ feature: string, lacking: string, offset: number }[]}
 */
export function newerInMarkup(html) {
  return [...html.matchAll(TAG)].flatMap(({ 1: tag, 2: attributes, index: offset }) =>
    [
      { feature: `<${tag}>`, found: [elements[tag]?.__compat] },
      ...[...attributes.matchAll(ATTRIBUTE)].map(([, name]) => ({
        feature: `<${tag} ${name}>`,
        found: attributeOf(tag, name),
      })),
    ]
      .map(({ feature, found }) => ({ feature, offset, lacking: lacking(found.filter((each) => each !== undefined)) }))
      .filter((each) => each.lacking !== ""),
  );
}

/**
 * The HTML of a template with a tag, such as html`...`.
 * @param {import("typescript/unstable/ast").Node} node
 * @returns {string | undefined}
 */
export function markupIn(node) {
  if (node.kind !== SyntaxKind.TaggedTemplateExpression || node.tag.text !== "html") return undefined;
  const { template } = node;
  if (template.kind === SyntaxKind.NoSubstitutionTemplateLiteral) return template.text;
  return template.head.text + template.templateSpans.map(({ literal }) => EXPRESSION + literal.text).join("");
}
