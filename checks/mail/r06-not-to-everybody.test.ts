import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { r06NotToEverybody } from "./r06-not-to-everybody.ts";

test.each([["stable@vger.kernel.org"], ["x <security@kernel.org>"]])(
  "'%s' as a header and in the configuration is found",
  async (address) => {
    const headers = [`To: B <b@example.org>, ${address}`];
    const context = { recipients: { to: [address], cc: [] } };
    const found = await judge(r06NotToEverybody, { patches: [{ headers }], context });
    expect(found).toEqual(["fail", "0000.patch:1", "0001.patch:5"]);
  },
);

test("a tag for stable, and other recipients, pass", async () => {
  const patches = [{ message: "Why.\n\nCc: stable@vger.kernel.org", headers: ["To: b@x.org"] }];
  expect(await judge(r06NotToEverybody, { patches })).toEqual(["pass"]);
});
