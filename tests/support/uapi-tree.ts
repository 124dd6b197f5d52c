import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type HeaderCompiler, openHeaderCompiler } from "../../tools/lib/uapi/header-compiler.ts";
import { gitIn } from "./split-repo.ts";
import { HEADER } from "./uapi-series.ts";

const PATCHES = resolve(import.meta.dirname, "../../patches");
/** What hbf.h includes, as libc6-dev's headers have it: made by headers_install of a kernel. */
const MACHINE = "/usr/include";
const LINUX = ["types", "posix_types", "stddef", "ioctl"].map((name) => `linux/${name}.h`);

/** Text of the header that the patches of a stage make, read without a kernel tree. */
export function shippedHeader(stage: string, dir: string): string {
  gitIn(dir, ["init", "-q"]);
  const folder = join(PATCHES, stage);
  const names = readdirSync(folder).filter((name) => /^0*[1-9]\d*-.*\.patch$/.test(name));
  const patches = names.toSorted().map((name) => join(folder, name));
  gitIn(dir, ["apply", `--include=${HEADER}`, ...patches]);
  return readFileSync(join(dir, HEADER), "utf8");
}

/** Opens the compilers for a header in a small repository of UAPI headers made in `dir`. */
export async function compilerOf(header: string, dir: string): Promise<HeaderCompiler> {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  for (const name of [...LINUX, "asm-generic"]) {
    cpSync(join(MACHINE, name), join(dir, "include/uapi", name), { recursive: true });
  }
  write(HEADER, header);
  for (const arch of ["x86", "arm64", "s390"]) {
    for (const name of ["posix_types.h", "bitsperlong.h"]) {
      write(`arch/${arch}/include/uapi/asm/${name}`, `#include <asm-generic/${name}>\n`);
    }
  }
  gitIn(dir, ["init", "-q"]);
  gitIn(dir, ["add", "-A"]);
  return await openHeaderCompiler(dir, gitIn(dir, ["write-tree"]).trim());
}
