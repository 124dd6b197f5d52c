import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { r04ManPageNote } from "./r04-man-page-note.ts";

const patches = [{}, { diff: newFile("include/uapi/linux/hbf.h", "x") }];

test("a new interface without a word on its manual page is found", async () => {
  expect(await judge(r04ManPageNote, { patches })).toEqual(["fail", "0002.patch:11"]);
});

test("a word on it passes, and so does a series without UAPI", async () => {
  const cover = "mm: a\n\nThere is no man\npage yet.\n";
  expect(await judge(r04ManPageNote, { patches, cover })).toEqual(["pass"]);
  expect(await judge(r04ManPageNote, {})).toEqual(["pass"]);
});

test("without a cover letter nobody can tell", async () => {
  expect(await judge(r04ManPageNote, { patches, cover: null })).toEqual(["not-run"]);
});
