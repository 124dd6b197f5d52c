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

test("the default profile is whole and leaves no check out", () => {
  expect(PROFILES[DEFAULT_PROFILE]?.isWhole).toBe(true);
  expect(idsOf(DEFAULT_PROFILE)).toEqual(CHECKS.map(({ id }) => id));
});

test("quick builds and boots nothing, but runs checkpatch", () => {
  expect(idsOf("quick")).toContain("t01-checkpatch");
  expect(idsOf("quick")).toContain("s05-no-fixup-commits");
  expect(idsOf("quick")).not.toContain("b01-each-commit-builds");
  expect(idsOf("quick")).not.toContain("x07-model-conformance");
});

test("ci is all but the boot, and a partial profile says so", () => {
  const left = CHECKS.map(({ id }) => id).filter((id) => !idsOf("ci").includes(id));
  expect(left).toEqual(["x07-model-conformance"]);
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
