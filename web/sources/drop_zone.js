// Opens files dropped anywhere on the page, and files or text pasted outside a text field.
import { html, nothing } from "lit-html";
import { isTextField } from "../ui/text_field.js";

const holdsFiles = (transfer) => transfer?.types.includes("Files") ?? false;

/**
 * @param {{ dragging: (over: boolean) => void, open: (files: File[]) => void }} tell
 */
export function listenForFiles({ dragging, open }) {
  // Where the file is. WebKit does not tell where it goes, so the page is left when this is, and nothing else is entered.
  let entered = null;
  addEventListener("dragenter", (event) => {
    entered = event.target;
  });
  addEventListener("dragover", (event) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    dragging(true);
  });
  addEventListener("dragleave", (event) => {
    if (event.target === entered) dragging(false);
  });
  addEventListener("drop", (event) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    dragging(false);
    open([...event.dataTransfer.files]);
  });
  addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (files.length === 0 && (isTextField(event.target) || text.trim() === "")) return;
    event.preventDefault();
    open(files.length > 0 ? files : [new File([text], "pasted text", { type: "application/json" })]);
  });
}

/** @param {import("../state/state.js").State} state */
export function dropZone(state) {
  if (!state.dragging) return nothing;
  return html`<div class="drop-zone"><p>Drop a job listing, a results file or a manifest summary</p></div>`;
}
