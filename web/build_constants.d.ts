// What web/build.js writes into scripts.

/** The oldest browsers that the page runs in, for people. */
declare const OLDEST_BROWSERS: string;
