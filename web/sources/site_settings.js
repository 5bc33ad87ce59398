// Reads the host's settings of the account behind the page: settings.json, any member of which may be absent.
import { fetchPreloaded } from "../ui/fetch_preloaded.js";

/**
 * @typedef {object} SiteSettings
 * @property {string} [label]           what the account is called
 * @property {string} [endpoint]        relative to the page; the emulator's host names itself
 * @property {string} [s3Endpoint]      the same, of the S3 that jobs write to
 * @property {string} [region]
 * @property {string} [identityPoolId]  whose guests may list the jobs
 */

const TEXTS = ["label", "endpoint", "s3Endpoint", "region", "identityPoolId"];

/** @returns {Promise<SiteSettings>} nothing where the host has no such file */
export async function readSiteSettings() {
  try {
    const response = await fetchPreloaded("settings.json");
    if (!response.ok) return {};
    const settings = await response.json();
    return Object.fromEntries(
      TEXTS.filter((name) => typeof settings?.[name] === "string").map((name) => [name, settings[name]]),
    );
  } catch {
    return {};
  }
}
