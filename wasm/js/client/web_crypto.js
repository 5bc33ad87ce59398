// The `crypto` that signs requests; aws4fetch is built with it.
import { platform } from "../platform/platform.js";

export const crypto = {
  get subtle() {
    // jsdom's has none.
    return platform.subtle ?? globalThis.crypto.subtle ?? platform.builtin?.("node:crypto").webcrypto.subtle;
  },
};
