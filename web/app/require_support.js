// Keeps the page from starting where unsupported.js has put its notice.

export function requireSupport() {
  if (document.getElementById("unsupported"))
    throw new Error("The page does not start: this browser lacks what it needs.");
}
