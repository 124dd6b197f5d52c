import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m06AssistedByForm } from "./m06-assisted-by-form.ts";

const tagged = (value: string) => ({ message: `Why.\n\nAssisted-by: ${value}` });

test.each([["Agent"], ["Agent <agent@example.org>"], ["Agent: model"], [""]])(
  "'%s' is found",
  async (value) => {
    expect(await judgeOne(m06AssistedByForm, tagged(value))).toEqual(["fail", "0001.patch:8"]);
  },
);

test.each([["Agent:model-1.2"], ["Agent:model sparse [coccinelle]"]])(
  "'%s' passes",
  async (value) => {
    expect(await judgeOne(m06AssistedByForm, tagged(value))).toEqual(["pass"]);
  },
);
