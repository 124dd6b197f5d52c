import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findTopology, generateVectors, TOPOLOGIES } from "../../kernel-model/index.ts";
import { X86 } from "../../tools/lib/arch/registry.ts";
import { buildInitramfs } from "../../tools/lib/build/build-runner.ts";
import { parseBuilds } from "../../tools/lib/build/kernel-builds.ts";
import { cacheDir } from "../../tools/lib/fs/cache-dir.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { gitText } from "../../tools/lib/git/git.ts";
import { qemuId } from "../../tools/lib/qemu/qemu-id.ts";
import { shippedTip } from "../lab/lab.ts";
import { buildMutantImage } from "./build-image.ts";
import { LEFT_OUT } from "./left-out.ts";
import { openingVectors, planRounds, selectableVectors } from "./mutant-vectors.ts";
import { distinctMutants } from "./object-code.ts";
import { renderMutationPage } from "./render-page.ts";
import { savedUnder } from "./saved.ts";
import { makeMutants } from "./schemata.ts";
import { scoreMutants } from "./score.ts";
import { type Asked, scoreChecked } from "./score-checked.ts";
import { reasonFor } from "./survivors.ts";

const PAGE = resolve(import.meta.dirname, "../../docs/reference/mutation.md");
const STAGE = "v2";
const SEED = 1;
const ROUNDS = [8, 60, 500];
/** Of the first round every so many are asked in the kernel that checks itself: it is slow. */
const SPREAD = 2;

const tip = await shippedTip(STAGE);
const [topology] = TOPOLOGIES;
/** Where being online and having memory are not the same. */
const MEMORYLESS_NODE = findTopology("memoryless-node");
if (topology === undefined || MEMORYLESS_NODE === undefined)
  throw new Error("the model has no topology");
const show = ["show", `${tip.treeish}:mm/hbf.c`];
const source = `${await gitText({ dir: tip.tree.dir, args: show })}\n`;
const dir = await mkdtemp(join(tmpdir(), "rfckit-mutation-"));
try {
  const made = makeMutants(source, new Set(Object.keys(LEFT_OUT)));
  console.error(`${made.length} mutants`);
  const texts = made.map(({ id, line, after }) => `${id} ${line} ${after}`);
  const [fast, checked] = ["fast", "debug"].flatMap(parseBuilds);
  if (fast === undefined || checked === undefined) throw new Error("a build is missing");
  const refused = await savedUnder<number>(["refused", ...texts]);
  const image = await buildMutantImage(tip, source, made, dir, fast, refused);
  const distinct = await distinctMutants(image.vmlinux, image.mutants);
  console.error(`${distinct.mutants.length} with object code of their own`);
  const runner = { repository: tip.tree.dir, treeish: tip.treeish, packageDir: findPackageDir() };
  const initramfs = await buildInitramfs({ ...runner, cacheDir: cacheDir(process.env) });
  const set = generateVectors({ stage: STAGE, seed: SEED, topology });
  const boot = { vmlinux: image.vmlinux, version: image.version, initramfs: initramfs.file };
  const lab = { ...boot, topology, seed: SEED, dir };
  const rounds = planRounds(selectableVectors(set), ROUNDS);
  const score = await scoreMutants(lab, {
    mutants: distinct.mutants,
    rounds,
    isOpen: (mutant) => reasonFor(mutant) === undefined,
    // Of the source alone: other files of the series may change.
    ...(await savedUnder(["kills", ...texts])),
  });
  const left = distinct.mutants.filter(
    (mutant) => !score.kills.has(mutant.id) && reasonFor(mutant)?.kind !== "equivalent",
  );
  const elsewhere = await scoreMutants(
    { ...lab, topology: MEMORYLESS_NODE, dir: join(dir, MEMORYLESS_NODE.name) },
    {
      mutants: left,
      rounds: planRounds(
        selectableVectors(generateVectors({ stage: STAGE, seed: SEED, topology: MEMORYLESS_NODE })),
        ROUNDS,
      ).slice(0, 1),
      isOpen: () => true,
      ...(await savedUnder(["elsewhere", ...texts])),
    },
  );
  const alive = left.filter(({ id }) => !elsewhere.kills.has(id));
  console.error(`${alive.length} in a kernel that checks itself`);
  const vectors = (rounds[0] ?? []).filter((_, at) => at % SPREAD === 0);
  const failing = openingVectors(set);
  const ids = [...vectors, ...failing].map(({ id }) => id);
  const saved = await savedUnder<Asked[number]>(["checked", initramfs.hash, ...ids, ...texts]);
  const asked = new Set(saved.before.map(([id]) => id));
  // One kernel for both: it checks itself, and lets allocations fail where a guest is told to.
  // It takes a while to build, and nobody needs it when an earlier run has asked about all.
  const other = alive.every(({ id }) => asked.has(id))
    ? image
    : await buildMutantImage(tip, source, image.mutants, dir, checked, refused, ["build-fault"]);
  const qemu = await qemuId(X86.machine.program);
  const snapshots = {
    ...{ cacheDir: cacheDir(process.env), kernelKey: other.key },
    ...{ initramfsHash: initramfs.hash, qemuId: qemu },
  };
  const again = await scoreChecked(
    { ...lab, vmlinux: other.vmlinux, version: other.version },
    { ...{ build: checked, mutants: alive, vectors, failing, snapshots }, ...saved },
  );
  const page = renderMutationPage({
    ...{ set, made, image, distinct, score, elsewhere, checked: again },
    rounds: rounds.map((round) => round.length),
  });
  await writeFile(PAGE, page);
  console.log(PAGE);
} finally {
  await rm(dir, { recursive: true, force: true });
}
