// A task after this one, so that keys and frames can come between.

/** @param {() => void} task */
export function later(task) {
  if (globalThis.scheduler?.postTask) scheduler.postTask(task, { priority: "user-visible" });
  else setTimeout(task);
}
