// Every scenario file does what it says it does. UPDATE=1 writes the transcripts anew: read the difference before committing it.
import { describe, expect, it } from 'vitest';
import { tour } from '../../source/export/tour.ts';
import { transcript } from '../../source/export/transcript.ts';
import { start } from '../../source/scenario/scenario.ts';
import { indexOfAnchor } from '../../source/session/caption.ts';
import { courseOf, rewrite, scenarioIds, scenarioOf } from '../support/fixtures.ts';

/** Part 1 of the catalogue of lessons, by its ids. */
const lessons = [
  ...['hs-basic', 'hs-ack-data', 'hs-syn-data', 'syn-lost', 'synack-lost', 'ack-lost', 'hs-each-lost', 'old-dup-syn'],
  ...['why2-stale-syn', 'why2-synack-lost', 'why-not-4', 'sim-open', 'refused', 'isn-clock', 'isn-fixed-harm'],
  ...[
    'old-dup-syn-passive',
    'syn-queue',
    'accept-queue-full',
    'syn-flood',
    'syn-cookies',
    'seq-ack',
    'header',
    'flags',
  ],
  ...['zero-window', 'udp', 'wireshark', 'close-4', 'half-close', 'close-3', 'close-each-lost', 'last-ack-lost'],
  ...['no-tw-lost-ack', 'no-tw-stale-data', 'two-msl', 'tw-late-segments', 'tw-pile-client', 'tw-pile-server'],
  ...['restart-bind', 'close-wait-leak', 'sim-close', 'half-open', 'proc-crash', 'host-crash', 'keepalive', 'life'],
] as const;

const update = process.env['UPDATE'] === '1';

const found = (id: string, profile: string): readonly string[] => {
  const scenario = scenarioOf(id);
  return scenario.ways.length > 0
    ? [...tour(start(scenario, profile), scenario.until)]
    : [...transcript(courseOf(id, profile), scenario.until, scenario.captions)];
};

describe('scenario files', () => {
  it('are at least the lessons of the tutorials and the figures of RFC 9293', () => {
    expect(lessons).toHaveLength(45);
    expect(lessons.filter((id) => !scenarioIds.includes(id))).toEqual([]);
    for (let figure = 6; figure <= 13; figure++) {
      expect(scenarioIds).toContain(`fig-${String(figure).padStart(2, '0')}`);
    }
  });

  it.each(lessons)('%s is there for the textbook and for the standard', (id) => {
    expect(scenarioOf(id).profiles).toEqual(expect.arrayContaining(['textbook', 'rfc9293']));
  });

  it.each(scenarioIds)('%s belongs to a group, and names only neighbours that exist', (id) => {
    const { group, beside } = scenarioOf(id).subject;
    expect(['handshake', 'listener', 'data', 'close', 'crash', 'figures']).toContain(group);
    expect(beside.filter((other) => other === id || !scenarioIds.includes(other))).toEqual([]);
  });

  it.each(scenarioIds)(
    '%s says every caption in both languages, and each at some event under one of its profiles',
    (id) => {
      const { captions, profiles } = scenarioOf(id);
      for (const { anchor, text } of captions) {
        expect(text.en).toMatch(/^[\x20-\x7e]+$/);
        expect(text.zh).toMatch(/\p{Script=Han}/u);
        const found = profiles.filter((profile) => indexOfAnchor(courseOf(id, profile), anchor) !== null);
        expect(found, `${id}: ${text.en}`).not.toEqual([]);
      }
    },
  );

  it.each(scenarioIds)('%s says what it shows, in English and Chinese', (id) => {
    const { title, about } = scenarioOf(id).subject;
    for (const text of [title.en, about.en]) expect(text).toMatch(/^[\x20-\x7e]+$/);
    for (const text of [title.zh, about.zh]) expect(text).toMatch(/\p{Script=Han}/u);
  });

  it.each(scenarioIds)('%s expects something under each of its profiles and no other', (id) => {
    const { expected, profiles } = scenarioOf(id);
    if (update) rewrite(id, new Map(profiles.map((profile) => [profile, found(id, profile)])));
    else expect([...expected.keys()]).toEqual(profiles);
  });

  it.each(scenarioIds.flatMap((id) => scenarioOf(id).profiles.map((profile) => [id, profile] as const)))(
    '%s under %s comes out as it expects',
    (id, profile) => {
      expect(found(id, profile)).toEqual(scenarioOf(id).expected.get(profile));
    },
  );
});
