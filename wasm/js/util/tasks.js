// Lets other tasks of the page or the process run.

/**
 * Resolves after other waiting tasks had a turn: by scheduler.yield(), by Node's setImmediate(), or by a message.
 * @returns {Promise<void>}
 */
export function otherTasks() {
  if (globalThis.scheduler?.yield) return globalThis.scheduler.yield();
  if (globalThis.setImmediate) return new Promise((resolve) => globalThis.setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
