import type { Topology } from "../../../kernel-model/index.ts";
import { contentKey } from "../fs/content-store.ts";
import { hashModel } from "./model-hash.ts";
import type { VerifyRequest } from "./verify-series.ts";

/** Changes when evidence is judged in another way, so that older verdicts are not used. */
const VERDICT_FORMAT = "1";

/**
 * What a verdict is kept under.
 *
 * @param made keys of kernel, initramfs and QEMU
 */
export async function verdictKey(
  request: VerifyRequest,
  made: readonly string[],
  topology: Topology,
  cmdline: readonly string[],
): Promise<string> {
  const { stage, seed = 1, set = "default", build, env } = request;
  const accel = env["RFCKIT_ACCEL"] ?? "";
  const asked = JSON.stringify([
    stage,
    seed,
    set,
    request.shard,
    topology,
    cmdline,
    build?.name,
    ...(request.sample === undefined ? [] : [request.sample]),
    request.caller?.name,
    accel,
  ]);
  const model = await hashModel(request.packageDir);
  return contentKey([VERDICT_FORMAT, ...made, model, asked]);
}
