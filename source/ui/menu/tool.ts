// What a tool on one of the hosts would print, as tutorials tell people to look.

import type { Tool } from '../../session/dialog.ts';
import type { Intent } from '../../session/intent.ts';
import { timelineOf } from '../../session/session.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { netstat, ss } from '../../view/tool/sockets.ts';
import { tcpdump } from '../../view/tool/tcpdump.ts';
import type { KeyName } from '../keys.ts';
import { type Menu, menu } from './menu.ts';

const commands: Readonly<Record<Tool, string>> = { ss: 'ss -tan', netstat: 'netstat -tan', tcpdump: 'tcpdump -n' };

/** The output at the cursor; Tab: of the other end. */
export function toolMenu(scene: Scene, look: Look, tool: Tool, host: 0 | 1, wanted: number): Menu {
  const { words } = look;
  const texts = printed(scene, tool, host);
  const keys = new Map<KeyName, readonly Intent[]>([
    ['tab', [to(tool, host === 0 ? 1 : 0)]],
    ['s', [to('ss', host)]],
    ['n', [to('netstat', host)]],
    ['t', [to('tcpdump', host)]],
  ]);
  return menu({
    title: `${words.party[host === 0 ? 'client' : 'server']}  $ ${commands[tool]}`,
    lead: texts.length === 0 ? [{ text: words.nothingYet, tone: 'dim' }] : [],
    items: texts.map((text) => ({ label: text, note: '', intents: null })),
    // The latest is what one waits for.
    line: wanted < 0 ? texts.length - 1 : wanted,
    prose: tool === 'tcpdump',
    keys,
    hint: words.toolHint,
    width: 78,
  });
}

/** The keys that open the tools of an end, for whatever shows its sockets. */
export function toolKeys(host: 0 | 1): ReadonlyMap<KeyName, readonly Intent[]> {
  return new Map([
    ['s', [to('ss', host)]],
    ['n', [to('netstat', host)]],
    ['t', [to('tcpdump', host)]],
  ]);
}

function printed({ session, world }: Scene, tool: Tool, host: 0 | 1): readonly string[] {
  const course = timelineOf(session);
  const { index } = session.cursor;
  switch (tool) {
    case 'ss':
      return ss(world.hosts[host], course, index);
    case 'netstat':
      return squeezed(netstat(world.hosts[host], course, index));
    case 'tcpdump':
      return tcpdump(course, host, index);
  }
}

/** Cells of a line of output where the screen has 80 columns. */
const cells = 73;

// Its columns are a cell or two too wide for that, and the last one is the state: then there are fewer blanks before it.
function squeezed([title, ...table]: readonly string[]): readonly string[] {
  let rows = table;
  const widest = (): number => Math.max(0, ...rows.map((row) => row.length));
  for (let at = widest() - 1; at > 0 && widest() > cells; at--) {
    if (!rows.every((row) => row.slice(at - 1, at + 1).trim() === '')) continue;
    rows = rows.map((row) => row.slice(0, at) + row.slice(at + 1));
  }
  return title === undefined ? [] : [title, ...rows];
}

function to(tool: Tool, host: 0 | 1): Intent {
  return { do: 'open-dialog', dialog: { kind: 'tool', tool, host, line: -1 } };
}
