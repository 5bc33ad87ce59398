// Runs a task after this one, so that keys and frames can come between.

/**
 * Without a scheduler it uses a message channel: timers of a hidden tab take a second each.
 * @param {() => void} task
 */
export function postTask(task) {
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
