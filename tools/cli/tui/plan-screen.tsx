import { Box, render, Text, useApp, useInput } from "ink";
import { useRef, useState } from "react";
import { isChanged, type KeyPress, markOf, type PlanEditor, pressKey } from "./plan-editor.ts";

/** Lines of the screen that are no rows: head, status, keys, and one against scrolling. */
const FRAME = 4;
const LINES = 24;
const NAMED = ["return", "escape", "backspace", "pageUp", "pageDown"] as const;
const KEYS = "1-9 < > assign  u unassign  space f mark  n new  m subject  w write  q leave";

export interface PlanScreenOptions {
  readonly editor: PlanEditor;
  /** Writes the plan. Gives what to say when it must not, undefined when it is written. */
  readonly write: (text: string) => Promise<string | undefined>;
  /** The terminal to draw on; standard error, so that results alone are on standard output. */
  readonly stream: NodeJS.WriteStream;
  readonly keys: NodeJS.ReadStream;
  readonly useColor: boolean;
  /** Ends the screen when its terminal goes. */
  readonly signal: AbortSignal;
}

/** Shows the screen until the user leaves; gives the last state. */
export async function showPlanScreen(options: PlanScreenOptions): Promise<PlanEditor> {
  const { stream, keys, signal } = options;
  let last = options.editor;
  const onChange = (editor: PlanEditor): void => {
    last = editor;
  };
  const screen = render(<PlanScreen {...options} onChange={onChange} />, {
    stdout: stream,
    stdin: keys,
    exitOnCtrlC: true,
    patchConsole: false,
  });
  const end = (): void => screen.unmount();
  signal.addEventListener("abort", end, { once: true });
  await screen.waitUntilExit();
  signal.removeEventListener("abort", end);
  return last;
}

type ScreenProps = Omit<PlanScreenOptions, "keys" | "signal"> & {
  readonly onChange: (editor: PlanEditor) => void;
};

/** The tree of commits and changes, with the row at the cursor in sight. */
function PlanScreen({ editor: first, write, stream, useColor, onChange }: ScreenProps) {
  const [editor, setEditor] = useState(first);
  // Keys may come faster than frames, so the state they change is not that of the last frame.
  const current = useRef(first);
  const { exit } = useApp();
  const show = (next: PlanEditor): void => {
    current.current = next;
    onChange(next);
    setEditor(next);
  };
  const press = (key: KeyPress): void => {
    const next = pressKey(current.current, key);
    show(next);
    if (next.wants === "leave") exit();
    if (next.wants !== "write") return;
    void write(next.text).then((refusal) => {
      const now = current.current;
      const status = refusal ?? `written: ${next.file}`;
      show({ ...now, status, ...(refusal === undefined && { savedText: next.text }) });
    });
  };
  useInput((input, key) => {
    const read = readKey(input, key);
    // Keys that come faster than the program reads come together.
    if (read.name !== undefined) press(read);
    else for (const text of input) press({ text });
  });
  const room = Math.max((stream.rows ?? LINES) - FRAME, 3);
  return <PlanView editor={editor} room={room} useColor={useColor} />;
}

function PlanView(props: { editor: PlanEditor; room: number; useColor: boolean }) {
  const { editor, room, useColor } = props;
  const { rows, unassigned, problems } = editor.tree;
  const top = Math.min(
    Math.max(editor.cursor - Math.floor(room / 2), 0),
    Math.max(rows.length - room, 0),
  );
  const changed = isChanged(editor) ? ", not written" : "";
  const wrong = problems.length === 0 ? "" : `, ${problems.length} problems`;
  const commits = editor.plan.value.commits.length;
  return (
    <Box flexDirection="column">
      <Text wrap="truncate-start" bold={useColor}>
        {`${commits} commits, ${unassigned} changes unassigned${wrong}${changed}: ${editor.file}`}
      </Text>
      {rows.slice(top, top + room).map((row, index) => {
        const at = top + index;
        const isHere = at === editor.cursor;
        const marked = row.kind === "unit" && editor.marked.has(markOf(row.place));
        const lead = row.kind === "commit" ? "" : marked ? "  * " : "    ";
        const text = `${isHere ? ">" : " "}${lead}${row.text}`;
        return (
          <Text key={`${at}`} wrap="truncate-end" inverse={useColor && isHere}>
            {text}
          </Text>
        );
      })}
      <Text wrap="truncate-end">{statusOf(editor)}</Text>
      <Text wrap="truncate-end" dimColor={useColor}>
        {editor.typing === undefined ? KEYS : "return takes the subject, escape drops it"}
      </Text>
    </Box>
  );
}

function statusOf({ typing, status, tree }: PlanEditor): string {
  if (typing !== undefined) return `subject: ${typing.text}_`;
  return status === "" ? (tree.problems[0] ?? " ") : status;
}

function readKey(input: string, key: Readonly<Record<string, unknown>>): KeyPress {
  if (key["upArrow"] === true) return { name: "up", text: "" };
  if (key["downArrow"] === true) return { name: "down", text: "" };
  if (key["leftArrow"] === true) return { name: "left", text: "" };
  if (key["rightArrow"] === true) return { name: "right", text: "" };
  // Problem: ink calls the backspace key of most terminals delete.
  if (key["delete"] === true) return { name: "backspace", text: "" };
  const name = NAMED.find((one) => key[one] === true);
  return name === undefined ? { text: input } : { name, text: "" };
}
