// How laws are put to the test: schedules of anything, worlds frozen before each step, counterexamples as scenario files.
import fc from 'fast-check';
import { printScenario } from '../../source/scenario/print.ts';
import type { Scenario } from '../../source/scenario/scenario.ts';
import type { Decision } from '../../source/session/decision.ts';
import { readPhrase } from '../../source/session/read.ts';
import { usualSetting, worldBefore } from '../../source/session/setting.ts';
import { type Entry, Timeline } from '../../source/session/timeline.ts';
import { decisions, traffic } from '../support/arbitrary.ts';
import { deepFreeze } from '../support/freeze.ts';

/** The profiles whose laws are tested: every one there is. */
export const profileNames = ['rfc9293', 'textbook', 'linux'] as const;

/** What is decided, and under which profile. */
export interface Schedule {
  readonly profile: string;
  readonly decisions: readonly Decision[];
}

const beginnings: readonly (readonly string[])[] = [
  [],
  ['0 server listen', '0 server accept', '0 client connect'],
  ['0 server listen', '0 server accept', '0 client connect', '0.2 server read', '0.2 client read'],
  ['0 server listen', '0 client connect', '0.2 server accept', '0.2 client send 3000', '0.2 server send 100'],
  ['0 client connect', '0 server connect 40001 from 80'],
  ['0 server listen', '0 server accept', '0 client connect', '0.3 client close'],
  ['0 server listen', '0 server accept', '0 client connect', '0.3 client shutdown', '0.3 server close'],
];

const scripted = (lines: readonly string[]): readonly Decision[] =>
  lines.map((line) => {
    const [at = '0', ...words] = line.split(' ');
    return { at: Number(at) * 1_000_000, after: null, action: readPhrase(words.join(' ')), by: 'scenario', off: false };
  });

/**
 * A beginning that leads somewhere, and then traffic over a bad network or anything at all, in order of time;
 * only what `allowed` lets through.
 */
export const schedules = (
  profile: string,
  allowed: (decision: Decision) => boolean = () => true,
): fc.Arbitrary<Schedule> =>
  fc.tuple(fc.constantFrom(...beginnings), fc.oneof(decisions(12), traffic(20))).map(([first, then]) => ({
    profile,
    decisions: [...scripted(first), ...then.filter(allowed)].toSorted((a, b) => a.at - b.at),
  }));

/** Whether a decision leaves segments as their senders made them: nothing forged, changed, chosen to collide, or read apart. */
export const honest = ({ action }: Decision): boolean => {
  if (action.kind === 'tamper') return action.tamper.do !== 'forge' && action.tamper.do !== 'edit';
  const { call } = action;
  switch (call.do) {
    case 'tune':
      return false;
    case 'connect':
      return call.iss === null;
    case 'send':
    case 'receive':
      return !call.urgent;
    case 'listen':
    case 'accept':
    case 'read':
    case 'shutdown':
    case 'close':
    case 'abort':
    case 'set':
    case 'status':
    case 'kill':
    case 'crash':
    case 'boot':
    case 'bind':
      return true;
    case 'sendto':
      return false; // a datagram belongs to no stream
  }
};

/** The most steps that a schedule is followed; some go on for ever (keep-alive, a window that stays closed). */
export const patience = 500;

/** The course of events of a schedule, each world frozen before the next step is made from it. */
export const courseOf = ({ profile, decisions }: Schedule): Timeline => {
  const course = new Timeline(deepFreeze(worldBefore(usualSetting, profile)), decisions);
  for (let index = 1; index <= patience; index++) {
    const step = course.stepAt(index);
    if (step === null) break;
    deepFreeze(step);
  }
  return course;
};

/** The steps of a course as far as it was followed. */
export const stepsOf = (course: Timeline): readonly Entry[] => [...course.steps(1, Math.min(patience, course.reached))];

/** LAWS=20 tries each law on twenty times as many schedules. */
const zeal = Number(process.env['LAWS'] ?? '1');

/** How long a law may be tried, in milliseconds: a slow machine takes its time. */
export const enough = 300_000 * zeal;

/** So many schedules, or as many as asked for. */
export const many = (runs: number): { readonly numRuns: number } => ({ numRuns: runs * zeal });

/** Asserts a law for many schedules. What breaks it is printed as a scenario file. */
export const hold = (schedule: fc.Arbitrary<Schedule>, law: (course: Timeline) => void, runs = 400): void => {
  fc.assert(
    fc.property(schedule, (given) => {
      try {
        law(courseOf(given));
      } catch (error) {
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        throw new Error(`${reason}\n\nThe counterexample as a scenario file:\n\n${asScenario(given)}`, {
          cause: error,
        });
      }
    }),
    many(runs),
  );
};

const asScenario = ({ profile, decisions: list }: Schedule): string => {
  const scenario: Scenario = {
    subject: {
      id: 'counterexample',
      title: { en: 'Counterexample', zh: 'Counterexample' },
      about: { en: '', zh: '' },
      group: 'own',
      lesson: null,
      cites: [],
      minutes: 2,
      beside: [],
    },
    profiles: [profile],
    setting: usualSetting,
    decisions: list,
    opening: { position: 0, at: 0 },
    captions: [],
    ways: [],
    until: null,
    expected: new Map(),
  };
  return printScenario(scenario);
};
