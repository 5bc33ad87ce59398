// A menu (details.menu) closes by Escape, a press beside it, or when the focus leaves it.

const OPEN = "details.menu[open]";

function closeBut(kept) {
  for (const menu of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(OPEN))) {
    if (!kept || !menu.contains(kept)) menu.open = false;
  }
}

export function listenForMenus() {
  addEventListener("pointerdown", (event) => closeBut(event.target));
  addEventListener("focusin", (event) => closeBut(event.target));
  addEventListener("keydown", (event) => {
    const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector(OPEN));
    if (event.key !== "Escape" || !menu) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  }, { capture: true });
}
