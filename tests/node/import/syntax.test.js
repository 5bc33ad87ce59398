// What import() tells of JSON that is broken or cut off, and where it reads on.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seeded, wireJob } from "../jobs_of.js";
import {
  LIMIT,
  MOST_REJECTED,
  codes,
  jobs,
  imported,
  utf8,
  bytes,
  json,
  pretty,
  chunked,
  randomSize,
  A,
  B,
  C,
  SEVERAL,
  response,
  broken,
  byteOf,
} from "./imports.js";

describe("syntax errors", () => {
  for (const code of [0x00, 0x01, 0x08, 0x09, 0x0a, 0x0d, 0x1b, 0x1f]) {
    const hex = code.toString(16);
    const front = '{"JobId":"a"}\n{"JobId":"x","X":"ab';
    const told = code === 0x1b ? {} : { converted: front.length - 3 };
    broken(`a raw control character ${hex} in a string`, bytes(front, [code], 'c"}\n{"JobId":"b"}'), {
      rejected: [],
      kept: "a b x",
      told,
    });
    const name = '{"JobId":"a"}\n{"JobId":"x","ab';
    broken(`a raw control character ${hex} in a name`, bytes(name, [code], 'c":1}\n{"JobId":"b"}'), {
      rejected: [],
      kept: "a b x",
      told: code === 0x1b ? {} : { converted: name.length - 3 },
    });
  }
  for (const code of [0x00, 0x0b, 0x0c, 0x1a, 0x7f]) {
    const front = '{"JobId":"a"}\n{"JobId":"x",';
    const isSpace = code === 0x0b || code === 0x0c;
    broken(`${code.toString(16)} is no white space`, bytes(front, [code], '"X":1}\n{"JobId":"b"}'), {
      rejected: isSpace ? [] : [front.length],
      kept: isSpace ? "a b x" : "a b",
      told: isSpace ? { converted: front.length } : {},
    });
    broken(`${code.toString(16)} between records`, bytes('{"JobId":"a"}\n', [code], '\n{"JobId":"b"}'), {
      rejected: [],
      kept: "a b",
      told: { skipped: 14 },
    });
  }
  const cases = {
    "a missing comma": ['{"JobId":"x" ', '"X":1}'],
    "a missing colon": ['{"JobId":"x","X" ', "1}"],
    "a missing value": ['{"JobId":"x","X":', "}"],
    "a name without quotes": ['{"JobId":"x",', "X:1}"],
    "single quotes": ['{"JobId":"x","X":', "'y'}"],
    "a line comment": ['{"JobId":"x", // y\n', ""],
    "a wrong bracket": ['{"JobId":"x","X":[1', "}}"],
    "an unknown escape": ['{"JobId":"x","X":"a\\', 'x"}'],
    "an unfinished \\u": ['{"JobId":"x","X":"a\\u12', 'zz"}'],
  };
  for (const [name, [front, back]] of Object.entries(cases)) {
    const start = '{"JobId":"a"}\n';
    const source = `${start}${front}${back}\n{"JobId":"b"}`;
    const at = start.length + front.length;
    broken(name, source, { rejected: [name === "a line comment" ? at + 1 : at], kept: "a b" });
  }
  const lapses = {
    "a trailing comma in a job": ['{"JobId":"x","X":1,', "}"],
    "a trailing comma in a list": ['{"JobId":"x","X":[1,', "]}"],
    "a comment": ['{"JobId":"x", ', '/* y */ "X":1}'],
    "a comment to the end of its line": ['{"JobId":"x", ', '// y\n"X":1}'],
    "a word of Python": ['{"JobId":"x","X":', "True}"],
    "a word of JavaScript": ['{"JobId":"x","X":', "undefined}"],
  };
  for (const [name, [front, back]] of Object.entries(lapses)) {
    const start = '{"JobId":"a"}\n';
    broken(`${name} costs a notice`, `${start}${front}${back}\n{"JobId":"b"}`, {
      rejected: [],
      kept: "a b x",
      told: { converted: start.length + front.length },
    });
  }
  broken("a closing bracket too many is text between records", '{"JobId":"a"}}\n{"JobId":"b"}', {
    rejected: [],
    kept: "a b",
    told: { skipped: 13 },
  });
  for (const word of ["tru", "nul", "nulls"]) {
    const front = '{"JobId":"a"}\n{"JobId":"x","X":';
    broken(`${word} is no word of JSON`, `${front}${word}}\n{"JobId":"b"}`, {
      rejected: [[front.length, front.length + word.length + 1]],
      kept: "a b",
    });
  }
  broken("an array's trailing comma", '[{"JobId":"a"},]\n{"JobId":"b"}', {
    rejected: [],
    kept: "a b",
    told: { converted: 15 },
  });
  broken("an array's missing comma", '[{"JobId":"a"}{"JobId":"b"}]', {
    rejected: [],
    kept: "a b",
    told: { converted: 14 },
  });
  broken("an array's leading comma", '[,{"JobId":"a"}]\n{"JobId":"b"}', {
    rejected: [],
    kept: "a b",
    told: { skipped: 1 },
  });
  broken("comments between lines", '// one\n{"JobId":"a"}\n# two\n{"JobId":"b"}\n', {
    rejected: [],
    kept: "a b",
    told: { skipped: 0 },
  });
  broken("a string never closed", '{"JobId":"a"}\n{"JobId":"x","X":"y}', { rejected: [[32, 35]], kept: "a" });
  broken("a list's comma between lines", '{"JobId":"a"},\n{"JobId":"b"},\n{"JobId":"c"}\n', {
    rejected: [],
    kept: "a b c",
    told: { skipped: 13 },
  });
});

describe("cut off in the middle", () => {
  const source = json(response(A, B, C));
  const utf8Source = utf8(source);
  const ends = SEVERAL.map((job) => utf8(source.slice(0, source.indexOf(json(job)) + json(job).length)).length);

  test("a response, at every byte", LIMIT, async () => {
    for (let cut = 1; cut < utf8Source.length; cut++) {
      const { result, ids: kept } = await imported(utf8Source.slice(0, cut));
      const whole = SEVERAL.filter((_, i) => ends[i] <= cut)
        .map(({ JobId }) => JobId)
        .join(" ");
      assert.equal(kept, whole, `${cut}`);
      assert.equal(result.rejectedCount, 1, `${cut}: ${json(result.rejected)}`);
      const { offset } = result.rejected[0];
      assert.ok(
        offset <= cut && offset >= (ends.findLast((end) => end <= cut) ?? 0),
        `${cut}: ${json(result.rejected)}`,
      );
    }
  });

  for (const cut of [
    1,
    2,
    12,
    21,
    22,
    23,
    30,
    ends[0] - 1,
    ends[0],
    ends[0] + 1,
    ends[1],
    utf8Source.length - 2,
    utf8Source.length - 1,
  ]) {
    const kept = SEVERAL.filter((_, i) => ends[i] <= cut)
      .map(({ JobId }) => JobId)
      .join(" ");
    broken(`at ${cut}: the offset is where it ends`, utf8Source.slice(0, cut), { rejected: [cut], kept });
  }
});

describe("where reading goes on after a syntax error", () => {
  const cut = '{"JobId":"x","FailureDetails":{"Code":"ACCESS_DENIED","Message":';
  for (const [name, end] of [
    ["LF", "\n"],
    ["CRLF", "\r\n"],
  ]) {
    const lines = ['{"JobId":"a"}', cut, '{"JobId":"b"}', '{"JobId":"c"}', ""].join(end);
    broken(`a line cut off after "Message": does not take the next with it, ${name}`, lines, {
      rejected: [byteOf(lines, '{"JobId":"c"}')],
      kept: "a b c",
    });
    const last = [cut, '{"JobId":"b"}'].join(end);
    broken(`and not the last one, ${name}`, last, { rejected: [last.length], kept: "b" });
    const twice = [cut, cut, '{"JobId":"b"}', cut, '{"JobId":"c"}', '{"JobId":"d"}'].join(end);
    test(`line after line cut off, ${name}`, LIMIT, async () => {
      const { result, ids: kept } = await imported(twice);
      assert.equal(kept, "b c d");
      assert.equal(result.rejectedCount, 3, json(result.rejected));
    });
    const inText = ['{"JobId":"a"}', '{"JobId":"x","JobName":"cut', '{"JobId":"b"}', ""].join(end);
    broken(`a line cut off in a text, ${name}`, inText, { rejected: [byteOf(inText, '"b"}') - 7], kept: "a b" });
    const mangled = ['{"JobId":"a"}', '{"JobId":"x",,"X":1}', '[{"JobId":"b"}]', '{"JobId":"c"}'].join(end);
    broken(`a comma too many, ${name}`, mangled, {
      rejected: [],
      kept: "a b c x",
      told: { converted: byteOf(mangled, ",,") + 1 },
    });
  }
  const headless = '{"MediaAnalysisJobs":[\n{"JobId":"b"}\n{"JobId":"c"}\n';
  broken("a response cut off after its bracket", headless, {
    rejected: [headless.length],
    kept: "b c",
    told: { converted: byteOf(headless, '{"JobId":"c"}') },
  });

  const mid =
    '{"MediaAnalysisJobs":[{"JobId":"a"},{"JobId":oops},{"JobId":"next"}]}\n{"MediaAnalysisJobs":[{"JobId":"b"}]}\n';
  broken("the broken record alone is lost", mid, {
    rejected: [[byteOf(mid, "oops"), byteOf(mid, "oops") + 5]],
    kept: "a b next",
  });

  const good = pretty(response({ JobId: "d" }, { JobId: "e" }));
  const bad = pretty(response({ JobId: "a" }, { JobId: "x", Status: "oops" }, { JobId: "next" })).replace(
    '"oops"',
    "oops",
  );
  broken("lines of a pretty-printed response begin with white space", `${bad}\n${good}\n`, {
    rejected: [[byteOf(bad, "oops"), byteOf(bad, "oops") + 5]],
    kept: "a d e next",
  });
  broken("the same, of CRLF", `${bad}\n${good}\n`.replaceAll("\n", "\r\n"), {
    rejected: [[byteOf(bad.replaceAll("\n", "\r\n"), "oops"), byteOf(bad.replaceAll("\n", "\r\n"), "oops") + 5]],
    kept: "a d e next",
  });

  test("jobs at the start of lines in a response are kept behind a broken one", LIMIT, async () => {
    const lines = ['{"JobId":"a"}', '{"JobId":oops}', '{"JobId":"b"}', '{"JobId":"c"}'].join(",\n");
    const source = `{"MediaAnalysisJobs":[\n${lines}\n]}\n{"JobId":"d"}\n`;
    const { result, ids: kept } = await imported(source);
    assert.equal(kept, "a b c d");
    assert.ok(result.rejectedCount >= 1);
    assert.ok(
      result.rejected[0].offset >= byteOf(source, "oops") && result.rejected[0].offset < byteOf(source, "oops") + 5,
    );
  });

  test(
    "bad values leave the rest of their response alone, bad lines the other lines: a good file with flaws at random",
    LIMIT,
    async () => {
      const random = seeded(99);
      const flaws = [
        (line) => line.slice(0, 1 + Math.floor(random() * (line.length - 2))),
        () => "<html>",
        () => '{"JobId":7}',
        () => "[1",
        () => '"',
      ];
      for (let round = 0; round < 60; round++) {
        const kept = [];
        let flawed = 0;
        const lines = Array.from({ length: 20 }, (_, i) => {
          const line = json(wireJob(`job-${String(i).padStart(2, "0")}`));
          if (random() < 0.7) {
            kept.push(`job-${String(i).padStart(2, "0")}`);
            return line;
          }
          flawed++;
          return flaws[Math.floor(random() * flaws.length)](line);
        });
        const source = lines.join("\n");
        const { result, all } = await imported(source);
        assert.deepEqual(
          all.map(({ JobId }) => JobId),
          kept,
          source,
        );
        if (flawed > 0) assert.ok(result.rejectedCount >= 1 || codes(result).includes("skipped"));
        const again = await imported(chunked(utf8(source), randomSize(round)));
        assert.deepEqual(again.result, result);
      }
    },
  );

  test("rejected holds the first 100, rejectedCount counts all", LIMIT, async () => {
    const source = Array.from({ length: 500 }, (_, i) => (i % 2 ? json({ JobId: i }) : json({ JobId: `j${i}` }))).join(
      "\n",
    );
    const { result } = await imported(source);
    assert.equal(jobs.size, 250);
    assert.equal(result.rejectedCount, 250);
    assert.deepEqual(
      result.rejected.map(({ offset }) => offset),
      Array.from({ length: MOST_REJECTED }, (_, i) => byteOf(source, json({ JobId: 2 * i + 1 }))),
    );
  });
});
