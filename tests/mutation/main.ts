import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { generateVectors, TOPOLOGIES } from "../../kernel-model/index.ts";
import { buildInitramfs } from "../../tools/lib/build/build-runner.ts";
import { parseBuilds } from "../../tools/lib/build/kernel-builds.ts";
import { cacheDir } from "../../tools/lib/fs/cache-dir.ts";
import { contentKey, openContentStore } from "../../tools/lib/fs/content-store.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { gitText } from "../../tools/lib/git/git.ts";
import { shippedTip } from "../lab/lab.ts";
import { buildMutantImage } from "./build-image.ts";
import { LEFT_OUT } from "./left-out.ts";
import { planRounds } from "./mutant-vectors.ts";
import { distinctMutants } from "./object-code.ts";
import { renderMutationPage } from "./render-page.ts";
import { makeMutants } from "./schemata.ts";
import { type Progress, scoreMutants } from "./score.ts";
import { scoreChecked } from "./score-checked.ts";
import { reasonFor } from "./survivors.ts";

const PAGE = resolve(import.meta.dirname, "../../docs/reference/mutation.md");
const STAGE = "v2";
const SEED = 1;
const ROUNDS = [8, 60, 500];

const tip = await shippedTip(STAGE);
const [topology] = TOPOLOGIES;
if (topology === undefined) throw new Error("the model has no topology");
const show = ["show", `${tip.treeish}:mm/hbf.c`];
const source = `${await gitText({ dir: tip.tree.dir, args: show })}\n`;
const dir = await mkdtemp(join(tmpdir(), "rfckit-mutation-"));
try {
  const made = makeMutants(source, new Set(Object.keys(LEFT_OUT)));
  console.error(`${made.length} mutants`);
  const [fast, checked] = ["fast", "fault"].flatMap(parseBuilds);
  if (fast === undefined || checked === undefined) throw new Error("a build is missing");
  const image = await buildMutantImage(tip, source, made, dir, fast);
  const distinct = await distinctMutants(image.vmlinux, image.mutants);
  console.error(`${distinct.mutants.length} with object code of their own`);
  const runner = { repository: tip.tree.dir, treeish: tip.treeish, packageDir: findPackageDir() };
  const initramfs = await buildInitramfs({ ...runner, cacheDir: cacheDir(process.env) });
  const set = generateVectors({ stage: STAGE, seed: SEED, topology });
  const boot = { vmlinux: image.vmlinux, version: image.version, initramfs: initramfs.file };
  const lab = { ...boot, topology, seed: SEED, dir };
  const rounds = planRounds(set, ROUNDS);
  const store = openContentStore(join(cacheDir(process.env), "mutation"));
  const key = contentKey([image.version, JSON.stringify(rounds.flat().map(({ id }) => id))]);
  const saved = await store.readBytes(key);
  const score = await scoreMutants(lab, {
    mutants: distinct.mutants,
    rounds,
    isOpen: (mutant) => reasonFor(mutant) === undefined,
    before: saved && (JSON.parse(new TextDecoder().decode(saved)) as Progress),
    save: (progress) => store.writeBytes(key, JSON.stringify(progress)),
  });
  const alive = distinct.mutants.filter(
    (mutant) => !score.kills.has(mutant.id) && reasonFor(mutant)?.kind !== "equivalent",
  );
  console.error(`${alive.length} in a kernel that checks itself`);
  const other = await buildMutantImage(tip, source, image.mutants, dir, checked);
  const again = await scoreChecked(
    { ...lab, vmlinux: other.vmlinux, version: other.version },
    checked,
    alive,
    rounds[0] ?? [],
  );
  const page = renderMutationPage({
    ...{ set, made, image, distinct, score, checked: again },
    rounds: rounds.map((round) => round.length),
  });
  await writeFile(PAGE, page);
  console.log(PAGE);
} finally {
  await rm(dir, { recursive: true, force: true });
}
