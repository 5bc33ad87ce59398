// Closes a menu (details.menu) on Escape, on a press outside, or when the focus leaves it.

const OPEN = "details.menu[open]";

function closeMenusExcept(kept) {
  for (const menu of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(OPEN))) {
    if (!kept || !menu.contains(kept)) menu.open = false;
  }
}

export function listenForMenus() {
  addEventListener("pointerdown", (event) => closeMenusExcept(event.target));
  addEventListener("focusin", (event) => closeMenusExcept(event.target));
  addEventListener(
    "keydown",
    (event) => {
      const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector(OPEN));
      if (event.key !== "Escape" || !menu) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      menu.open = false;
      menu.querySelector("summary").focus();
    },
    { capture: true },
  );
}
