// Exhibits as tests export them.
import { type Exhibit, extentOf, type Studio } from '../../source/export/exhibit.ts';
import { start } from '../../source/scenario/scenario.ts';
import { begin, branchOf, type Language, type Session } from '../../source/session/session.ts';
import { lookOf } from '../../source/ui/look.ts';
import { scenarioOf } from './fixtures.ts';

/** For formats that show no screen. */
const noStudio: Studio = {
  screen: () => Promise.reject(new Error('this format shows no screen')),
  cast: () => Promise.reject(new Error('this format has no recording')),
  film: () => Promise.reject(new Error('this format has no film')),
  player: () => Promise.reject(new Error('this format has no player')),
};

/** The exhibit of a session as far as it goes by itself, or to `until`. */
export const exhibitOfSession = (
  session: Session,
  wishes: Partial<Exhibit> = {},
  until: number | null = null,
): Exhibit => ({
  session,
  moment: session,
  ...extentOf(branchOf(session).timeline, until),
  look: lookOf(session),
  side: null,
  pace: 1,
  command: `tcpstep ${session.subject.id}`,
  studio: noStudio,
  ...wishes,
});

/** The exhibit of a scenario of the project. */
export const exhibitOf = (
  id: string,
  wishes: Partial<Exhibit> & {
    readonly profile?: string;
    readonly language?: Language;
    readonly glyphs?: 'unicode' | 'ascii';
  } = {},
): Exhibit => {
  const { profile = null, language = 'en', glyphs = 'unicode', ...own } = wishes;
  const scenario = scenarioOf(id);
  return exhibitOfSession(begin(start(scenario, profile), { language, glyphs }), own, scenario.until);
};
