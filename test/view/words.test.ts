// What the screens say, in both languages.
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { ruleIds } from '../../source/tcp/rules.ts';
import { headlines } from '../../source/view/headline.ts';
import { en } from '../../source/view/words/en.ts';
import { zh } from '../../source/view/words/zh.ts';

const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') {
    // One of them takes a list.
    const given = [Object.assign(['A'], { toString: () => 'A' }), 'B', 'C'];
    const said: unknown = Reflect.apply(value, undefined, given.slice(0, Math.max(1, value.length)));
    return typeof said === 'string' ? [said] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
};

// Characters that are one cell wide here and two there, and would shift everything behind them in a Chinese terminal.
const ambiguous = /[§±·×÷‐-―‘’“”†-•‥-‧‰′″※←-⇿∀-⋿①-⓿─-▟■-◿★☆]/u;

describe('a headline', () => {
  const all = Object.entries(headlines).flatMap(([id, both]) => both.map((text) => [id, text] as const));

  it('exists for every rule', () => {
    expect(ruleIds.filter((id) => headlines[id] === undefined)).toEqual([]);
  });

  it('takes at most 40 cells, so that numbers have room beside it', () => {
    expect(all.filter(([, text]) => stringWidth(text) > 40)).toEqual([]);
  });

  it('has no full stop and no character of uncertain width', () => {
    expect(all.filter(([, text]) => /[.。]$/u.test(text) || ambiguous.test(text))).toEqual([]);
  });

  it('is ASCII in English', () => {
    expect(Object.values(headlines).filter(([text]) => !/^[\x20-\x7e]+$/.test(text))).toEqual([]);
  });
});

describe('the words of a language', () => {
  it('are ASCII in English', () => {
    expect(texts(en).filter((text) => !/^[\x20-\x7e]*$/.test(text))).toEqual([]);
  });

  it('have no character of uncertain width in Chinese', () => {
    expect(texts(zh).filter((text) => ambiguous.test(text))).toEqual([]);
  });

  it.each([
    ['English', en],
    ['Chinese', zh],
  ])('name a fate in at most 7 cells in %s', (_, words) => {
    for (const text of Object.values(words.fateShort)) expect(stringWidth(text), text).toBeLessThanOrEqual(7);
  });
});
