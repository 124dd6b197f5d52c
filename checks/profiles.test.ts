import { expect, test } from "vitest";
import {
  checksOfPatches,
  DEFAULT_PROFILE,
  PATCH_SCOPE,
  PROFILES,
  selectChecks,
} from "./profiles.ts";
import { CHECKS } from "./registry.ts";

const idsOf = (name: string): string[] => {
  const profile = PROFILES[name];
  return profile === undefined ? [] : selectChecks(CHECKS, profile).map(({ id }) => id);
};

const leftOutOf = (name: string): string[] =>
  CHECKS.filter(({ id }) => !idsOf(name).includes(id)).map(({ id, cost }) => `${cost} ${id}`);

test("the default profile leaves out matrices of builds, and what nothing here can check", () => {
  expect(PROFILES[DEFAULT_PROFILE]?.isWhole).toBe(true);
  const left = leftOutOf(DEFAULT_PROFILE);
  expect(left.filter((one) => !one.startsWith("minutes "))).toEqual([]);
  expect(left).toContain("minutes b02-common-configs");
  expect(left).toContain("minutes d03-htmldocs-clean");
  expect(left).not.toContain("minutes t02-sparse");
});

test("quick builds and boots nothing, but runs checkpatch", () => {
  expect(idsOf("quick")).toContain("t01-checkpatch");
  expect(idsOf("quick")).toContain("s05-no-fixup-commits");
  expect(idsOf("quick")).not.toContain("b01-each-commit-builds");
  expect(idsOf("quick")).not.toContain("x07-model-conformance");
});

test("texts are the rules that read mails alone, and static builds and boots nothing", () => {
  const costs = CHECKS.filter(({ id }) => idsOf("texts").includes(id)).map(({ cost }) => cost);
  expect(new Set(costs)).toEqual(new Set(["instant"]));
  expect(idsOf("static")).toEqual(expect.arrayContaining([...idsOf("quick"), "d01-kernel-doc"]));
  expect(idsOf("static").filter((id) => /^x|^b0/.test(id))).toEqual([]);
});

test("ci builds every matrix and boots nothing, and a partial profile says so", () => {
  const left = leftOutOf("ci");
  expect(left).toContain("minutes x07-model-conformance");
  expect(left).not.toContain("minutes b02-common-configs");
  expect(PROFILES["ci"]?.isWhole).toBe(false);
});

test("profiles name no check that does not exist", () => {
  const known = CHECKS.map(({ id }) => id);
  const named = [...Object.values(PROFILES), PATCH_SCOPE].flatMap(({ also, without }) => [
    ...also,
    ...without,
  ]);
  expect(named.filter((id) => !known.includes(id))).toEqual([]);
});

test("v1 is every check, for patches that ask to be merged", () => {
  expect(idsOf("v1")).toEqual(CHECKS.map(({ id }) => id));
  expect(PROFILES["v1"]).toMatchObject({ posting: "patch", isStrict: true, isWhole: true });
});

test("single patches are not judged as a series", () => {
  const ids = checksOfPatches(CHECKS).map(({ id }) => id);
  expect(ids).toContain("m15-subject-length");
  expect(ids).toContain("s11-message-survives-mail");
  expect(ids.filter((id) => id.startsWith("s")).length).toBe(PATCH_SCOPE.also.length);
});
