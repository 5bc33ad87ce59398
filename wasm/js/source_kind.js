// sourceKind(): tells what a source holds. It loads the recogniser when it is first called.
import { abortable, linkSignals } from "./util/abort.js";

/** @type {typeof import("../index.d.ts").sourceKind} */
export async function sourceKind(source, { formatsWasm, signal } = {}) {
  const link = linkSignals([signal]);
  try {
    const { recognised } = await abortable(import("./engine/source_kind.js"), link.signal);
    const load = async () => (await import("./formats_module.js")).instantiate(formatsWasm);
    return (await recognised(source, load, link.signal)).kind;
  } finally {
    link.unlink();
  }
}
