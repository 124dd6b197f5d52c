import { visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";
import type { RstNode } from "../rst/tree.ts";

const BLOCKS: readonly string[] = ["code-block", "code", "sourcecode", "highlight"];
/** Names of lexers that Pygments 2.14 has and that documents about a kernel may want. */
const LANGUAGES: ReadonlySet<string> = new Set(
  `
none text c c++ cpp rust rs python python3 py py3 pycon pytb perl pl asm nasm gas s
objdump c-objdump bash sh shell ksh zsh console shell-session bash-session tcsh make
makefile mf bsdmake kconfig menuconfig linux-config kernel-config diff udiff patch dts
devicetree json yaml toml ini cfg dosini xml html css javascript js rst rest
restructuredtext markdown md tex latex awk gawk sed elisp emacs-lisp lua ruby rb go java
haskell hs sql http ebnf bnf abnf abap asn1 dot graphviz gnuplot groff nroff man llvm m4
mermaid numpy octave matlab output kmsg dmesg protobuf proto registry scheme lisp
smalltalk systemd tcl ts typescript vim irc guess default jinja django urlencoded
apacheconf nginx docker dockerfile postscript fortran ocaml pascal ada d swift kotlin
scala r arduino cuda opencl glsl hlsl promela coq isabelle tla lean verilog v
systemverilog sv vhdl zig nim nix meson cmake ninja
`.match(/\S+/g),
);

/** A language of a code block that Pygments does not know. */
export const codeLanguage: DocRule = {
  id: "code-language",
  severity: "warning",
  kinds: ["rst"],
  title: "the language of a code block is one that Pygments knows",
  why: "Sphinx warns, and shows the block without colours",
  source: "Documentation/doc-guide/sphinx.rst",
  examples: [
    { text: ".. code-block:: c\n\n   int x;\n", finds: [] },
    { text: ".. code-block:: no-such-language\n\n   int x;\n", finds: ["1:1"] },
    { text: ".. code-block::\n\n   int x;\n", finds: [] },
  ],
  check(file) {
    const found: DocFinding[] = [];
    visitTypes(file, ["directive"], (node) => {
      const { name = "", position, arguments: words = [] } = node as RstNode;
      if (node.type !== "directive" || !BLOCKS.includes(name)) return;
      const language = words[0]?.toLowerCase();
      if (language === undefined || LANGUAGES.has(language)) return;
      found.push({ at: position.start.offset, what: `Pygments has no language '${language}'` });
    });
    return found;
  },
};
