// Lets other tasks of the page or the process run.
import { platform } from "../platform/platform.js";

/**
 * Resolves after other waiting tasks had a turn: by the platform's own way, by a message, or by a timer.
 * scheduler.yield() would go on before timers and messages, such as the questions that a page asks its worker, and
 * before most frames.
 * @returns {Promise<void>}
 */
export function otherTasks() {
  return new Promise((resolve) => {
    if (platform.nextTask) platform.nextTask(resolve);
    else if (globalThis.MessageChannel) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    } else setTimeout(resolve);
  });
}
