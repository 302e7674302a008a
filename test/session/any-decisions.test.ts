// Lists of decisions that no longer fit: whatever is switched off, undone or put under another profile, what follows is
// computed anew, and what does not apply is kept with its reason.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { handbook } from '../../source/cli/handbook.ts';
import type { Intent } from '../../source/session/intent.ts';
import { perform } from '../../source/session/perform.ts';
import { begin, branchOf, decisionsOf, type Session } from '../../source/session/session.ts';
import { usualSetting } from '../../source/session/setting.ts';
import { lookOf } from '../../source/ui/look.ts';
import { decisionList } from '../../source/view/decision-list.ts';
import { textOf } from '../../source/view/line.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { action, decisions } from '../support/arbitrary.ts';
import { scenarioIds } from '../support/fixtures.ts';
import { opened } from '../support/sessions.ts';

const intent: fc.Arbitrary<Intent> = fc.oneof(
  { weight: 3, arbitrary: fc.nat(20).map((position) => ({ do: 'toggle', position }) as const) },
  { weight: 3, arbitrary: action.map((one) => ({ do: 'decide', action: one }) as const) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(
        ...(['forward', 'back', 'undo', 'redo', 'start', 'end', 'next-change', 'previous-change', 'swap'] as const),
      )
      .map((name) => ({ do: name }) as const),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('textbook', 'rfc9293', 'linux').map((profile) => ({ do: 'profile', profile }) as const),
  },
);

const beginning: fc.Arbitrary<Session> = fc.oneof(
  fc.constantFrom(...scenarioIds).map((id) => opened(id)),
  // A script of anything: nobody has ever run it.
  decisions(12).map((list) =>
    begin(
      {
        subject: opened('hs-basic').subject,
        profile: 'rfc9293',
        setting: usualSetting,
        decisions: list.toSorted((a, b) => a.at - b.at),
        opening: { position: 0, at: 0 },
        captions: [],
        ways: [],
      },
      { handbook: handbook() },
    ),
  ),
);

it('nothing throws, and a decision that does not apply says why', () => {
  let unfit = 0;
  fc.assert(
    fc.property(beginning, fc.array(intent, { maxLength: 25 }), (first, intents) => {
      const session = intents.reduce(perform, first);
      const look = lookOf(session);
      const scene = sceneOf(session);
      const all = decisionsOf(session);
      const listed = decisionList(scene, look, 400, 2 * (all.length + scene.forks.length)).map(textOf);
      expect(branchOf(session).explored).toBeGreaterThanOrEqual(session.cursor.index);
      for (const { refused } of all) {
        if (refused === null) continue;
        unfit += 1;
        expect(listed.join('\n')).toContain(look.words.refusal[refused]);
      }
    }),
    { numRuns: 300 },
  );
  expect(unfit).toBeGreaterThan(20);
}, 300_000);
