// Lets other tasks of the page or the process run.

/**
 * Resolves after other waiting tasks had a turn: by Node's setImmediate(), or by a message. scheduler.yield() would go on
 * before timers and messages, such as the questions that a page asks its worker, and before most frames.
 * @returns {Promise<void>}
 */
export function otherTasks() {
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
