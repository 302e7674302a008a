// What terminals send for the keys of the table, by the names that they have there.

/** xterm's octets first, then those of application mode, the PC console, tmux and rxvt where they differ. */
const named: Readonly<Record<string, readonly string[]>> = {
  right: ['\x1b[C', '\x1bOC'],
  left: ['\x1b[D', '\x1bOD'],
  up: ['\x1b[A', '\x1bOA'],
  down: ['\x1b[B', '\x1bOB'],
  home: ['\x1b[H', '\x1bOH', '\x1b[1~', '\x1b[7~'],
  end: ['\x1b[F', '\x1bOF', '\x1b[4~', '\x1b[8~'],
  pageup: ['\x1b[5~'],
  pagedown: ['\x1b[6~'],
  'shift-tab': ['\x1b[Z'],
  tab: ['\t'],
  enter: ['\r', '\x1bOM'],
  esc: ['\x1b', '\x1b[27u'],
  space: [' '],
  backspace: ['\x7f', '\b', '\x1b[3~'],
};

/** All that may arrive for a key. Throws for a key that no terminal is known to send. */
export const octetsOfKey = (key: string): readonly string[] => {
  const known = named[key];
  if (known !== undefined) return known;
  const control = /^ctrl-([a-z])$/.exec(key)?.[1];
  if (control !== undefined) return [String.fromCharCode(control.charCodeAt(0) - 0x60)];
  if ([...key].length === 1) return [key];
  throw new Error(`what does a terminal send for ${key}?`);
};

/** The ways to tear a sequence: in two at every octet, the first octet first, and into single octets. */
export const tornApart = (sequence: string): readonly (readonly Uint8Array[])[] => {
  const octets = new TextEncoder().encode(sequence);
  const halves = Array.from({ length: octets.length - 1 }, (_, cut) => [
    octets.slice(0, cut + 1),
    octets.slice(cut + 1),
  ]);
  const single = octets.length > 2 ? [[...octets].map((octet) => Uint8Array.of(octet))] : [];
  return [...halves, ...single];
};
