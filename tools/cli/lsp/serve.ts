import {
  createConnection,
  type InitializeResult,
  ProposedFeatures,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { DocProfileName } from "../../../checks/doc/profiles.ts";
import { findLabelAt } from "./find-label.ts";
import { type DocumentState, LintSession } from "./lint-session.ts";
import { describeFindings, offerFixes, toDiagnostics } from "./protocol.ts";

export interface ServeRequest {
  readonly profile: DocProfileName | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * Serves one editor over standard input and output until it says that it is done: diagnostics,
 * the why of a rule at the cursor, quick fixes, and the way to a label.
 */
export async function serve(request: ServeRequest): Promise<void> {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  const documents = new TextDocuments(TextDocument);
  const session = new LintSession({
    ...request,
    onProgress: (line) => connection.console.info(line),
  });
  connection.onInitialize(
    (): InitializeResult => ({
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        definitionProvider: true,
        codeActionProvider: { codeActionKinds: ["quickfix"] },
      },
      serverInfo: { name: "rfckit lint" },
    }),
  );
  const stateOf = async (uri: string): Promise<DocumentState | undefined> => {
    const document = documents.get(uri);
    return document === undefined ? undefined : session.lint(document);
  };
  const tell = async (document: TextDocument): Promise<void> => {
    const state = await session.lint(document);
    // An answer about a text that has changed since would be at the wrong places.
    if (documents.get(document.uri)?.version !== document.version) return;
    const { uri, version } = document;
    await connection.sendDiagnostics({ uri, version, diagnostics: toDiagnostics(state) });
  };
  documents.onDidChangeContent(({ document }) => tell(document));
  documents.onDidSave(async () => {
    session.refresh();
    for (const document of documents.all()) await tell(document);
  });
  documents.onDidClose(async ({ document: { uri } }) => {
    session.forget(uri);
    await connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  connection.onHover(async ({ textDocument, position }) => {
    const state = await stateOf(textDocument.uri);
    return state === undefined ? null : describeFindings(state, position);
  });
  connection.onCodeAction(async ({ textDocument, range }) => {
    const state = await stateOf(textDocument.uri);
    return state === undefined ? [] : offerFixes(state, range);
  });
  connection.onDefinition(async ({ textDocument, position }) => {
    const state = await stateOf(textDocument.uri);
    return state === undefined ? null : findLabelAt(state, position);
  });
  documents.listen(connection);
  connection.listen();
  await new Promise<void>((resolve) => {
    connection.onExit(() => resolve());
    request.signal.addEventListener("abort", () => resolve(), { once: true });
    process.stdin.once("end", () => resolve());
  });
  connection.dispose();
}
