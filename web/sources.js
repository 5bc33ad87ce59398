// Where jobs come from: the account behind the page, accounts connected to, listings kept here, and files.
import { fromCognitoIdentityPool } from "rekognition-jobs";
import { nameOf, readFiles } from "./file_reading.js";
import { createKeeper } from "./keeper.js";
import { forgetAll, readListings } from "./kept_listings.js";
import { answerWithPages } from "./kept_pages.js";
import { createServiceAccount } from "./service_account.js";
import { createReading } from "./service_reading.js";
import { readSiteSettings } from "./site_settings.js";
import { newSource } from "./state.js";
import { describeTrouble } from "./trouble.js";

const ACCOUNT = "account";
const FILE = "file";

const page = () => new URL(".", location.href);

/**
 * Where an account is, as people read it.
 * @param {import("./service_account.js").Place} place
 */
function nameOfPlace({ endpoint, region, useFipsEndpoint, useDualstackEndpoint }) {
  const variants = [useFipsEndpoint ? "FIPS" : "", useDualstackEndpoint ? "dual-stack" : ""].filter(Boolean);
  const name = endpoint?.replace(/^\w+:\/\//, "").replace(/\/$/, "") ?? region;
  return [name, ...variants].join(", ");
}

/** @param {import("./service_account.js").Place} place */
function guestsOf({ identityPoolId, endpoint }) {
  return fromCognitoIdentityPool({ identityPoolId, ...(endpoint ? { endpoint } : {}) });
}

/**
 * @param {import("./state.js").Store} store
 * @param {{ onJobs: () => void, onSwitch: () => void }} tell  onJobs: the shown source's jobs have changed;
 *   onSwitch: another source is to be shown
 */
export function createSources(store, { onJobs, onSwitch }) {
  /**
   * @type {Map<string, { account: import("./service_account.js").ServiceAccount,
   *   reading: import("./service_reading.js").Reading }>}
   */
  const open = new Map();
  /** @type {Map<string, import("./kept_listings.js").KeptListing>} read from the device, not yet opened */
  const waiting = new Map();
  const keeper = createKeeper(store, (id) => open.get(id)?.account.place);

  const source = (id) => store.state.sources.find((each) => each.id === id);

  function changed(id) {
    if (id === store.state.source) onJobs();
  }

  function put(id, facts) {
    const { sources } = store.state;
    const next = newSource({ id, ...facts });
    store.set({ sources: source(id) ? sources.map((each) => (each.id === id ? next : each)) : [...sources, next] });
  }

  function show(id) {
    store.set({ source: id });
    onSwitch();
  }

  async function openAccount(id, place, means) {
    const account = await createServiceAccount(place, means);
    const reading = createReading(store, id, account, {
      onJobs: () => changed(id),
      onRead({ added, updated }) {
        if (added + updated > 0) keeper.changed(id);
      },
    });
    open.get(id)?.account.jobs.close();
    open.set(id, { account, reading });
    store.setSource(id, { jobs: account.jobs });
    return { account, reading };
  }

  /** Shows a kept listing at once, then asks for what came since. */
  async function openKept(id, means) {
    const listing = waiting.get(id);
    waiting.delete(id);
    try {
      const { account, reading } = await openAccount(id, listing.place, means);
      store.setSource(id, { busy: { doing: "Opening" } });
      await account.loadKept(answerWithPages(listing.pages));
      store.setSource(id, {
        busy: null,
        asOf: new Date(listing.asOf),
        notice: "kept on this device",
        complete: true,
      });
      changed(id);
      await reading.refresh();
    } catch (error) {
      store.setSource(id, { busy: null, error: { ...(await describeTrouble(error)), retry: () => choose(id) } });
      changed(id);
    }
  }

  /** Opens the account behind the page. */
  async function start() {
    store.setSource(ACCOUNT, { busy: { doing: "Starting" }, error: null });
    const { label, endpoint, s3Endpoint, region, identityPoolId } = await readSiteSettings();
    const own = endpoint && new URL(endpoint, page()).href;
    try {
      const sample = endpoint || region ? undefined : await import("./sample_account.js");
      const means = sample ? { fetch: sample.createSampleFetch() } : {};
      const place = {
        region: region ?? "us-east-1",
        endpoint: sample ? page().href : own,
        s3Endpoint: sample ? sample.SAMPLE_S3 : s3Endpoint && new URL(s3Endpoint, page()).href,
      };
      const full = identityPoolId ? { ...place, identityPoolId } : { ...place, unsigned: true };
      if (identityPoolId) means.credentials = guestsOf(full);
      if (label) store.setSource(ACCOUNT, { label });
      store.setSource(ACCOUNT, { region: full.region, endpoint: own ?? "" });
      if (waiting.has(ACCOUNT)) {
        waiting.get(ACCOUNT).place = full;
        await openKept(ACCOUNT, means);
        return;
      }
      const { reading } = await openAccount(ACCOUNT, full, means);
      await reading.load();
    } catch (error) {
      store.setSource(ACCOUNT, { busy: null, error: { ...(await describeTrouble(error)), retry: start } });
      changed(ACCOUNT);
    }
  }

  /** Shows what was kept here, of which the listing read last comes first. */
  async function findKept() {
    const listings = await readListings();
    for (const listing of listings) {
      const { id, label, place, jobs, asOf, pages } = listing;
      waiting.set(id, listing);
      const facts = {
        label,
        kept: true,
        keptJobs: jobs,
        keptBytes: pages.reduce((sum, { size }) => sum + size, 0),
        asOf: new Date(asOf),
        canRefresh: true,
        region: place.region,
        endpoint: place.endpoint ?? "",
      };
      if (id === ACCOUNT) store.setSource(id, facts);
      else put(id, facts);
    }
    return listings[0]?.id ?? ACCOUNT;
  }

  /** A source that is chosen for the first time is opened then. */
  async function ensureOpen(id) {
    if (source(id)?.jobs || source(id)?.busy) return;
    if (id === ACCOUNT) await start();
    else if (waiting.has(id)) {
      const { place } = waiting.get(id);
      await openKept(id, place.identityPoolId ? { credentials: guestsOf(place) } : {});
    }
  }

  function choose(id) {
    show(id);
    return ensureOpen(id);
  }

  return {
    choose,
    async start() {
      addEventListener("online", () => {
        const { error } = source(store.state.source) ?? {};
        if (error?.isOffline) error.retry();
      });
      store.set({ sources: [newSource({ id: ACCOUNT, label: "Sample account", canRefresh: true })] });
      const first = await findKept();
      store.set({ source: first });
      await ensureOpen(first);
    },

    /**
     * Connects to an account of the service; one of the same place gets the new credentials and is refreshed.
     * @param {import("./service_account.js").Place} place
     * @param {import("rekognition-jobs").CredentialProvider} [credentials]
     */
    async connect(place, credentials = place.identityPoolId ? guestsOf(place) : undefined) {
      const id = place.endpoint ?? nameOfPlace(place);
      const known = open.get(id);
      if (waiting.has(id)) {
        show(id);
        openKept(id, { credentials });
        return;
      }
      if (known && credentials && !known.account.place.unsigned) {
        known.account.signIn(credentials);
        show(id);
        known.reading.goOn();
        return;
      }
      const { account, reading } = await openAccount(id, place, { credentials });
      put(id, {
        label: nameOfPlace(place),
        canRefresh: true,
        region: place.region,
        endpoint: place.endpoint ?? "",
        jobs: account.jobs,
      });
      show(id);
      reading.load();
    },

    async refresh() {
      const { source: id } = store.state;
      if (source(id)?.canRefresh && !source(id).stopped) await open.get(id)?.reading.refresh();
    },
    stop: () => open.get(store.state.source)?.reading.stop(),
    goOn: () => open.get(store.state.source)?.reading.goOn(),

    /**
     * Shows the jobs of these files instead of what is shown.
     * @param {File[]} files
     */
    async open(files) {
      if (files.length === 0) return;
      await readFiles(files, {
        show(facts) {
          source(FILE)?.jobs?.close();
          put(FILE, { label: nameOf(files), ...facts });
          show(FILE);
        },
        change: (facts) => store.setSource(FILE, facts),
        isShown: (jobs) => source(FILE)?.jobs === jobs,
        onJobs: () => changed(FILE),
        retry: () => this.open(files),
      });
    },

    /** @param {boolean} kept  whether the shown source is kept on this device from now on */
    keep: (kept) => keeper.set(store.state.source, kept),
    /** Forgets what is on the device, and closes the accounts that were connected to, with their credentials. */
    async forget() {
      waiting.clear();
      await forgetAll();
      for (const [id, { account }] of open) {
        if (id === ACCOUNT) continue;
        account.jobs.close();
        open.delete(id);
      }
      const sources = store.state.sources.filter(({ id }) => id === ACCOUNT || id === FILE);
      store.set({ sources: sources.map((each) => ({ ...each, kept: false, keptBytes: 0 })) });
      await choose(source(store.state.source) ? store.state.source : ACCOUNT);
    },
  };
}
