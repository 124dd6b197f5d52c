import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { changeFile, newFile } from "../../tests/support/patch-mails.ts";
import { d06AbiEntries } from "./d06-abi-entries.ts";

const ABI = "Documentation/ABI/testing/sysfs-kernel-mm-hbf";
const ENTRY = "What: /sys/a\nDate: May 2026\nKernelVersion: 6.20\nContact: L\nDescription: Text\n";
const CODE = changeFile("mm/a.c", "static DEVICE_ATTR_RO(level);");

test("an attribute without an entry is found", async () => {
  expect(await judgeOne(d06AbiEntries, { diff: CODE })).toEqual(["fail", "0001.patch:17"]);
});

test("an entry that lacks a field is found, also as the second of two", async () => {
  const entry = ENTRY.replace("Contact: L\n", "");
  const diff = `${newFile(ABI, `${ENTRY}\n${entry}`)}${CODE}`;
  expect(await judgeOne(d06AbiEntries, { diff })).toEqual(["fail", "0001.patch:23"]);
});

test("a complete entry passes, and so does a series without attributes", async () => {
  const diff = `${newFile(ABI, `What: /sys/b\n${ENTRY}`)}${CODE}`;
  expect(await judgeOne(d06AbiEntries, { diff })).toEqual(["pass"]);
  expect(await judgeOne(d06AbiEntries, {})).toEqual(["pass"]);
});
