// Compiles the same sources with each resolution of modules and each platform's types.
const { execFileSync } = require("node:child_process");
const { copyFileSync, writeFileSync } = require("node:fs");

const MODULES = {
  bundler: { module: "esnext", moduleResolution: "bundler" },
  node16: { module: "node16", moduleResolution: "node16" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
};
const PLATFORMS = {
  DOM: { lib: ["es2022", "dom"], types: [] },
  webworker: { lib: ["es2022", "webworker"], types: [] },
  node: { lib: ["es2022"], types: ["node"] },
};
copyFileSync("use.ts", "use.cts");
copyFileSync("use.ts", "use.mts");

const outcomes = {};
for (const [module, resolution] of Object.entries(MODULES)) {
  for (const [platform, types] of Object.entries(PLATFORMS)) {
    const compilerOptions = {
      target: "es2022",
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      ...resolution,
      ...types,
    };
    const files = module === "bundler" ? ["use.ts"] : ["use.cts", "use.mts"];
    writeFileSync("tsconfig.json", JSON.stringify({ compilerOptions, files }));
    let outcome = "no errors";
    try {
      execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."], { encoding: "utf8" });
    } catch (error) {
      outcome = error.stdout || error.message;
    }
    outcomes[`${module}, ${platform}`] = outcome;
  }
}
console.log("OUTCOMES", JSON.stringify(outcomes));
