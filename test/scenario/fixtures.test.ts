// Every scenario file does what it says it does. UPDATE=1 writes the transcripts anew: read the difference before committing it.
import { describe, expect, it } from 'vitest';
import { tour } from '../../source/export/tour.ts';
import { transcript } from '../../source/export/transcript.ts';
import { start } from '../../source/scenario/scenario.ts';
import { courseOf, rewrite, scenarioIds, scenarioOf } from '../support/fixtures.ts';

const update = process.env['UPDATE'] === '1';

describe('scenario files', () => {
  it('are at least those that the first lessons and the figures of RFC 9293 need', () => {
    expect(scenarioIds).toEqual(
      expect.arrayContaining([
        'hs-basic',
        'syn-lost',
        'synack-lost',
        'ack-lost',
        'close-4',
        'close-3',
        'half-close',
        'sim-open',
        'sim-close',
        'last-ack-lost',
        'old-dup-syn',
        'refused',
        'data-lost',
        'fig-06',
        'fig-07',
        'fig-08',
        'fig-09',
        'fig-10',
        'fig-11',
        'fig-12',
        'fig-13',
      ]),
    );
  });

  it.each(scenarioIds)('%s says what it shows, in English and Chinese', (id) => {
    const { title, about } = scenarioOf(id).subject;
    for (const text of [title.en, about.en]) expect(text).toMatch(/^[\x20-\x7e]+$/);
    for (const text of [title.zh, about.zh]) expect(text).toMatch(/\p{Script=Han}/u);
  });

  it.each(scenarioIds)('%s comes out as it expects under each of its profiles', (id) => {
    const scenario = scenarioOf(id);
    const transcripts = new Map(
      scenario.profiles.map((profile) => [
        profile,
        scenario.ways.length > 0
          ? [...tour(start(scenario, profile), scenario.until)]
          : [...transcript(courseOf(id, profile), scenario.until, scenario.captions)],
      ]),
    );
    if (update) rewrite(id, transcripts);
    expect(scenarioOf(id).expected).toEqual(transcripts);
  });
});
