// A small Ink program on our terminal, for the end-to-end tests: it shows which keys it got, how often it was drawn, and
// a menu of ink-select-input. Run by Node itself, so without JSX.
import { appendFileSync } from 'node:fs';
import { Box, render, Text, useApp, useInput, usePaste, useWindowSize } from 'ink';
import select from 'ink-select-input';
import { createElement as element, type ReactElement, useState } from 'react';
import { inkOptions, isInteractive, openTerminal } from '../../../source/terminal/terminal.ts';

const log = process.env['COUNTER_LOG'];
const write = (line: string): void => {
  if (log !== undefined) appendFileSync(log, `${line}\n`);
};

if (!isInteractive(process.stdin, process.stdout, process.env)) {
  write('not interactive');
  process.exit(2);
}

const terminal = await openTerminal({
  glyphs: 'auto',
  onEnd: ({ reason }) => write(`end ${reason}`),
});

const names = ['leftArrow', 'rightArrow', 'upArrow', 'downArrow', 'pageUp', 'pageDown', 'home', 'end'] as const;
const others = ['return', 'escape', 'tab', 'backspace', 'delete'] as const;
const items = ['one', 'two', 'three', 'four', 'five'].map((label) => ({ label, value: label }));

const Menu = ({ choose }: { choose: (value: string) => void }): ReactElement =>
  element(select, { items, onSelect: (item: { value: unknown }) => choose(String(item.value)) });

const Counter = (): ReactElement => {
  const [count, setCount] = useState(0);
  const [keys, setKeys] = useState<string[]>([]);
  const [menu, setMenu] = useState(false);
  const [chosen, setChosen] = useState('nothing');
  const { exit } = useApp();
  const { columns, rows } = useWindowSize();
  usePaste((text) => setKeys((before) => [...before.slice(-5), `paste(${text})`]));
  useInput((text, key) => {
    // The Escape before was the first octet of the key that follows.
    if (key.eventType === 'release') {
      setKeys((before) => before.slice(0, -1));
      return;
    }
    const name = [...names, ...others].find((candidate) => key[candidate]) ?? text;
    const modifiers = [key.ctrl && 'ctrl', key.meta && 'alt', key.shift && 'shift'].filter((word) => word !== false);
    setKeys((before) => [...before.slice(-5), [...modifiers, name].join('-')]);
    if (menu) return;
    if (key.rightArrow) setCount((before) => before + 1);
    if (key.leftArrow) setCount((before) => before - 1);
    if (text === 'm') setMenu(true);
    if (text === 'q' || (text === 'c' && key.ctrl)) exit();
    if (text === '!') {
      setImmediate(() => {
        throw new Error('crashed on purpose');
      });
    }
    if (text === '?') void Promise.reject(new Error('rejected on purpose'));
    if (text === '=') process.exit(7);
  });
  return element(
    Box,
    { flexDirection: 'column' },
    element(Text, { bold: true }, `count ${count}`),
    element(Text, { color: 'red' }, `keys ${keys.join(' ')}`),
    element(Text, null, `size ${columns}x${rows} glyphs ${terminal.glyphs} chosen ${chosen}`),
    element(Text, null, '握手 ok'),
    menu
      ? element(Menu, {
          choose: (value) => {
            setChosen(value);
            setMenu(false);
          },
        })
      : null,
    element(Text, null, 'ready'),
  );
};

terminal.tap((event) => write(event.kind === 'output' ? `draw ${Buffer.byteLength(event.text)}` : 'resize'));
const app = render(element(Counter), inkOptions(terminal));
try {
  await app.waitUntilExit();
} finally {
  app.unmount();
  await terminal.leave();
}
process.stdout.write('bye\n');
