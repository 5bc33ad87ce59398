// Gives way to what else there is to do.

/**
 * A turn of whatever waits: by the means of browsers that have one for it, of Node, and of all others.
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
