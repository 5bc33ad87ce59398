// How busy the machine is, so that a limit in milliseconds is the page's and not its neighbours'.
const WORK = 100_000;

/** The share of a processor that a program gets just now: 1 on an idle machine. */
export function processorShare() {
  const [begin, usage] = [performance.now(), process.cpuUsage()];
  let used = 0;
  while (used < WORK) used = process.cpuUsage(usage).user;
  return Math.min(1, used / 1000 / (performance.now() - begin));
}
