import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { runGit } from "../../lib/git/git.ts";

const ROOT = join(import.meta.dirname, "../../..");
const SERVER = `
const { main } = await import("./tools/cli/main.ts");
process.exitCode = await main(["lint", "--lsp"]);
`;
let server: ChildProcess | undefined;

afterEach(() => {
  server?.kill();
});

interface Client {
  readonly connection: ProtocolConnection;
  /** The next diagnostics of a document. */
  diagnosticsOf(uri: string): Promise<readonly Diagnostic[]>;
  readonly ended: Promise<number | null>;
}

/** A small kernel tree with one commit. */
async function makeTree(): Promise<string> {
  const dir = await scratchDir();
  const files = {
    MAINTAINERS: "",
    Kconfig: "",
    "scripts/spelling.txt": "acess||access\n",
    "Documentation/index.rst": ".. toctree::\n\n   one\n   two\n",
    "Documentation/one.rst": "text\n\n.. _there:\n\nOne\n===\n",
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(dir, path, ".."), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  const who = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  for (const args of [
    ["init", "-q"],
    ["add", "-A"],
    [...who, "commit", "-q", "-m", "base"],
  ]) {
    expect((await runGit({ dir, args })).code).toBe(0);
  }
  return dir;
}

async function startServer(cache: string): Promise<Client> {
  const args = ["--import", "tsx", "--input-type=module", "-e", SERVER];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, XDG_CACHE_HOME: cache },
    stdio: ["pipe", "pipe", "inherit"],
  });
  server = child;
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = new Map<string, (found: readonly Diagnostic[]) => void>();
  connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
    waiting.get(uri)?.(diagnostics);
  });
  connection.listen();
  await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    ended,
    diagnosticsOf: (uri) => new Promise((resolve) => waiting.set(uri, resolve)),
  };
}

test("an editor gets findings, their why, fixes and the way to a label", async () => {
  const dir = await makeTree();
  const { connection, diagnosticsOf, ended } = await startServer(join(dir, "cache"));
  const uri = pathToFileURL(join(dir, "Documentation/two.rst")).href;
  const spdx = ".. SPDX-License-Identifier: GPL-2.0\n\n";
  const opened = diagnosticsOf(uri);
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: {
      uri,
      languageId: "rst",
      version: 1,
      text: `${spdx}the acess, see :ref:\`there\`\n`,
    },
  });
  const [first] = await opened;
  expect(first).toMatchObject({
    code: "spelling",
    severity: 2,
    range: { start: { line: 2, character: 4 }, end: { line: 2 } },
  });
  const at = { textDocument: { uri }, position: { line: 2, character: 6 } };
  const hover = await connection.sendRequest("textDocument/hover", at);
  expect(JSON.stringify(hover)).toContain("checkpatch reports them");
  const actions = await connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: at.position, end: at.position },
    context: { diagnostics: [] },
  });
  expect(actions).toMatchObject([
    { kind: "quickfix", isPreferred: false, edit: { changes: { [uri]: [{ newText: "access" }] } } },
  ]);
  const label = { textDocument: { uri }, position: { line: 2, character: 20 } };
  const place = await connection.sendRequest("textDocument/definition", label);
  expect(place).toMatchObject({
    uri: pathToFileURL(join(dir, "Documentation/one.rst")).href,
    range: { start: { line: 2, character: 0 } },
  });
  const mended = diagnosticsOf(uri);
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: `${spdx}the access, see :ref:\`gone\`\n` }],
  });
  expect((await mended).map(({ code }) => code)).toEqual(["undefined-label"]);
  await writeFile(join(dir, "Documentation/three.rst"), ".. _gone:\n\nThree\n=====\n");
  const saved = diagnosticsOf(uri);
  await connection.sendNotification("textDocument/didSave", { textDocument: { uri } });
  expect(await saved).toEqual([]);
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  expect(await ended).toBe(0);
});
