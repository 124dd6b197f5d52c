/** One error that the compiler, the linker or kbuild gave. */
export interface BuildError {
  /** Path in the kernel tree, if the message names one. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  readonly text: string;
}

const COMPILER = /^(?:\.\.\/)*(\S+?):(\d+):(?:(\d+):)? (?:fatal )?error: (.*)$/;
const LINKER = /^(?:\S+\/)?ld(?:\.\w+)?: (.*(?:undefined|multiple|cannot|relocation|error).*)$/;
const KBUILD = /^(?:make(?:\[\d+\])?: )?\*\*\* (.*)$/;
const KCONFIG = /^(\S*Kconfig\S*):(\d+):\s*((?:error|syntax error|unknown).*)$/;

/**
 * Finds the errors in the log of a kernel build, in order and each once. kbuild's own lines count
 * only when nothing else was found, as they follow every real error.
 *
 * @param sourceDir removed from the front of paths
 */
export function findBuildErrors(log: string, sourceDir: string): BuildError[] {
  const lines = log.split("\n").map((line) => line.replaceAll(`${sourceDir}/`, ""));
  const errors = lines.flatMap(parseErrorLine);
  const found = errors.length > 0 ? errors : lines.flatMap(parseKbuildLine);
  const seen = new Set<string>();
  return found.filter((error) => {
    const key = JSON.stringify(error);
    return !seen.has(key) && seen.add(key);
  });
}

function parseErrorLine(line: string): BuildError[] {
  const compiler = COMPILER.exec(line) ?? undefined;
  if (compiler !== undefined) {
    const [, file = "", row = "0", column, text = ""] = compiler;
    const place = { file, line: Number(row), text };
    return [column === undefined ? place : { ...place, column: Number(column) }];
  }
  const kconfig = KCONFIG.exec(line);
  if (kconfig !== null) {
    const [, file = "", row = "0", text = ""] = kconfig;
    return [{ file, line: Number(row), text }];
  }
  const [, text] = LINKER.exec(line) ?? [];
  return text === undefined ? [] : [{ text }];
}

function parseKbuildLine(line: string): BuildError[] {
  const [, text] = KBUILD.exec(line) ?? [];
  return text === undefined ? [] : [{ text }];
}
