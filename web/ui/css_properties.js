// Sets CSS properties of an element through the CSSOM, which the page's policy allows, unlike style="".
import { noChange } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";

class Properties extends Directive {
  #before = {};

  /** @param {Record<string, string>} _values */
  render(_values) {
    return noChange;
  }

  update(part, [values]) {
    for (const [name, value] of Object.entries(values)) {
      if (this.#before[name] !== value) part.element.style.setProperty(name, value);
    }
    this.#before = values;
    return noChange;
  }
}

/** Use it in the position of an attribute: <div ${cssProperties({ height: "10px" })}>. */
export const cssProperties = directive(Properties);
