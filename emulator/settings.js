// What the environment sets of the emulator, as options of startServer.

import { createFaultPlan } from "./faults/fault_plan.js";
import { createHostCheck } from "./http/host_names.js";
import { quoted } from "./protocol/quoted.js";

/** A variable that says what it cannot say; the message names it, its value and what it may say. */
export class SettingsError extends RangeError {
  name = "SettingsError";
}

/**
 * @param {Record<string, string | undefined>} environment
 * @returns {import("./server.js").Options} throws a SettingsError when a variable says what it cannot say
 */
export function readSettings(environment) {
  const wholeNumber = (name, fallback, largest) => {
    const given = environment[name] || String(fallback);
    if (/^\d+$/.test(given) && Number(given) <= largest) return Number(given);
    throw new SettingsError(`${name} must be a whole number from 0 to ${largest}, not ${quoted(given)}.`);
  };
  const rate = wholeNumber("RATE", 0, 1_000_000);
  return {
    port: wholeNumber("PORT", 8080, 65_535),
    jobs: wholeNumber("JOBS", 2500, 10_000_000),
    seed: wholeNumber("SEED", 1, 4_294_967_295),
    strict: wholeNumber("STRICT", 0, 1) === 1,
    faults: faults(environment.FAULTS || "[]"),
    rateLimit: rate === 0 ? undefined : { rate },
    allowedHosts: allowedHosts(environment.ALLOWED_HOSTS ?? ""),
  };
}

function faults(text) {
  let plan;
  try {
    plan = JSON.parse(text);
  } catch {
    throw new SettingsError(`FAULTS must be JSON, such as [{"kind":"throttle","page":2}], not ${quoted(text)}.`);
  }
  return checked("FAULTS", plan, createFaultPlan);
}

function allowedHosts(text) {
  const hosts = text
    .split(",")
    .map((host) => host.trim())
    .filter(Boolean);
  return checked("ALLOWED_HOSTS", hosts, createHostCheck);
}

/** The value, if `check` takes it. */
function checked(name, value, check) {
  try {
    check(value);
  } catch (error) {
    throw new SettingsError(`${name}: ${error.message}`);
  }
  return value;
}
