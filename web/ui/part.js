// Renders a part of the screen again only when something that it read has changed.
//
// A directive that makes templates while lit renders them reads the state where the part cannot see it, so lit's guard and
// repeat are used in this file alone.
import { computed } from "@preact/signals-core";
import { guard } from "lit-html/directives/guard.js";
import { repeat } from "lit-html/directives/repeat.js";

/**
 * Makes a part that is rendered again when a signal that it read has changed.
 * @param {() => unknown} template
 */
export function part(template) {
  const made = computed(template);
  return () => guard([made.value], () => made.value);
}

/**
 * Renders one of many again only when an input has changed: the template must read nothing else.
 * @template {unknown[]} Inputs
 * @param {(...inputs: Inputs) => unknown} template
 * @param {Inputs} inputs
 */
export function memo(template, ...inputs) {
  return guard(inputs, () => template(...inputs));
}

/**
 * Renders a list whose elements move along with their keys.
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T, index: number) => unknown} keyOf
 * @param {(item: T, index: number) => unknown} template
 */
export function keyed(items, keyOf, template) {
  const made = items.map((item, index) => [keyOf(item, index), template(item, index)]);
  return repeat(
    made,
    ([key]) => key,
    ([, drawn]) => drawn,
  );
}
