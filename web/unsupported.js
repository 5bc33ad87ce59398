// Shows a notice in a browser that lacks what the page needs. It runs in browsers of 2016 too, before the page's own scripts.

/** (module (func (result v128) i32.const 0 i8x16.splat i8x16.popcnt)) */
const SIMD_MODULE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
];

/** What browsers have had last of all that the page needs. @type {[string, () => boolean][]} */
const NEEDED = [
  ["light-dark() colours in CSS", () => CSS.supports("color", "light-dark(#000, #fff)")],
  ["WebAssembly with SIMD", () => typeof WebAssembly === "object" && WebAssembly.validate(new Uint8Array(SIMD_MODULE))],
];

/** @param {HTMLElement} parent @param {string} name @param {string} text */
function add(parent, name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  parent.appendChild(element);
}

/** Leaves the page's styles out: what they are made of may be what is lacking. @param {string[]} lacking */
function showNotice(lacking) {
  const styles = document.querySelector("link[rel=stylesheet]");
  if (styles) styles.parentNode.removeChild(styles);
  const notice = document.createElement("main");
  notice.id = "unsupported";
  notice.style.cssText = "max-width: 34em; margin: 2em auto; padding: 0 1em; font: 16px/1.5 system-ui, sans-serif";
  add(notice, "h1", "This browser cannot show this page");
  add(notice, "p", `It lacks ${lacking.join(" and ")}.`);
  add(notice, "p", `The page needs ${OLDEST_BROWSERS}, or a newer version of one of them.`);
  if (lacking.indexOf("WebAssembly with SIMD") !== -1) {
    add(
      notice,
      "p",
      "If your browser is newer, WebAssembly is turned off in it, for example by Safari's Lockdown Mode.",
    );
  }
  document.body.appendChild(notice);
}

const lacking = NEEDED.filter(([, isThere]) => !isThere()).map(([name]) => name);
if (lacking.length > 0) showNotice(lacking);
