// Plans that find something that was wrong once, by their seeds, and what it was.
export const seeds = {
  5: "a load that ran during clear() told of jobs that were gone",
  14: "a chunk that came in the turn of an abort was taken in, and told",
  19: "a request that was sent ahead left after its call had ended",
  61: "a source was asked for its next chunk after close()",
  85: "a wait for the next attempt was told after close()",
};
