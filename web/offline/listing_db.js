// Stores listings in IndexedDB, and never a credential.

/**
 * @typedef {object} CachedListing
 * @property {string} id     of the source
 * @property {string} label
 * @property {import("../sources/identity.js").Place} place
 * @property {import("../sources/identity.js").Caller} caller  whose jobs they are; never a key
 * @property {number} jobs
 * @property {number} asOf   when they were last read from the service, in milliseconds
 * @property {Blob} snapshot  the engine's
 */

/**
 * As it is in the database: of bytes, since a private window of WebKit keeps no Blob. Earlier versions kept a Blob.
 * @typedef {Omit<CachedListing, "snapshot"> & { snapshot: ArrayBuffer | Blob }} StoredListing
 */

const DATABASE = "rekognition-jobs";
/** What an earlier one had was kept in another form, and goes. */
const VERSION = 2;
const LISTINGS = "listings";

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open() {
  const request = indexedDB.open(DATABASE, VERSION);
  request.onupgradeneeded = () => {
    const { result: database } = request;
    if (database.objectStoreNames.contains(LISTINGS)) database.deleteObjectStore(LISTINGS);
    database.createObjectStore(LISTINGS, { keyPath: "id" });
  };
  return settled(request);
}

async function within(mode, work) {
  const database = await open();
  try {
    const transaction = database.transaction(LISTINGS, mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await settled(work(transaction.objectStore(LISTINGS)));
    await done;
    return result;
  } finally {
    database.close();
  }
}

/** @returns {Promise<CachedListing[]>} the one read last first; none where the browser keeps nothing */
export async function readListings() {
  try {
    // A visit that keeps nothing leaves no database behind, where the browser can tell (Firefox from 126 on).
    if (indexedDB.databases && !(await indexedDB.databases()).some(({ name }) => name === DATABASE)) return [];
    const listings = /** @type {StoredListing[]} */ (await within("readonly", (store) => store.getAll()));
    return listings
      .map((listing) => ({ ...listing, snapshot: new Blob([listing.snapshot]) }))
      .sort((one, other) => other.asOf - one.asOf);
  } catch {
    return [];
  }
}

/** @param {CachedListing} listing */
export async function saveListing(listing) {
  const snapshot = await listing.snapshot.arrayBuffer();
  await within("readwrite", (store) => store.put({ ...listing, snapshot }));
}

/**
 * Tells whose jobs are in a listing, if it is kept.
 * @param {string} id
 * @param {import("../sources/identity.js").Caller} caller
 */
export function saveCaller(id, caller) {
  return within("readwrite", (store) => {
    const found = store.get(id);
    found.addEventListener("success", () => found.result && store.put({ ...found.result, caller }));
    return found;
  });
}

/** @param {string} id */
export function deleteListing(id) {
  return within("readwrite", (store) => store.delete(id));
}

/** Leaves nothing of this page on the device. */
export async function clearStorage() {
  await settled(indexedDB.deleteDatabase(DATABASE));
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) if (key.startsWith("rekognition-jobs")) storage.removeItem(key);
  }
}
