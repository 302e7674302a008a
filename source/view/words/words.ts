// Everything the screens say, as one table per language. States, flags, fields, timers and calls keep the names
// of the RFC and of the socket API in every language.

import type { Shelving, Wanted } from '../../session/dialog.ts';
import type { Trouble } from '../../session/notice.ts';
import type { Language, WireView } from '../../session/session.ts';
import type { Template } from '../../session/template.ts';
import type { TimerName } from '../../tcp/timers.ts';
import type { Refusal } from '../../world/outcome.ts';
import type { FateReason, RuleDeed } from '../../world/wire.ts';

/** The ends of a connection, and whoever else sends something. */
export type Party = 'client' | 'server' | 'third';

/** The texts of one language. Functions are whole sentences, so that each language orders its own words. */
export interface Words {
  readonly language: Language;

  // Title line
  readonly event: string;
  readonly paused: string;
  readonly playing: (speed: string) => string;
  readonly titleHelp: string;

  // Panes
  readonly party: Readonly<Record<Party, string>>;
  readonly wire: string;
  readonly oneWay: (there: string, back: string) => string;
  readonly cableCut: string;
  readonly hostDown: string;
  readonly why: string;
  readonly time: string;
  readonly segment: string;
  readonly decisions: string;

  // Endpoint
  readonly state: string;
  readonly was: string;
  readonly timer: string;
  readonly timers: string;
  readonly in: (left: string) => string;
  readonly retries: (count: number) => string;
  readonly synQueue: string;
  readonly acceptQueue: string;
  /** Labels of the two queues where they share a row. */
  readonly queues: readonly [syn: string, accept: string];
  readonly queuesBrief: (syn: string, accept: string) => string;
  readonly app: string;
  readonly waiting: (call: string) => string;

  // Wire
  readonly flying: (count: number) => string;
  readonly lost: (count: number) => string;
  readonly lands: (at: string) => string;
  readonly untilReleased: string;
  readonly repeats: (id: string) => string;
  readonly copyOf: (id: string) => string;
  readonly forged: string;
  readonly corrupt: string;
  readonly data: (octets: number) => string;
  readonly nothingYet: string;
  readonly hidden: (count: number) => string;
  /** What each sign of the plot means. */
  readonly plotted: Readonly<Record<'sent' | 'again' | 'lost' | 'acknowledged' | 'window' | 'cut', string>>;
  readonly wireView: Readonly<Record<WireView, string>>;
  readonly earlier: (count: number) => string;
  /** At most 7 cells each. */
  readonly fateShort: Readonly<Record<Exclude<FateReason, 'delivered'> | 'held', string>>;
  /** A whole reason. */
  readonly fate: (reason: FateReason, at: string, byPerson: boolean) => string;

  // Why
  readonly noEvent: string;
  readonly eventNumber: (number: number) => string;
  readonly received: (who: string, what: string, state: string) => string;
  readonly receivedNowhere: (who: string, what: string) => string;
  readonly wasLost: (what: string) => string;
  /** Between two parts of a sentence, between a name and what follows, and at the end of a sentence. */
  readonly comma: string;
  readonly colon: string;
  readonly stop: string;
  readonly fired: (who: string, timer: string) => string;
  readonly called: (who: string, call: string) => string;
  readonly calledBrief: (who: string, call: string) => string;
  readonly sent: (what: readonly string[]) => string;
  readonly byYou: string;
  readonly timerName: Readonly<Record<TimerName, string>>;
  readonly more: string;
  readonly noFinding: string;
  readonly wiresharkSays: (what: string) => string;
  readonly citeScenario: string;
  readonly citeCounterfactual: string;
  readonly notApplied: (phrase: string) => string;
  readonly refused: (reason: string) => string;
  readonly refusal: Readonly<Record<Refusal, string>>;
  /** Names of what a finding saw, where they are words and not fields. */
  readonly saw: Readonly<Record<string, string>>;

  // Actions, in the past tense
  readonly dropped: (what: string) => string;
  readonly delayed: (what: string, until: string) => string;
  readonly held: (what: string) => string;
  readonly released: (what: string) => string;
  readonly duplicated: (what: string) => string;
  readonly swapped: (what: string) => string;
  readonly edited: (what: string) => string;
  readonly corrupted: (what: string) => string;
  readonly marked: (what: string) => string;
  readonly refusedByRouter: (what: string) => string;
  readonly forgedBy: (who: string, what: string) => string;
  readonly ruled: (action: RuleDeed) => string;
  readonly cut: string;
  readonly mended: string;
  readonly paced: (least: string) => string;
  readonly thirdAnswers: (how: 'silent' | 'reset') => string;
  readonly tuned: (who: string) => string;
  readonly killed: (who: string) => string;
  readonly crashed: (who: string) => string;
  readonly booted: (who: string) => string;

  // Time
  readonly here: string;
  readonly legend: {
    readonly change: string;
    readonly sent: string;
    readonly lost: string;
    readonly retransmission: string;
  };
  readonly decided: string;
  readonly noDecisions: string;
  readonly at: (time: string, byPerson: boolean) => string;
  readonly undo: string;
  readonly branch: (name: string, count: number) => string;
  readonly forkLine: (name: string, from: string | null) => string;
  readonly off: string;

  // Segment
  readonly noSegment: string;
  readonly headerColumns: readonly string[];
  readonly fieldNames: {
    readonly from: string;
    readonly to: string;
    readonly options: string;
    readonly data: string;
    readonly none: string;
  };

  // Notices
  readonly startOfHistory: string;
  readonly quiet: string;
  readonly busy: (steps: number) => string;
  readonly limit: string;
  readonly noChangeBefore: string;
  readonly noChangeAfter: string;
  readonly seeWhatHappens: (key: string) => string;
  readonly undoHint: (key: string) => string;
  readonly branched: (name: string, keeps: string) => string;
  readonly again: (name: string) => string;
  readonly cannot: (reason: string) => string;
  readonly undone: (what: string) => string;
  readonly redone: (what: string) => string;
  readonly nothingToUndo: string;
  readonly nothingToRedo: string;
  readonly nothingSelected: string;
  readonly ended: (what: string, fate: string) => string;
  readonly switched: (name: string) => string;
  readonly notUnderstood: (text: string) => string;
  readonly renamed: (name: string) => string;
  readonly noBranch: (name: string, nearest: string | null) => string;
  readonly toggled: (phrase: string, off: boolean) => string;
  readonly nowProfile: (name: string) => string;
  readonly stoppedAt: (condition: string) => string;
  readonly reachedGoal: (condition: string) => string;
  readonly atMark: (name: string) => string;
  readonly markedHere: (name: string) => string;
  readonly noMark: (name: string) => string;
  readonly noJump: string;
  readonly matched: (text: string) => string;
  readonly noMatchAfter: (text: string) => string;
  readonly noMatchBefore: (text: string) => string;
  readonly noSearch: string;
  readonly breakSet: (condition: string) => string;
  readonly breakGone: (condition: string) => string;
  readonly goalSet: (condition: string) => string;
  readonly noGoal: string;
  readonly speed: (speed: string) => string;
  readonly recording: Readonly<Record<'started' | 'stopped', (file: string) => string>>;
  readonly notRecorded: (file: string, why: string) => string;
  readonly exported: (file: string) => string;
  readonly notExported: (file: string, why: string) => string;
  readonly trouble: Readonly<Record<Trouble, string>>;

  // Dialogs
  readonly help: string;
  readonly helpAll: string;
  readonly helpMore: string;
  readonly helpBack: string;
  readonly marks: {
    readonly flying: string;
    readonly landed: string;
    readonly lost: string;
    readonly held: string;
    readonly copy: string;
    readonly changed: string;
    readonly cursor: string;
  };
  readonly markHeading: string;
  readonly keySections: {
    readonly time: string;
    readonly segment: string;
    readonly decision: string;
    readonly screen: string;
  };
  readonly scenarios: string;
  readonly scenarioHint: string;
  readonly filter: string;
  readonly scenarioCount: (count: number) => string;
  readonly noMatch: string;
  readonly group: (name: string) => string;
  readonly minutes: (count: number) => string;
  readonly menu: {
    readonly drop: string;
    readonly delay: string;
    readonly duplicate: string;
    readonly release: string;
    readonly swap: string;
    readonly edit: string;
    readonly corrupt: string;
    readonly mark: string;
    readonly refuseSoft: string;
    readonly refuseHard: string;
    readonly refuseSize: string;
  };
  /** Behind what cannot be chosen. */
  readonly offBecause: (reason: string) => string;
  readonly notHere: string;
  readonly editTitle: (what: string) => string;
  readonly injectTitle: (who: string) => string;
  readonly injectHint: string;
  readonly templates: Readonly<Record<Template, string>>;
  readonly hostTitle: (who: string) => string;
  readonly hostHint: string;
  readonly hostMenu: {
    readonly connect: string;
    readonly second: string;
    readonly listen: string;
    readonly backlog: string;
    readonly accept: string;
    readonly send: string;
    readonly receive: string;
    readonly read: string;
    readonly shutdown: string;
    readonly close: string;
    readonly abort: string;
    readonly options: string;
    readonly tune: string;
    readonly kill: string;
    readonly crash: string;
    readonly boot: string;
    readonly cut: string;
    readonly mend: string;
  };
  readonly optionsTitle: (who: string) => string;
  readonly wanted: Readonly<Record<Wanted, string>>;
  readonly askHint: string;
  readonly misread: (found: string, expected: string, nearest: string | null) => string;
  readonly sockets: string;
  readonly socketsHint: string;
  readonly invariants: string;
  readonly allHold: (count: number) => string;
  readonly notWatched: string;
  readonly brokenAt: (invariant: string, who: string, event: number) => string;
  readonly goal: string;
  readonly noGoalSet: string;
  readonly goalState: (condition: string, event: number | null) => string;
  readonly breaksOn: (count: number) => string;
  readonly quoted: (text: string) => string;
  readonly challengeLine: (text: string, event: number | null) => string;
  readonly notesHint: string;
  /** Before the id of a lesson to look at. */
  readonly beside: string;
  readonly nextLesson: (id: string) => string;
  readonly tutorialsSay: (verdict: string, what: string) => string;
  readonly rfcSays: (what: string) => string;
  readonly linuxDoes: (what: string) => string;
  readonly shownIn: (where: string) => string;
  readonly tutorialsHint: string;
  readonly handbookWordHint: string;
  readonly nextQuestion: string;
  readonly lastQuestion: string;
  readonly quizOver: string;
  readonly solutionHint: string;
  readonly drill: string;
  readonly drillScore: (right: number, asked: number) => string;
  readonly drillThink: string;
  readonly drillShow: string;
  readonly drillTry: string;
  readonly drillSee: string;
  readonly drillKnew: readonly [string, string];
  readonly drillHint: string;
  readonly ways: string;
  readonly waysColumns: readonly string[];
  readonly waysHint: string;
  readonly waySent: (segments: number, again: string) => string;
  readonly wayWrong: (what: string) => string;
  readonly toolHint: string;
  readonly handbook: Readonly<Record<Shelving, string>>;
  readonly handbookHint: string;
  readonly nothingFound: string;
  readonly quizTitle: (right: number, asked: number) => string;
  readonly quizHint: string;
  readonly noQuiz: string;
  readonly escBack: string;
  readonly scored: (right: boolean, answer: string) => string;
  readonly challenges: string;
  readonly challengesHint: string;
  readonly branches: string;
  readonly branchesHint: string;
  readonly leaves: (at: string) => string;
  readonly brokenMark: string;
  readonly bothEnd: (state: string, at: string) => string;
  readonly endsIn: (client: string, server: string, at: string) => string;
  readonly stillBusy: (at: string) => string;
  readonly renameTitle: (name: string) => string;
  readonly newName: string;
  readonly profilesTitle: (name: string) => string;
  readonly profilesHint: string;
  readonly nowUnder: (name: string, outcome: string) => string;
  readonly sameCourse: string;
  readonly differsAt: (at: string) => string;
  readonly firstDiffers: (at: string) => string;
  readonly differenceTitle: (left: string, right: string) => string;
  readonly differenceHint: string;
  readonly on: string;
  readonly breaks: string;
  readonly breaksHint: string;
  readonly newBreak: string;
  readonly otherBreak: string;
  readonly search: string;
  readonly markTitle: (here: string) => string;
  readonly markHint: string;
  readonly jumpTitle: string;
  readonly jumpHint: string;
  readonly jumpBack: string;
  /** How far inside an event: `check 3/8`. */
  readonly micro: (at: number, of: number) => string;
  readonly palette: string;
  readonly paletteHint: string;
  readonly decide: string;
  readonly decisionStart: string;
  readonly delayTitle: (what: string) => string;
  readonly landsNow: string;
  readonly newLanding: string;
  readonly presets: {
    readonly rto: string;
    readonly pastRto: string;
    readonly release: string;
  };
  readonly menuHint: string;
  readonly goTo: string;
  /** Places to go to: what is typed for each, and what it is. */
  readonly places: readonly (readonly [text: string, label: string])[];
  readonly paneKeys: string;

  // Linear mode
  readonly spokenHeader: (at: {
    readonly event: number;
    readonly events: number;
    readonly time: string;
    readonly branch: string;
    readonly profile: string;
    readonly playing: boolean;
  }) => string;
  readonly spokenState: (who: string, state: string, was: string | null) => string;
  readonly spokenFlight: (what: string, from: string, to: string, lands: string, selected: boolean) => string;
  readonly spokenLost: (what: readonly string[]) => string;
  readonly spokenMenu: (title: string, items: number) => string;
  readonly spokenItems: (count: number) => string;
  readonly spokenHere: string;
  readonly spokenClosed: string;
  readonly spokenPane: (pane: string) => string;
  readonly spokenSelected: (what: string) => string;
  readonly spokenLanguage: string;
  readonly spokenScreenOnly: string;
  readonly spokenKeys: (keys: readonly string[]) => string;

  // Sharing and going on
  readonly share: string;
  readonly shareHint: string;
  readonly shareExact: string;
  readonly shareNot: string;
  readonly resume: (id: string) => string;
  readonly resumeNote: string;
  readonly complaint: (first: string, more: number) => string;

  // Size
  readonly copied: (text: string) => string;
  readonly mouse: { readonly on: string; readonly off: string };

  readonly tooSmall: (size: string, least: string) => string;
  readonly linearInstead: string;
}
