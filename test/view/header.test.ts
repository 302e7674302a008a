// Every field of a segment with its octets, value and meaning: RFC 9293 Figure 1, RFC 768.
import { describe, expect, it } from 'vitest';
import { perform } from '../../source/session/perform.ts';
import type { Session } from '../../source/session/session.ts';
import { lookOf } from '../../source/ui/look.ts';
import { fields } from '../../source/view/header.ts';
import { type Scene, sceneOf } from '../../source/view/scene.ts';
import { segment } from '../../source/view/segment.ts';
import { handbook } from '../support/handbook.ts';
import { opened } from '../support/sessions.ts';

const later = (scenario: string, profile: string, steps: number): Session => {
  let session: Session = { ...opened(scenario, profile), handbook };
  for (let step = 0; step < steps; step++) session = perform(session, { do: 'forward' });
  return session;
};

const passage = (scene: Scene, id: number): Scene['passages'][number] => {
  const found = scene.passages.find(({ flight }) => flight.id === id);
  if (found === undefined) throw new Error(`no segment #${id}`);
  return found;
};

const rows = (scene: Scene, id: number): readonly string[] =>
  fields(passage(scene, id).flight, scene).map(({ at, octets, name, value }) =>
    `${at} ${octets} ${name} ${value}`.trim(),
  );

describe('the header', () => {
  it('of a SYN shows the octets that RFC 9293 Figure 1 puts there', () => {
    const shown = rows(sceneOf(later('hs-basic', 'textbook', 1)), 1);
    // Ports 40001 (0x9c41) and 80, number 100, no acknowledgment; offset 6 because of the MSS option (kind 2, length 4).
    expect(shown.slice(0, 4)).toEqual([
      '0 9c 41 sport 40001',
      '2 00 50 dport 80',
      '4 00 00 00 64 seq 100',
      '8 00 00 00 00 ack -',
    ]);
    expect(shown).toContain('12 6. offset 6');
    expect(shown).toContain('12 .0 reserved 0');
    expect(shown).toContain('13 02 flags SYN');
    expect(shown).toContain('14 ff ff window 65535');
    expect(shown).toContain('18 00 00 urgent -');
    expect(shown).toContain('20 02 04 05 b4 MSS 1460');
  });

  it('shows the scale of a window where one was agreed upon, and not in a SYN', () => {
    const scene = sceneOf(later('hs-basic', 'linux', 4));
    expect(rows(scene, 1).find((row) => row.includes('window'))).toMatch(/window 64240$/);
    // RFC 7323 section 2.2: seven, so 128.
    expect(rows(scene, 3).find((row) => row.includes('window'))).toMatch(/window 502\*128$/);
  });

  it('of UDP has eight octets', () => {
    const shown = rows(sceneOf(later('udp', 'textbook', 1)), 1);
    expect(shown.map((row) => row.split(' ')[0])).toEqual(['0', '2', '4', '6', '8']);
    expect(shown[2]).toBe('4 00 0b length 11');
  });

  it.each([
    ['en', /over header, data and addresses/],
    ['zh', /覆盖首部、数据和地址/],
  ] as const)(
    'tells in %s what each is for, on a screen of 80x24, also of a segment that has landed',
    (language, text) => {
      const session: Session = { ...later('header', 'linux', 7), language };
      const scene = sceneOf(session);
      const lines = segment(scene, lookOf(session), 78, 19).map((line) => line.map((piece) => piece.text).join(''));
      expect(scene.selected).toBeNull();
      expect(lines.join('\n')).toMatch(text);
      for (const { meaning } of scene.passages.flatMap(({ flight }) => fields(flight, scene))) {
        expect(lookOf(session).ruler(meaning[language])).toBeLessThanOrEqual(37);
      }
    },
  );
});
