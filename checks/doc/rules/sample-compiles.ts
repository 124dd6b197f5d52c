import type { DocFile } from "../doc-file.ts";
import type { DocRule } from "../doc-rule.ts";
import { findMarkedSamples, type MarkedSample } from "../marked-samples.ts";

/** A sample of C that its document promises to be one that compiles, and that does not. */
export const sampleCompiles: DocRule = {
  id: "sample-compiles",
  severity: "error",
  kinds: ["rst", "md"],
  title:
    "samples of C behind '.. doclint-compile: user' or 'kernel' compile with the tree's headers",
  why: "samples are copied; what does not compile was not tried by whoever wrote it",
  source: "project",
  examples: [
    { text: ".. doclint-compile: user\n\n.. code-block:: c\n\n   int x;\n", finds: [] },
    {
      text: ".. doclint-compile: user\n\n.. code-block:: c\n\n   int x;\n   int broken\n",
      finds: ["6:8"],
    },
    { text: ".. doclint-compile: kernel\n\n::\n\n  int broken\n", finds: ["5:7"] },
    { text: ".. code-block:: c\n\n   int broken\n", finds: [] },
    { text: ".. doclint-compile: disk\n\nNo code.\n", finds: ["1:1"] },
    { text: ".. doclint-compile: user\n\nNo code.\n", finds: ["1:1"] },
    {
      text: "<!-- doclint-compile: user -->\n\n```c\nint broken\n```\n",
      finds: ["4:5"],
      path: "a.md",
    },
  ],
  *check(file, { compileErrors }) {
    for (const sample of findMarkedSamples(file)) {
      if ("problem" in sample) yield { at: sample.marker, what: sample.problem };
      else {
        for (const { line, column, text } of compileErrors?.(sample) ?? []) {
          yield { at: offsetOf(file, sample, line, column), what: `the compiler says: ${text}` };
        }
      }
    }
  },
};

function offsetOf(
  file: DocFile,
  sample: Pick<MarkedSample, "line" | "indent">,
  line: number,
  column: number,
): number {
  const start = file.lineStarts[sample.line + line - 2] ?? file.source.length;
  return Math.min(start + sample.indent + column - 1, file.source.length);
}
