// A real terminal emulator, fed with octets, whose cells are compared with ours.
import xterm from '@xterm/headless';
import type { Screen } from '../../source/terminal/screen.ts';
import { normal, type Style, styleOfBlank } from '../../source/terminal/style.ts';

/** What a cell looks like, comparable: the glyph ('' for the second half of a wide one), its style. */
type Look = { text: string; style: Style };

export type Emulator = {
  write(text: string): Promise<void>;
  looks(): Look[][];
  resize(columns: number, rows: number): void;
  cursor(): { row: number; column: number };
  /** Lines that were scrolled out of the top. */
  scrolled(): number;
};

export const startEmulator = (firstColumns: number, firstRows: number): Emulator => {
  let [columns, rows] = [firstColumns, firstRows];
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 100, allowProposedApi: true });
  return {
    write: (text) => new Promise((resolve) => terminal.write(text, resolve)),
    cursor: () => ({ row: terminal.buffer.active.cursorY, column: terminal.buffer.active.cursorX }),
    resize: (newColumns, newRows) => {
      [columns, rows] = [newColumns, newRows];
      terminal.resize(columns, rows);
    },
    scrolled: () => terminal.buffer.active.baseY,
    looks: () =>
      Array.from({ length: rows }, (_row, row) => {
        const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + row);
        return Array.from({ length: columns }, (_column, column): Look => {
          const cell = line?.getCell(column);
          if (cell === undefined) return { text: ' ', style: normal };
          const colour = (mode: number, value: number, base: number): string => {
            if (mode === 0) return '';
            if (mode === 0x3000000) return `${base + 8};2;${value >> 16};${(value >> 8) & 255};${value & 255}`;
            if (mode === 0x2000000) return `${base + 8};5;${value}`;
            return value < 8 ? `${base + value}` : `${base + 60 + value - 8}`;
          };
          const style: Style = {
            bold: cell.isBold() !== 0,
            dim: cell.isDim() !== 0,
            italic: cell.isItalic() !== 0,
            underline: cell.isUnderline() !== 0,
            inverse: cell.isInverse() !== 0,
            strike: cell.isStrikethrough() !== 0,
            foreground: colour(cell.getFgColorMode(), cell.getFgColor(), 30),
            background: colour(cell.getBgColorMode(), cell.getBgColor(), 40),
          };
          const text = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
          return { text, style: text === ' ' ? styleOfBlank(style) : style };
        });
      }),
  };
};

/** The cells of one of our screens in the same form; the second half of a wide glyph has no style of its own. */
export const looksOf = (screen: Screen): Look[][] =>
  screen.rows.map((row) => row.texts.map((text, column) => ({ text, style: row.styles[column] ?? normal })));

/** Whether two screens look the same, cell by cell. */
export const sameLooks = (one: readonly Look[][], other: readonly Look[][]): boolean =>
  one.length === other.length &&
  one.every((row, place) => {
    const across = other[place];
    return (
      across?.length === row.length &&
      row.every(({ text, style }, column) => {
        const cell = across[column];
        return cell?.text === text && (cell.style === style || styleCodes(cell.style) === styleCodes(style));
      })
    );
  });

const styleCodes = ({ bold, dim, italic, underline, inverse, strike, foreground, background }: Style): string =>
  `${bold}${dim}${italic}${underline}${inverse}${strike}${foreground}/${background}`;
