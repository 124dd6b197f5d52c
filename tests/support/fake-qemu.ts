import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What a program that stands for QEMU does. */
export interface FakeMachine {
  /** Written over the start of the shared range. */
  readonly shared?: Uint8Array;
  /** What the kernel says. */
  readonly console?: string;
  /** Shell lines that come last; they end with 33 unless told. */
  readonly end?: string;
}

/** Makes an executable that takes QEMU's arguments and leaves behind what it is told to. */
export async function fakeQemu(dir: string, machine: FakeMachine): Promise<string> {
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, "shared"), machine.shared ?? new Uint8Array());
  await writeFile(join(dir, "console"), machine.console ?? "");
  const script = `#!/bin/sh
for word; do
  case "$word" in
    *mem-path=*) shared=\${word#*mem-path=}; shared=\${shared%%,*} ;;
    file:*) console=\${word#file:} ;;
  esac
done
dd if='${dir}/shared' of="$shared" conv=notrunc status=none
cat '${dir}/console' > "$console"
${machine.end ?? "exit 33"}
`;
  const file = join(dir, "qemu");
  await writeFile(file, script);
  await chmod(file, 0o755);
  return file;
}
