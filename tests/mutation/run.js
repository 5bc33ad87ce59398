// The command behind `./dev mutate`: tries a sample of mutants, in C++, in JavaScript or in both.

import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "150" },
    seed: { type: "string", default: "1" },
    workers: { type: "string" },
    all: { type: "boolean" },
  },
});
const languages = positionals.filter((word) => word === "cpp" || word === "js");
const options = {
  count: values.all ? Number.POSITIVE_INFINITY : Number(values.count),
  seed: Number(values.seed),
  only: positionals.filter((word) => word !== "cpp" && word !== "js"),
  least: 85,
  ...(values.workers && { workers: Number(values.workers) }),
};

let isGood = true;
if (languages.length === 0 || languages.includes("cpp")) {
  const { mutateCpp } = await import("./cpp.js");
  isGood = (await mutateCpp(options)) && isGood;
}
if (languages.length === 0 || languages.includes("js")) {
  const { mutateJavaScript } = await import("./javascript.js");
  isGood = (await mutateJavaScript(options)) && isGood;
}
process.exitCode = isGood ? 0 : 1;
