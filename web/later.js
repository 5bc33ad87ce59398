// A task after this one, so that keys and frames can come between.

/**
 * A timer would do where there is no scheduler, but in a hidden tab each takes a second.
 * @param {() => void} task
 */
export function later(task) {
  if (globalThis.scheduler?.postTask) {
    scheduler.postTask(task, { priority: "user-visible" });
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    task();
  };
  port2.postMessage(undefined);
}
