// What import() takes and refuses of numbers, UTF-8 and surrogates.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { wireJob } from "../jobs_of.js";
import { LIMIT, NOTHING, counts, imported, utf8, bytes, json, ids, chunked, broken, byteOf } from "./imports.js";

describe("numbers", () => {
  const inside = {
    MinConfidence: (number) =>
      `{"JobId":"x","OperationsConfig":{"DetectModerationLabels":{"MinConfidence":${number}}}}`,
    "an unknown member": (number) => `{"JobId":"x","X":${number}}`,
    "an unknown list": (number) => `{"JobId":"x","X":[1,[${number}]]}`,
  };
  const tooLarge = [
    "1e309",
    "-1e309",
    "1E+400",
    "1.7976931348623159e308",
    "9".repeat(310),
    `-${"9".repeat(400)}.5`,
    "1e99999999999999999999",
  ];
  for (const [where, line] of Object.entries(inside)) {
    for (const number of tooLarge) {
      const source = `{"MediaAnalysisJobs":[{"JobId":"a"},${line(number)},{"JobId":"b"}]}\n${json(ids("c"))}`;
      const at = byteOf(source, number);
      broken(`no double is ${number.slice(0, 25)} in ${where}`, source, {
        rejected: [[at, at + number.length]],
        kept: "a b c",
      });
    }
  }
  const alone = '{"JobId":"a"}\n1e999\n{"JobId":"b"}';
  broken("no double alone in a line is text between records", alone, {
    rejected: [],
    kept: "a b",
    told: { skipped: byteOf(alone, "1e999") },
  });
  const behind = '{"MediaAnalysisJobs":[{"JobId":"a"}],"X":1e999}\n{"JobId":"b"}';
  broken("no double behind a response's jobs", behind, {
    rejected: [[byteOf(behind, "1e999"), byteOf(behind, "1e999") + 5]],
    kept: "a b",
  });

  test("what is a double is read as one", LIMIT, async () => {
    for (const [text, number] of Object.entries({
      "1e-400": 0,
      "0.000e400": 0,
      [`0.${"0".repeat(400)}1`]: 0,
      "5e-324": 5e-324,
      "1.7976931348623157e308": Number.MAX_VALUE,
      [`${"1".repeat(25)}`]: 1111111111111111111111111,
      [`1${"0".repeat(300)}`]: 1e300,
      "9007199254740993": 9007199254740992,
      "18446744073709551616": 18446744073709551616,
      "-9223372036854775809": -9223372036854775809,
      "99.90000152587890625": 99.90000152587890625,
      "5E1": 50,
      "5e+1": 50,
      "500e-1": 50,
    })) {
      const { result, all } = await imported(inside.MinConfidence(text));
      assert.deepEqual(counts(result), { ...NOTHING, added: 1 }, text);
      assert.equal(all[0].OperationsConfig.DetectModerationLabels.MinConfidence, number, text);
    }
  });

  for (const number of ["01", "+1", "1.", ".5", "1e", "1e+", "NaN", "Infinity", "-Infinity"]) {
    const unknown = `${inside["an unknown member"](number)}\n{"JobId":"b"}`;
    broken(`JSON has no ${number}, which costs a notice`, unknown, {
      rejected: [],
      kept: "b x",
      told: { converted: byteOf(unknown, number), "ignored-member": byteOf(unknown, number) },
    });
    const known = `${inside.MinConfidence(number)}\n{"JobId":"b"}`;
    broken(`JSON has no ${number}, which costs the value`, known, {
      rejected: [],
      kept: "b x",
      told: { "dropped-value": byteOf(known, number) },
    });
  }
  for (const number of ["-", "0x10", "1_000"]) {
    const source = `${inside["an unknown member"](number)}\n{"JobId":"b"}`;
    const at = byteOf(source, number);
    broken(`JSON has no ${number}`, source, { rejected: [[at, at + number.length + 1]], kept: "b" });
  }
});

describe("UTF-8", () => {
  const invalid = {
    "a byte that none has": [0xff],
    "a continuation alone": [0x80],
    "overlong, two bytes": [0xc0, 0xaf],
    "overlong, three bytes": [0xe0, 0x80, 0xaf],
    "overlong, four bytes": [0xf0, 0x80, 0x80, 0xaf],
    "a surrogate": [0xed, 0xa0, 0x80],
    "a pair of surrogates (CESU-8)": [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
    "beyond U+10FFFF": [0xf4, 0x90, 0x80, 0x80],
    "five bytes": [0xf8, 0x88, 0x80, 0x80, 0x80],
    "two bytes cut off": [0xc3],
    "three bytes cut off": [0xe2, 0x82],
    "four bytes cut off": [0xf0, 0x9f, 0x98],
  };
  /** Where a byte is none of Windows-1252 either, when no other character is UTF-8; the rest is taken as such. */
  const noWindows1252 = {
    "a surrogate": 0,
    "a pair of surrogates (CESU-8)": 0,
    "beyond U+10FFFF": 1,
  };
  const places = {
    "a member": ['{"JobId":"x","JobName":"é', 'z"}'],
    "an unknown member": ['{"JobId":"x","X":["é', 'z"]}'],
    "a name": ['{"JobId":"x","é', 'z":1}'],
    "a string's start": ['{"JobId":"x","X":"', '"}'],
  };
  for (const [kind, bad] of Object.entries(invalid)) {
    for (const [place, [front, back]] of Object.entries(places)) {
      const start = '{"MediaAnalysisJobs":[{"JobId":"a"},';
      const at = utf8(start + front).length;
      const isWindows1252 = !front.includes("é") && !(kind in noWindows1252);
      broken(`${kind} in ${place}`, bytes(start, front, bad, back, ',{"JobId":"b"}]}\n[{"JobId":"c"}]'), {
        rejected: isWindows1252 ? [] : [[at, at + bad.length]],
        kept: isWindows1252 ? "a b c x" : "a b c",
        told: isWindows1252 ? { "ignored-member": at - 1 } : {},
      });
    }
    broken(`${kind} between records`, bytes('{"JobId":"a"}\n', bad, '\n{"JobId":"b"}'), {
      rejected: [],
      kept: "a b",
      told: { skipped: 14 },
    });
    broken(`${kind} between a record's members`, bytes('{"JobId":"a"}\n{"JobId":"x",', bad, '"X":1}\n{"JobId":"b"}'), {
      rejected: [[14 + 13, 14 + 13 + bad.length]],
      kept: "a b",
    });
    const tail = '{"MediaAnalysisJobs":[{"JobId":"a"}],"NextToken":"';
    const isWindows1252 = !(kind in noWindows1252);
    broken(`${kind} behind a response's jobs`, bytes(tail, bad, '"}\n{"JobId":"b"}'), {
      rejected: isWindows1252 ? [] : [[tail.length, tail.length + bad.length]],
      kept: "a b",
    });
    broken(`${kind} at the end`, bytes('{"JobId":"a"}\n{"JobId":"x","X":"', bad), {
      rejected: [[14 + 18, 14 + 18 + bad.length + 1]],
      kept: "a",
    });
  }
  test("every character comes out as it went in", LIMIT, async () => {
    const characters = [
      "\u007f",
      "\u0080",
      "\u07ff",
      "\u0800",
      "\ud7ff",
      "\ue000",
      "\ufffe",
      "\uffff",
      "\ufeff",
      "\u{10000}",
      "\u{10ffff}",
      "\u2028",
    ];
    const JobName = characters.join("x");
    const { result, all } = await imported(json(wireJob("a", { JobName })));
    assert.deepEqual(counts(result), { ...NOTHING, added: 1 });
    assert.equal(all[0].JobName, JobName);
  });
});

describe("surrogates", () => {
  for (const lone of [
    "\\ud800",
    "\\uDBFF",
    "\\udc00",
    "\\uDfFf",
    "\\ud800\\u0041",
    "\\udc00\\ud800",
    "\\ud800\\ud800",
  ]) {
    for (const [place, [front, back]] of Object.entries({
      "a member": ['{"JobId":"x","JobName":"é', 'z"}'],
      "an unknown member's end": ['{"JobId":"x","X":"', '"}'],
      "a name": ['{"JobId":"x","', '":1}'],
    })) {
      const start = `{"MediaAnalysisJobs":[{"JobId":"a"},`;
      const at = utf8(start + front).length;
      broken(`${lone} in ${place}`, `${start}${front}${lone}${back},{"JobId":"b"}]}\n{"JobId":"c"}`, {
        rejected: [[at, at + lone.length]],
        kept: "a b c",
      });
    }
  }
  const beforeEscape = String.raw`{"JobId":"x","X":"\ud800\n"}`;
  broken("a half before another escape", `${beforeEscape}\n{"JobId":"b"}`, {
    rejected: [[byteOf(beforeEscape, "\\ud800"), byteOf(beforeEscape, "\\ud800") + 6]],
    kept: "b",
  });
  const inTail = String.raw`{"MediaAnalysisJobs":[{"JobId":"a"}],"NextToken":"\ud800"}`;
  broken("a half in a token", `${inTail}\n{"JobId":"b"}`, {
    rejected: [[byteOf(inTail, "\\ud800"), byteOf(inTail, "\\ud800") + 6]],
    kept: "a b",
  });

  test("halves in a text of JavaScript", LIMIT, async () => {
    for (const half of ["\ud800", "\udfff", "\udc00\ud800"]) {
      for (const [front, back] of [
        ['{"JobId":"x","JobName":"é', '"}'],
        ['{"JobId":"x","X":{"', '":1}}'],
      ]) {
        const source = `{"JobId":"a"}\n${front}${half}${back}\n{"JobId":"b"}`;
        const { result, ids: kept } = await imported(source);
        const at = utf8(`{"JobId":"a"}\n${front}`).length;
        assert.equal(kept, "a b");
        assert.equal(result.rejectedCount, 1);
        const [{ offset }] = result.rejected;
        assert.ok(offset >= at && offset < at + 3 * half.length, `${offset}, not ${at}`);
      }
      const { result, ids: kept } = await imported(`{"JobId":"a"}\n${half}\n{"JobId":"b"}`);
      assert.equal(kept, "a b");
      assert.equal(result.notices[0].code, "skipped");
      assert.equal(result.notices[0].offset, 14);
    }
    const { all } = await imported(chunked(json(wireJob("a", { JobName: "\u{1f600}" })), () => 1));
    assert.equal(all[0].JobName, "\u{1f600}");
  });

  test("a pair of escapes is one character, and an escaped NUL one too", LIMIT, async () => {
    const { all } = await imported(String.raw`{"JobId":"a","JobName":"\ud83d\ude00 \uD83D\uDE00 \u0000 \u001f \/ \b"}`);
    assert.equal(all[0].JobName, "\u{1f600} \u{1f600} \0 \x1f / \b");
  });
});
