import { expect, test } from "vitest";
import { readReplies } from "./read-replies.ts";

const MBOX = `From nobody Mon Sep 17 00:00:00 2001
From: Bo <bo@example.org>
Message-ID: <1@example.org>
Subject: Re: [RFC PATCH 1/2] mm: add

> Reviewed-by: Quoted <q@example.org>
Looks good.

Reviewed-by: Bo <bo@example.org>

From nobody Mon Sep 17 00:00:00 2001
From: Cy <cy@example.org>
Subject: Re: x

No.
`;

test("reads who answered, the id, and the tags that are not quoted", () => {
  expect(readReplies(MBOX)).toEqual([
    {
      from: "Bo <bo@example.org>",
      messageId: "1@example.org",
      subject: "Re: [RFC PATCH 1/2] mm: add",
      tags: ["Reviewed-by: Bo <bo@example.org>"],
    },
    { from: "Cy <cy@example.org>", messageId: "", subject: "Re: x", tags: [] },
  ]);
  expect(readReplies("")).toEqual([]);
});
