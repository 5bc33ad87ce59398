// Sets CSS properties of an element through the CSSOM, which the strict policy allows where it refuses style="".
import { noChange } from "lit";
import { Directive, directive } from "lit/directive.js";

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

/** In the place of an attribute: <div ${properties({ height: "10px" })}>. */
export const properties = directive(Properties);
