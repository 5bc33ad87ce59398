// Tells the fields that take text, and with it letters and pasted text, from other controls.

/** The types of an input that take no text: https://html.spec.whatwg.org/multipage/input.html */
const OTHER_TYPES = ["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"];
const FIELDS = [
  `input${OTHER_TYPES.map((type) => `:not([type="${type}"])`).join("")}`,
  "textarea",
  "[contenteditable]",
];
// A letter chooses the option that begins with it.
const SELECTOR = [...FIELDS, "select"].join();

/** @param {unknown} target of an event */
export function isTextField(target) {
  return target instanceof Element && target.matches(SELECTOR);
}
