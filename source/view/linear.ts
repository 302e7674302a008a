// A session as text to be heard or read line by line: each step a block, and only what has changed is said.

import { bites, claimBrief } from '../scenario/claims.ts';
import { branchOf, type Session } from '../session/session.ts';
import { chosenStates } from '../session/shown.ts';
import { seconds } from '../session/time.ts';
import type { Finding } from '../tcp/finding.ts';
import { eventText, namer } from './event.ts';
import { captions, claimsHere } from './lesson.ts';
import type { Look } from './look.ts';
import type { Passage, Scene } from './scene.ts';
import { named } from './segment-label.ts';
import { citation, headline } from './why.ts';

/** A whole sentence for each line, the screen as it is now. */
export function spoken(scene: Scene, look: Look): readonly string[] {
  const { words } = look;
  return [
    header(scene, look),
    ...happened(scene, look),
    ...captions(scene),
    ...claimSpoken(scene, look),
    states(scene, look),
    ...flying(scene, look),
    ...lost(scene, look),
  ].filter((line) => line !== '' && line !== words.stop);
}

/** Whether two sessions differ in what a block tells: time, branch, or what has been decided. */
export function movedOn(before: Session, after: Session): boolean {
  return (
    before.current !== after.current ||
    before.cursor.index !== after.cursor.index ||
    before.cursor.at !== after.cursor.at ||
    before.micro !== after.micro ||
    before.profile !== after.profile ||
    branchOf(before).timeline !== branchOf(after).timeline
  );
}

function header(scene: Scene, look: Look): string {
  const { words } = look;
  const { session } = scene;
  const name = `${scene.branch}${scene.touched ? '*' : ''}`;
  return words.spokenHeader({
    event: scene.event,
    events: scene.events,
    time: seconds(scene.now),
    branch: name,
    profile: session.profile,
    playing: session.playing,
  });
}

function happened(scene: Scene, look: Look): readonly string[] {
  const { words } = look;
  const { step, checks } = scene;
  if (step === null) {
    const { subject, language } = scene.session;
    return [sentence(subject.title[language], look), sentence(subject.about[language], look)];
  }
  const lines = [sentence(eventText(step, look, namer(scene.passages, look)), look)];
  if (step.refused !== null) lines.push(sentence(words.refused(words.refusal[step.refused]), look));
  const done = checks === null ? step.findings : step.findings.slice(0, checks.at);
  const told = checks === null ? done.filter(({ rule }) => !rule.startsWith('check.')) : done.slice(-1);
  if (told.length > 0) lines.push(`${words.why}${words.colon}${told.map((one) => reason(one, look)).join(' ')}`);
  return lines;
}

function reason(finding: Finding, look: Look): string {
  const cite = citation(finding, look, Number.POSITIVE_INFINITY);
  // What the network or the scenario does stands in no standard.
  const where = cite === look.words.citeScenario ? '' : ` ${sentence(cite, look)}`;
  return `${sentence(headline(finding, look), look)}${where}`;
}

// What tutorials say of the step, where there is something to be said against it.
function claimSpoken(scene: Scene, look: Look): readonly string[] {
  const [claim] = claimsHere(scene);
  return claim !== undefined && bites(claim) ? [claimBrief(claim, look.words.language)] : [];
}

function states(scene: Scene, look: Look): string {
  const { words } = look;
  const now = chosenStates(scene.world, scene.session.shown);
  return now
    .map((state, host) => {
      const who = words.party[host === 0 ? 'client' : 'server'];
      const changed = scene.changes[host === 0 ? 0 : 1].state;
      return words.spokenState(who, state, changed === null ? null : changed.was);
    })
    .join(' ');
}

function flying(scene: Scene, look: Look): readonly string[] {
  const { words } = look;
  const on = scene.passages.filter((passage) => passage.fate === null);
  return on.map((passage) => {
    const { flight } = passage;
    const [from, to] = [flight.from.host, flight.to.host].map(
      (host) => words.party[host === 0 ? 'client' : host === 1 ? 'server' : 'third'],
    );
    const lands = Number.isFinite(flight.due) ? words.lands(`${seconds(flight.due)}s`) : words.untilReleased;
    const selected = scene.selected?.flight.id === flight.id;
    return words.spokenFlight(named(flight, look), from ?? '', to ?? '', lands, selected);
  });
}

function lost(scene: Scene, look: Look): readonly string[] {
  const { words } = look;
  const gone = scene.passages.flatMap((passage) => lossOf(passage, look));
  return gone.length === 0 ? [] : [words.spokenLost(gone)];
}

function lossOf({ flight, fate }: Passage, look: Look): readonly string[] {
  if (fate === null || fate.reason === 'delivered') return [];
  return [`${named(flight, look)} ${look.words.fate(fate.reason, `${seconds(fate.at)}s`, fate.byPerson)}`];
}

// With a full stop behind it, unless it ends with a mark of its own.
function sentence(text: string, look: Look): string {
  return text === '' || /[.。?？!！:：]$/u.test(text) ? text : `${text}${look.words.stop}`;
}
