import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { e03NoBinaryHunks } from "./e03-no-binary-hunks.ts";

const head = "diff --git a/mm/a.o b/mm/a.o\nnew file mode 100644\nindex 0000000..1111111\n";

test.each([["GIT binary patch\nliteral 2\nJc$}\n"], ["Binary files /dev/null and b/a.o differ\n"]])(
  "%j is found",
  async (rest) => {
    const found = await judgeOne(e03NoBinaryHunks, { diff: `${head}${rest}` });
    expect(found).toEqual(["fail", "0001.patch:11"]);
  },
);

test("a text diff passes", async () => {
  expect(await judgeOne(e03NoBinaryHunks, {})).toEqual(["pass"]);
});
