import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { r02LinuxApi } from "./r02-linux-api.ts";

const LIST = "linux-api@vger.kernel.org";
const patches = [{}, { diff: newFile("include/uapi/linux/hbf.h", "x") }];

test("a UAPI change without the list is found", async () => {
  expect(await judge(r02LinuxApi, { patches })).toEqual(["fail", "0002.patch:11"]);
});

test("the list in the configuration or in a header passes", async () => {
  const context = { recipients: { to: [], cc: [`API <${LIST}>`] } };
  expect(await judge(r02LinuxApi, { patches, context })).toEqual(["pass"]);
  const coverHeaders = [`Cc: "x, y" <x@example.org>,\n ${LIST}`];
  expect(await judge(r02LinuxApi, { patches, coverHeaders })).toEqual(["pass"]);
});

test("a series without UAPI needs no list", async () => {
  expect(await judge(r02LinuxApi, {})).toEqual(["pass"]);
});
