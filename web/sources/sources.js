// Manages the data sources: the account behind the page, connected accounts, stored listings, and files.
import { hostsOf, SnapshotError } from "rekognition-jobs";
import { poolCredentials } from "../engine/engine.js";
import { hasStopped, tellIfStopped } from "../state/engine_errors.js";
import { nameOf, importFiles } from "./file_importer.js";
import { idOf, isSameCaller, isSamePlace, joined, nameOfPlace } from "./identity.js";
import { createOfflineCache } from "../offline/offline_cache.js";
import { deleteListing, clearStorage, saveListing, readListings } from "../offline/listing_db.js";
import { createServiceAccount } from "./service_account.js";
import { createJobLoader } from "./job_loader.js";
import { loadRest } from "./rest_loader.js";
import { readSiteSettings } from "./site_settings.js";
import { newSource } from "../state/state.js";
import { plural } from "../ui/format.js";
import { STOPPED, diagnose } from "../aws/error_advice.js";

/**
 * @typedef {import("./identity.js").Identity} Identity
 * @typedef {Identity & { credentials?: import("rekognition-jobs").CredentialProvider }} Request  to connect to an account
 */

const ACCOUNT = "account";
const FILE = "file";

const page = () => new URL(".", location.href);

/**
 * What a pool's guests are signed in by; nothing for other callers.
 * @param {Identity} identity
 */
function guestCredentials({ place: { endpoint }, caller }) {
  if (caller.how !== "pool" || caller.login) return undefined;
  return poolCredentials({ identityPoolId: caller.identityPoolId, ...(endpoint ? { endpoint } : {}) });
}

/**
 * @param {import("../state/state.js").Store} store
 * @param {{ onJobs: () => void, onSwitch: () => void }} tell  onJobs: the shown source's jobs have changed;
 *   onSwitch: another source is to be shown
 */
export function createSources(store, { onJobs, onSwitch }) {
  /**
   * @type {Map<string, { account: import("./service_account.js").ServiceAccount,
   *   loader: import("./job_loader.js").JobLoader }>}
   */
  const open = new Map();
  /** @type {Map<string, import("../offline/listing_db.js").CachedListing>} read from the device, not yet opened */
  const pending = new Map();
  /** @type {Map<string, import("rekognition-jobs").AsyncJobs>} whose engine has stopped, until they are read again */
  const stopped = new Map();
  /** @type {File[]} */
  let files = [];
  const offlineCache = createOfflineCache(store, (id) => open.get(id)?.account);

  const source = (id) => store.state.sources.find((each) => each.id === id);

  function changed(id) {
    if (id === store.state.source) onJobs();
  }

  function upsert(id, facts) {
    const { sources } = store.state;
    const next = newSource({ id, ...facts });
    store.set({ sources: source(id) ? sources.map((each) => (each.id === id ? next : each)) : [...sources, next] });
  }

  function show(id) {
    store.set({ source: id });
    onSwitch();
  }

  function closeJobs(id) {
    source(id)?.jobs?.close();
    stopped.get(id)?.close();
    stopped.delete(id);
  }

  /**
   * @param {Identity} identity
   * @param {Blob} [snapshot]
   */
  async function openAccount(id, identity, transport, snapshot) {
    const account = await createServiceAccount(identity, transport, snapshot);
    const loader = createJobLoader(store, id, account, {
      onJobs: () => changed(id),
      onRead({ added, updated }) {
        if (added + updated > 0) offlineCache.changed(id);
      },
    });
    const count = await account.jobs.size;
    closeJobs(id);
    open.set(id, { account, loader });
    store.setSource(id, { jobs: account.jobs, count });
    return { account, loader };
  }

  /** What was kept cannot be read any more: the account is read anew. */
  async function discardCached(id, identity, transport) {
    await deleteListing(id).catch(() => {});
    store.setSource(id, { cached: false, cachedBytes: 0, loadedAt: null });
    return openAccount(id, identity, transport);
  }

  /** Shows a kept listing at once, then asks for what came since. */
  async function openCached(id, transport) {
    const listing = pending.get(id);
    pending.delete(id);
    try {
      store.setSource(id, { busy: { activity: "Opening" }, error: null });
      let isReadable = true;
      const { loader } = await openAccount(id, listing, transport, listing.snapshot).catch((error) => {
        if (!(error instanceof SnapshotError)) throw error;
        isReadable = false;
        return discardCached(id, listing, transport);
      });
      if (!isReadable) return await loader.load();
      store.setSource(id, {
        busy: null,
        loadedAt: new Date(listing.asOf),
        notice: "Loaded from this device",
        complete: true,
      });
      changed(id);
      await loader.refresh();
    } catch (error) {
      if (tellIfStopped(error)) return;
      if (!open.has(id)) pending.set(id, listing);
      store.setSource(id, { busy: null, error: { ...(await diagnose(error)), retry: () => choose(id) } });
      changed(id);
    }
  }

  /** The listing that was kept of the account behind the page, unless the host has put another one there. */
  function cachedForPage({ place, caller }) {
    const listing = pending.get(ACCOUNT);
    if (!listing) return undefined;
    if (isSamePlace(listing.place, place) && isSameCaller(listing.caller, caller)) return listing;
    const other = { ...listing, id: freeId(listing), label: freeLabel(listing.label, listing.caller) };
    pending.delete(ACCOUNT);
    store.setSource(ACCOUNT, { cached: false, cachedBytes: 0, loadedAt: null });
    pending.set(other.id, other);
    upsert(other.id, factsOfCached(other));
    saveListing(other)
      .then(() => deleteListing(ACCOUNT))
      .catch(() => {});
    return undefined;
  }

  /** Opens the account behind the page. */
  async function start() {
    store.setSource(ACCOUNT, { busy: { activity: "Starting" }, error: null });
    const { label, endpoint, s3Endpoint, region, identityPoolId } = await readSiteSettings();
    const own = endpoint && new URL(endpoint, page()).href;
    try {
      const sample = endpoint || region ? undefined : await import("../../emulator/sample_account.js");
      const place = {
        region: region ?? "us-east-1",
        endpoint: sample ? page().href : own,
        s3Endpoint: sample ? sample.SAMPLE_S3 : s3Endpoint && new URL(s3Endpoint, page()).href,
      };
      /** @type {Identity} */
      const identity = { place, caller: identityPoolId ? { how: "pool", identityPoolId } : { how: "none" } };
      const transport = {
        ...(sample ? { fetch: sample.createSampleFetch() } : {}),
        credentials: guestCredentials(identity),
      };
      if (label) store.setSource(ACCOUNT, { label });
      store.setSource(ACCOUNT, { isSample: sample !== undefined });
      store.setSource(ACCOUNT, { region: place.region, endpoint: own ?? "" });
      if (cachedForPage(identity)) {
        await openCached(ACCOUNT, transport);
        return;
      }
      const { loader } = await openAccount(ACCOUNT, identity, transport);
      await loader.load();
    } catch (error) {
      store.setSource(ACCOUNT, { busy: null, error: { ...(await diagnose(error)), retry: start } });
      changed(ACCOUNT);
    }
  }

  /** @param {import("../offline/listing_db.js").CachedListing} listing */
  function factsOfCached({ label, place, asOf, snapshot }) {
    return {
      label,
      cached: true,
      cachedBytes: snapshot.size,
      loadedAt: new Date(asOf),
      canRefresh: true,
      ...factsOf(place),
    };
  }

  /** @param {import("./identity.js").Place} place */
  function factsOf(place) {
    return { region: place.region, endpoint: place.endpoint ?? "", place };
  }

  /** Shows what was kept here, of which the listing read last comes first. */
  async function restoreCached() {
    const listings = await readListings();
    for (const listing of listings) {
      const { id } = listing;
      pending.set(id, listing);
      if (id === ACCOUNT) store.setSource(id, factsOfCached(listing));
      else upsert(id, factsOfCached(listing));
    }
    return listings[0]?.id ?? ACCOUNT;
  }

  /** A source that is chosen for the first time is opened then. */
  async function ensureOpen(id) {
    if (source(id)?.jobs || source(id)?.busy || stopped.has(id)) return;
    if (id === ACCOUNT) await start();
    else if (pending.has(id)) await openCached(id, { credentials: guestCredentials(pending.get(id)) });
  }

  function choose(id) {
    show(id);
    return ensureOpen(id);
  }

  /** @returns {Identity} */
  const identityOf = (id) => open.get(id)?.account ?? pending.get(id);

  /** Of a source that has never brought anything, no job can be mixed with another account's. */
  function isEmpty(id) {
    const { jobs, count, busy, complete, cached } = source(id);
    return jobs !== null && count === 0 && !busy && !complete && !cached;
  }

  /**
   * The source that is this caller's at this place, or else those of which only the person can know. The page's own is
   * its host's.
   * @param {Identity} identity
   */
  function claimed({ place, caller }) {
    const here = [...open.keys(), ...pending.keys()].filter(
      (id) => id !== ACCOUNT && isSamePlace(identityOf(id).place, place),
    );
    const isSame = (id) => isSameCaller(identityOf(id).caller, caller);
    const doubtful = here.filter((id) => isSame(id) === undefined);
    return { own: here.find(isSame) ?? doubtful.find(isEmpty), doubtful };
  }

  /** @param {import("./identity.js").Caller} caller */
  function freeLabel(label, caller) {
    const isFree = (name) => store.state.sources.every((each) => each.label !== name);
    if (isFree(label)) return label;
    const ofAccount = caller.how === "keys" && caller.account ? `${label} (account ${caller.account})` : "";
    if (ofAccount && isFree(ofAccount)) return ofAccount;
    let number = 2;
    while (!isFree(`${label} (${number})`)) number += 1;
    return `${label} (${number})`;
  }

  /** A source that was empty may have come to be another caller's than its id says. @param {Identity} identity */
  function freeId(identity) {
    let id = idOf(identity);
    while (source(id)) id += "+";
    return id;
  }

  /** Goes on with a source by new credentials of its own account, once it is kept whose they are. */
  async function resumeAs(id, { caller, credentials }) {
    const before = identityOf(id).caller;
    const as = isEmpty(id) ? caller : joined(before, caller);
    const isNews = JSON.stringify(as) !== JSON.stringify(before);
    show(id);
    if (pending.has(id)) {
      const listing = { ...pending.get(id), caller: as };
      pending.set(id, listing);
      if (isNews) await saveListing(listing).catch(() => {});
      openCached(id, { credentials });
      return;
    }
    const { account, loader } = open.get(id);
    if (credentials) account.signIn(credentials, as);
    if (isNews) await offlineCache.identified(id);
    if (stopped.has(id)) readAgain(id);
    else {
      loader.settled().then(() => {
        if (!source(id).busy) loader.resume();
      });
    }
  }

  /** Makes a source anew whose engine has stopped. */
  async function readAgain(id) {
    if (id === FILE) return openFiles(files);
    const { place, caller, transport } = open.get(id).account;
    const cached = source(id).cached && (await readListings()).find((each) => each.id === id);
    show(id);
    if (cached) {
      pending.set(id, { ...cached, place, caller });
      return openCached(id, transport);
    }
    const { loader } = await openAccount(id, { place, caller }, transport);
    await loader.load();
  }

  /** @param {File[]} chosen */
  async function openFiles(chosen) {
    if (chosen.length === 0) return;
    files = chosen;
    await importFiles(files, {
      show(facts) {
        closeJobs(FILE);
        upsert(FILE, { label: nameOf(files), ...facts });
        show(FILE);
      },
      change: (facts) => store.setSource(FILE, facts),
      isShown: (jobs) => source(FILE)?.jobs === jobs,
      onJobs: () => changed(FILE),
      retry: () => openFiles(chosen),
    });
  }

  return {
    choose,
    async start() {
      addEventListener("online", () => {
        const { error } = source(store.state.source) ?? {};
        if (error?.isOffline) error.retry();
      });
      store.set({ sources: [newSource({ id: ACCOUNT, label: "Sample account", canRefresh: true })] });
      const first = await restoreCached();
      store.set({ source: first });
      await ensureOpen(first);
    },

    /**
     * Connects to an account of the service: goes on with its source, or makes one.
     * @param {Request} request
     * @param {string | null} [into]  the source that the person says is of the same account; null: none is
     * @returns {Promise<{ id: string, label: string }[]>} the sources that may be of the same account, when the person
     *   has to say so first; nothing has been done then
     */
    async connect(request, into) {
      hostsOf(request.place);
      const { own, doubtful } = claimed(request);
      const id = own ?? doubtful.find((each) => each === into);
      if (id === undefined && into === undefined && doubtful.length > 0) return doubtful.map(source);
      const credentials = request.credentials ?? guestCredentials(request);
      if (id !== undefined) {
        await resumeAs(id, { caller: request.caller, credentials });
        return [];
      }
      const { place, caller } = request;
      const added = freeId(request);
      const { account, loader } = await openAccount(added, { place, caller }, { credentials });
      const label = freeLabel(nameOfPlace(place), caller);
      upsert(added, { label, canRefresh: true, ...factsOf(place), jobs: account.jobs });
      show(added);
      loader.load();
      return [];
    },

    async refresh() {
      const { source: id } = store.state;
      if (source(id)?.canRefresh && source(id).jobs && !source(id).paused) await open.get(id)?.loader.refresh();
    },
    stop: () => open.get(store.state.source)?.loader.stop(),
    resume: () => open.get(store.state.source)?.loader.resume(),

    /** Shows the jobs of these files instead of what is shown. */
    open: openFiles,

    /**
     * Loads the rest of the shown file's list into its jobs. After an error it can be gone on with.
     * @param {string} id  the account that the list is of
     */
    async loadRest(id) {
      const { jobs, part } = source(FILE);
      const change = (facts) => source(FILE)?.jobs === jobs && store.setSource(FILE, facts);
      const activity = `Loading from ${source(id).label}`;
      change({ busy: { activity }, error: null });
      try {
        await loadRest(jobs, source(id).jobs, part.NextToken, (pages, count, NextToken) => {
          change({ busy: { activity, pages, jobs: count }, count, part: NextToken ? { ...part, NextToken } : null });
          changed(FILE);
          return source(FILE)?.jobs === jobs;
        });
        change({ busy: null, notice: `${plural(await jobs.size, "job")} loaded` });
      } catch (error) {
        if (tellIfStopped(error)) return;
        const diagnosis = await diagnose(error);
        change({ busy: null, error: { ...diagnosis, retry: () => this.loadRest(id) } });
      }
    },

    /** Nothing more is asked of engines that have stopped: their sources wait to be read again. */
    async setStoppedAside() {
      for (const { id, jobs } of store.state.sources) {
        if (!(await hasStopped(jobs)) || source(id)?.jobs !== jobs) continue;
        stopped.set(id, jobs);
        store.setSource(id, {
          jobs: null,
          busy: null,
          notice: "",
          loadedAt: null,
          error: { ...STOPPED, retry: () => readAgain(id) },
        });
        changed(id);
      }
    },

    /** @param {boolean} cached  whether the shown source is kept on this device from now on */
    keep: (cached) => offlineCache.set(store.state.source, cached),
    /** Forgets what is on the device, and closes the accounts that were connected to, with their credentials. */
    async forget() {
      pending.clear();
      await clearStorage();
      for (const id of open.keys()) {
        if (id === ACCOUNT) continue;
        closeJobs(id);
        open.delete(id);
      }
      const sources = store.state.sources.filter(({ id }) => id === ACCOUNT || id === FILE);
      store.set({ sources: sources.map((each) => ({ ...each, cached: false, cachedBytes: 0 })) });
      await choose(source(store.state.source) ? store.state.source : ACCOUNT);
    },
  };
}
