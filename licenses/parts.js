// What others wrote and we ship, and the text that each part needs. A part is known by what the tools call it: a library that
// the linker took something from, a header that the compiler read, a package that the bundler took a script from.

import { readFileSync } from "node:fs";

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} texts files in this folder
 * @property {RegExp} linked a library or an object file, by its name
 * @property {RegExp} included a header, by its path
 */

/** What the WebAssembly modules and their glue are made of, besides our own sources. @type {readonly Part[]} */
export const NATIVE_PARTS = [
  {
    name: "JSON for Modern C++ (nlohmann/json)",
    texts: ["nlohmann-json.txt"],
    linked: /^(?!)/,
    included: /\/nlohmann\//,
  },
  {
    name: "Emscripten: the modules' scripts, Embind, emmalloc and system libraries",
    texts: ["emscripten.txt"],
    linked: /^(lib(embind|emmalloc|stubs|noexit|bulkmemory|html5|jsmath|sockets|al|GL)\b.*\.a|crt1.*\.o|.*libemscripten_js_symbols\.so)$/,
    included: /\/sysroot\/include\/(emscripten|compat|wasi)\/|\/sysroot\/include\/(emmintrin|wasm_simd128)\.h$/,
  },
  {
    name: "musl, the C library",
    texts: ["musl.txt", "musl-parts.txt"],
    linked: /^libc[-_.].*a$/,
    included: /\/sysroot\/include\/(bits\/|sys\/|arpa\/|net\/|netinet\/|scsi\/)?[\w.-]+\.h$/,
  },
  {
    name: "The LLVM Project: libc++, libc++abi, compiler-rt and Clang's headers",
    texts: ["llvm.txt"],
    linked: /^lib(c\+\+|c\+\+abi|unwind|compiler_rt|clang_rt)(?![a-z\d+]).*\.a$/,
    included: /\/sysroot\/include\/c\+\+\/|\/lib\/clang\/[^/]+\/include\//,
  },
];

/** @param {string} name of a library or an object file @returns {Part | undefined} */
export const partLinked = (name) => NATIVE_PARTS.find(({ linked }) => linked.test(name));

/** @param {string} path of a header @returns {Part | undefined} */
export const partIncluded = (path) => NATIVE_PARTS.find(({ included }) => included.test(path));

/** @param {Part} part @returns {string} */
export const textOf = ({ texts }) =>
  texts.map((name) => readFileSync(new URL(name, import.meta.url), "utf8").trim()).join("\n\n");
