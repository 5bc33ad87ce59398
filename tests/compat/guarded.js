// What one of our oldest browsers lacks and we use all the same: where, and why nothing breaks there.
//
// Without `file` it is harmless wherever it stands. A line that nothing needs any more is to be taken out.

/** @type {readonly { feature: string, file?: string, why: string }[]} */
export const GUARDED = [
  ...["scheduler", "Scheduler.postTask"].map((feature) => ({
    feature,
    file: "web/ui/post_task.js",
    why: "It asks whether it is there, and has another way.",
  })),
  {
    feature: "SymbolConstructor.dispose",
    file: "wasm/js/engine/handle.js",
    why: "It asks whether it is there; close() does the same.",
  },
  {
    feature: "NavigatorOnLine.onLine",
    file: "wasm/js/s3/diagnose_no_response.js",
    why: "Node, which has no location, has returned by then.",
  },
  {
    feature: "IDBFactory.databases",
    file: "web/offline/listing_db.js",
    why: "It asks whether it is there; without it, it opens the database.",
  },
  {
    feature: "AbortSignal.timeout",
    file: "web/aws/error_advice.js",
    why: "Chrome before 124 gives a fetch another error of it; any error means the same here.",
  },
  ...[
    ["isComposing", "web/app/keyboard.js"],
    ["KeyboardEvent.isComposing", "web/query/completion_actions.js"],
  ].map(([feature, file]) => ({
    feature,
    file,
    why: "Safari has it, and sends the key that ends a composition after its end.",
  })),
  { feature: "take", file: "emulator/rekognition/endpoint.js", why: "It is a method of the emulator's own." },
  { feature: "<input autocapitalize>", why: "Only keys on a screen capitalise." },
  {
    feature: "<input autocorrect>",
    why: "Only Safari corrected what is typed in an input, until others did and asked.",
  },
  { feature: "<datalist>", file: "web/sources/account_form.js", why: "Regions can be typed where none are suggested." },
  ...["crosshair", "col-resize", "default", "pointer"].map((name) => ({
    feature: `cursor: ${name}`,
    why: "iOS shows a pointer only with a mouse, in its own form.",
  })),
  { feature: "accent-color", why: "Without it, boxes have the system's colour." },
  { feature: "overflow-anchor", why: "Safari has no scroll anchoring to be turned off." },
  { feature: "overflow-anchor: none", why: "Safari has no scroll anchoring to be turned off." },
  { feature: "forced-color-adjust", why: "Safari has no forced colours." },
  { feature: "forced-color-adjust: none", why: "Safari has no forced colours." },
];
