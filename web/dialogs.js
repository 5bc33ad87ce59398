// Lets what lies over the page cover it: a dialog is drawn like all else, but covers only once it has been shown.

/** To be called after each drawing. */
export function raiseDialogs() {
  /** @type {NodeListOf<HTMLDialogElement>} */
  const hidden = document.querySelectorAll("dialog:not([open])");
  for (const dialog of hidden) dialog.showModal();
}

/**
 * Listeners by which Esc and a click beside a dialog close it.
 * @param {() => void} close
 */
export function closing(close) {
  return {
    cancel(event) {
      if (event.target !== event.currentTarget) return;
      event.preventDefault();
      close();
    },
    click(event) {
      if (event.target === event.currentTarget) close();
    },
  };
}
