// The `crypto` that signs requests; aws4fetch is built with it.
import { platform } from "../platform/platform.js";

export const crypto = {
  get subtle() {
    return platform.subtle ?? globalThis.crypto.subtle;
  },
};
