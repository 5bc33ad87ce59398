// Stores listings in IndexedDB, and never a credential.

/**
 * @typedef {object} CachedListing
 * @property {string} id     of the source
 * @property {string} label
 * @property {import("../sources/identity.js").Place} place
 * @property {import("../sources/identity.js").Caller} caller  whose jobs they are; never a key
 * @property {number} jobs
 * @property {number} asOf   when they were last read from the service, in milliseconds
 * @property {Blob[]} pages
 */

const DATABASE = "rekognition-jobs";
const LISTINGS = "listings";

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(LISTINGS, { keyPath: "id" });
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

/** Listings that were kept before callers were told apart name a pool or none in their place, and of keys nothing. */
function withCaller({ place: { unsigned, identityPoolId, ...place }, caller, ...listing }) {
  const before = unsigned ? { how: "none" } : identityPoolId ? { how: "pool", identityPoolId } : { how: "keys", keys: [] };
  return { ...listing, place, caller: caller ?? before };
}

/** @returns {Promise<CachedListing[]>} the one read last first; none where the browser keeps nothing */
export async function readListings() {
  try {
    // A visit that keeps nothing leaves no database behind.
    if (!(await indexedDB.databases()).some(({ name }) => name === DATABASE)) return [];
    const listings = await within("readonly", (store) => store.getAll());
    return listings.map(withCaller).sort((one, other) => other.asOf - one.asOf);
  } catch {
    return [];
  }
}

/** @param {CachedListing} listing */
export function saveListing(listing) {
  return within("readwrite", (store) => store.put(listing));
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
