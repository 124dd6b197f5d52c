import { Box, render, Text } from "ink";
import type { GuestLook } from "../../lib/verify/guest-view.ts";

const PHASE_WIDTH = 8;
const NAME_WIDTH = 18;
/** Of a terminal that does not tell. */
const LINES = 24;
const COLORS: Readonly<Record<GuestLook["phase"], string>> = {
  failed: "red",
  boot: "yellow",
  vectors: "blue",
  done: "green",
};
/** What went wrong is on top, what is over at the bottom. */
const ORDER: readonly GuestLook["phase"][] = ["failed", "boot", "vectors", "done"];

/** The guests that fit, failures first; those that do not fit are counted. */
export function sortGuests(
  looks: readonly GuestLook[],
  height: number,
): { readonly shown: readonly GuestLook[]; readonly hidden: number } {
  const room = Math.max(height - 2, 1);
  const sorted = looks.toSorted((a, b) => ORDER.indexOf(a.phase) - ORDER.indexOf(b.phase));
  return { shown: sorted.slice(0, room), hidden: Math.max(sorted.length - room, 0) };
}

/** `vector 1200 of 9416, 4300/s`, or nothing before the first. */
export function describeWork({ vector, nrVectors, perSecond }: GuestLook): string {
  if (vector === 0) return "";
  return `vector ${vector} of ${nrVectors}${perSecond > 0 ? `, ${perSecond}/s` : ""}`;
}

interface BoardProps {
  readonly looks: readonly GuestLook[];
  readonly useColor: boolean;
  readonly height: number;
}

/** The live board: a line a guest with its phase, its work and the console's last line. */
export function GuestBoard({ looks, useColor, height }: BoardProps) {
  const { shown, hidden } = sortGuests(looks, height);
  return (
    <Box flexDirection="column">
      {shown.map((look) => (
        <Box key={look.name} gap={1}>
          <Box width={PHASE_WIDTH} flexShrink={0}>
            <Text {...(useColor ? { color: COLORS[look.phase] } : {})}>{look.phase}</Text>
          </Box>
          <Box width={NAME_WIDTH} flexShrink={0}>
            <Text wrap="truncate-end">{look.name}</Text>
          </Box>
          <Box flexShrink={0}>
            <Text>{describeWork(look)}</Text>
          </Box>
          <Text wrap="truncate-end" dimColor={useColor}>
            {look.lastLine}
          </Text>
        </Box>
      ))}
      {hidden === 0 ? null : <Text>{`${hidden} more guests`}</Text>}
    </Box>
  );
}

/** Shows guests until it is closed. */
export interface GuestView {
  onGuest(look: GuestLook): void;
  close(): void;
}

/** Draws the board on a terminal; results alone are on standard output. */
export function openGuestBoard(options: {
  readonly stream: NodeJS.WriteStream;
  readonly useColor: boolean;
}): GuestView {
  const { stream, useColor } = options;
  const looks = new Map<string, GuestLook>();
  const board = () => (
    <GuestBoard looks={[...looks.values()]} useColor={useColor} height={stream.rows ?? LINES} />
  );
  const screen = render(board(), { stdout: stream, exitOnCtrlC: false, patchConsole: false });
  return {
    onGuest(look) {
      looks.set(look.name, look);
      screen.rerender(board());
    },
    close() {
      screen.clear();
      screen.unmount();
    },
  };
}
