// How a cell looks, and the shortest way to tell the terminal (SGR, ECMA-48 section 8.3.117).

/** One object per look: equal styles are the same object. Colours are SGR parameters ('31', '38;5;9'), '' the terminal's own. */
export type Style = {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  readonly strike: boolean;
  readonly foreground: string;
  readonly background: string;
};

type Attribute = 'bold' | 'dim' | 'italic' | 'underline' | 'inverse' | 'strike';

const attributes: readonly { name: Attribute; on: string; off: string }[] = [
  { name: 'bold', on: '1', off: '22' },
  { name: 'dim', on: '2', off: '22' },
  { name: 'italic', on: '3', off: '23' },
  { name: 'underline', on: '4', off: '24' },
  { name: 'inverse', on: '7', off: '27' },
  { name: 'strike', on: '9', off: '29' },
];

const known = new Map<string, Style>();

/** The one object for this look. */
const intern = (style: Style): Style => {
  const key = `${attributes.map(({ name, on }) => (style[name] ? on : '')).join('')} ${style.foreground} ${style.background}`;
  const twin = known.get(key);
  if (twin !== undefined) return twin;
  const own = Object.freeze({ ...style });
  known.set(key, own);
  return own;
};

/** The terminal's own look. */
export const normal: Style = intern({
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
  strike: false,
  foreground: '',
  background: '',
});

/** What came of it before, for as many sequences as a screen has. */
const restyled = new WeakMap<Style, Map<string, Style>>();
const mostKnown = 100;

/** The style after the parameters of one SGR sequence (`1;31` of `ESC [ 1 ; 31 m`). Unknown ones change nothing. */
export const restyle = (style: Style, parameters: string): Style => {
  let targets = restyled.get(style);
  if (targets === undefined) {
    targets = new Map();
    restyled.set(style, targets);
  }
  const found = targets.get(parameters);
  if (found !== undefined) return found;
  const next = restyledBy(style, parameters);
  if (targets.size < mostKnown) targets.set(parameters, next);
  return next;
};

const restyledBy = (style: Style, parameters: string): Style => {
  const numbers = parameters.split(';').map((parameter) => (parameter === '' ? 0 : Number(parameter)));
  let next = style;
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index] ?? 0;
    if (number === 0) next = normal;
    else if (number === 38 || number === 48) {
      const length = numbers[index + 1] === 5 ? 3 : numbers[index + 1] === 2 ? 5 : 1;
      const values = numbers.slice(index, index + length);
      index += length - 1;
      const valid = length > 1 && values.length === length && values.every((value) => value >= 0 && value <= 255);
      if (valid) next = { ...next, [number === 38 ? 'foreground' : 'background']: values.join(';') };
    } else if ((number >= 30 && number <= 37) || (number >= 90 && number <= 97))
      next = { ...next, foreground: `${number}` };
    else if (number === 39) next = { ...next, foreground: '' };
    else if ((number >= 40 && number <= 47) || (number >= 100 && number <= 107))
      next = { ...next, background: `${number}` };
    else if (number === 49) next = { ...next, background: '' };
    else {
      for (const { name, on, off } of attributes) {
        if (`${number}` === on) next = { ...next, [name]: true };
        if (`${number}` === off) next = { ...next, [name]: false };
      }
    }
  }
  return intern(next);
};

/** The style with the terminal's own colours (NO_COLOR). Bold, dim, underline and inverse stay. */
export const withoutColours = (style: Style): Style => intern({ ...style, foreground: '', background: '' });

const drawsOnBlank = (style: Style): boolean => style.inverse || style.underline || style.strike;

/** What of the style a blank shows: its background only, unless something is drawn on it. */
export const styleOfBlank = (style: Style): Style => {
  if (drawsOnBlank(style)) return style;
  return style.background === '' ? normal : intern({ ...normal, background: style.background });
};

/** Whether a pen of this style leaves a blank that looks like `style`, which is one of `styleOfBlank`. */
export const blankLooks = (style: Style, pen: Style): boolean =>
  pen === style || (!drawsOnBlank(style) && !drawsOnBlank(pen) && style.background === pen.background);

const transitions = new Map<Style, Map<Style, string>>();

/** The shortest octets that turn the pen from one style to the other; '' when they are the same. */
export const transition = (from: Style, to: Style): string => {
  if (from === to) return '';
  let targets = transitions.get(from);
  if (targets === undefined) {
    targets = new Map();
    transitions.set(from, targets);
  }
  const found = targets.get(to);
  if (found !== undefined) return found;

  const ons = (base: Style): string[] => [
    ...attributes.filter(({ name }) => to[name] && !base[name]).map(({ on }) => on),
    ...(to.foreground !== base.foreground ? [to.foreground === '' ? '39' : to.foreground] : []),
    ...(to.background !== base.background ? [to.background === '' ? '49' : to.background] : []),
  ];
  const removed = attributes.filter(({ name }) => from[name] && !to[name]);
  // Off for bold is off for dim too: the one that stays is set again.
  const offs = [...new Set(removed.map(({ off }) => off))];
  const afterOffs = offs.includes('22') ? { ...from, bold: false, dim: false } : from;
  const stepwise = `\x1b[${[...offs, ...ons(afterOffs)].join(';')}m`;
  // An empty parameter is 0, which resets everything.
  const anew = `\x1b[${['', ...ons(normal)].join(';')}m`;
  const shortest = anew.length < stepwise.length ? anew : stepwise;
  targets.set(to, shortest);
  return shortest;
};
