// Each of the eighty rows of what tutorials say can be pointed to on the screen: claim -> scenario -> step -> line -> comparison.
import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { claimBrief } from '../../source/scenario/claims.ts';
import { start } from '../../source/scenario/scenario.ts';
import type { Claim } from '../../source/session/handbook.ts';
import { perform } from '../../source/session/perform.ts';
import { begin, entryOf, type Language, type Session, type Shelf } from '../../source/session/session.ts';
import { Drawing } from '../../source/ui/app.tsx';
import { drawn } from '../../source/ui/drawing.ts';
import { lookOf } from '../../source/ui/look.ts';
import { textOf } from '../../source/view/line.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { why } from '../../source/view/why.ts';
import { scenarioIds, scenarioOf } from '../support/fixtures.ts';
import { handbook } from '../support/handbook.ts';
import { typed } from '../support/keyboard.ts';

const shelves: readonly Shelf[] = scenarioIds.map((id) => ({
  subject: scenarioOf(id).subject,
  profiles: scenarioOf(id).profiles,
  start: start(scenarioOf(id), null),
}));

const beginning = (language: Language): Session =>
  begin(start(scenarioOf('hs-basic'), null), { language, glyphs: 'unicode', shelves, handbook });

const screen = (session: Session, columns: number, rows: number): readonly string[] =>
  stripVTControlCharacters(
    renderToString(<Drawing session={session} columns={columns} rows={rows} />, { columns }),
  ).split('\n');

/** The comparison that lies over the screen: nothing of what is below it. */
const comparison = (session: Session, columns: number, rows: number): readonly string[] =>
  (drawn(typed(session, '!'), columns, rows).over?.below ?? []).map(textOf);

/** Text on a screen without blanks and frames: however it was wrapped. */
const dense = (lines: readonly string[]): string => lines.join('').replace(/[\s\u2500-\u257f]/g, '');

const pointedTo = (claim: Claim, language: Language): Session => {
  const [spot] = claim.at;
  if (spot === undefined) throw new Error(`row ${claim.row} is nowhere`);
  return perform(beginning(language), { do: 'open-spot', ...spot, claim: claim.row });
};

describe.each(['en', 'zh'] as const)('what tutorials say, on a screen of 80x24, %s', (language) => {
  it.each(handbook.claims.map((claim) => [claim.row, claim] as const))('row %i', (row, claim) => {
    const session = pointedTo(claim, language);
    const [spot] = claim.at;
    expect(session.subject.id).toBe(spot?.scenario);
    expect(entryOf(session)?.step.findings.map(({ rule }) => rule)).toContain(spot?.anchor.rule);
    const lines = screen(session, 80, 24);
    // The whole line, and beside it the reason that decided the step.
    const brief = claimBrief(claim, language);
    expect(lines.filter((line) => line.includes(brief))).toHaveLength(1);
    expect(lines.filter((line) => /^│ 1 /.test(line))).toHaveLength(1);
    // The comparison opens on a key, with all of it.
    const opened = typed(session, '!');
    const compared = dense(comparison(session, 80, 24));
    for (const text of [claim.says[language], claim.rfc9293[language], claim.linux[language]]) {
      expect(compared).toContain(dense([text]));
    }
    expect(compared).toContain(spot?.anchor.rule);
    // Enter goes to the step that shows it: we are there.
    const back = typed(opened, 'enter');
    expect([back.subject.id, back.cursor.index, back.dialog.kind, back.pointed]).toEqual([
      session.subject.id,
      session.cursor.index,
      'none',
      row,
    ]);
  });

  it('names no source by a number of ours', () => {
    const ours = /\bS[0-4]\b/;
    const texts = handbook.claims.flatMap(({ says, rfc9293, linux, brief }) => [says, rfc9293, linux, brief]);
    expect(texts.filter((text) => ours.test(String(text[language])))).toEqual([]);
    const disputed = handbook.claims.find(({ verdicts }) => verdicts.includes('A'));
    if (disputed === undefined) throw new Error('nothing is disputed');
    const shown = typed(pointedTo(disputed, language), '!');
    expect(screen(shown, 80, 24).filter((line) => ours.test(line))).toEqual([]);
  });

  it('is short enough to be told whole', () => {
    for (const claim of handbook.claims) {
      expect([claim.row, stringWidth(claimBrief(claim, language)) <= 76]).toEqual([claim.row, true]);
    }
  });
});

describe.each(['en', 'zh'] as const)(
  'a screen of 60x20 says that there is something, and the key shows it, %s',
  (language) => {
    it.each(handbook.claims.map((claim) => [claim.row, claim] as const))('row %i', (_row, claim) => {
      const session = pointedTo(claim, language);
      expect(screen(session, 60, 20).some((line) => line.includes(lookOf(session).words.tutorialsHint))).toBe(true);
      const compared = dense(comparison(session, 60, 20));
      for (const text of [claim.says[language], claim.rfc9293[language], claim.linux[language]]) {
        expect(compared).toContain(dense([text]));
      }
    });
  },
);

it.each([
  [80, 5],
  [60, 4],
])('no step of a lesson loses its first reason in %i columns', (columns, height) => {
  for (const id of scenarioIds) {
    let session = perform(begin(start(scenarioOf(id), null), { handbook, shelves }), { do: 'forward' });
    const look = lookOf(session);
    for (let steps = 0; steps < 60 && session.notice?.kind !== 'quiet'; steps++) {
      const scene = sceneOf(session);
      if (scene.step !== null && scene.step.findings.length > 0) {
        const lines = why(scene, look, columns - 2, height, 'fitting').map((line) =>
          line.map(({ text }) => text).join(''),
        );
        expect([id, steps, lines.filter((line) => /^ [1-9] /.test(line)).length > 0]).toEqual([id, steps, true]);
      }
      session = perform(session, { do: 'forward' });
    }
  }
});
