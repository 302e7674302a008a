// What is said of each packet of a capture: why it is there, by which rule, and what became of it.

import { seconds } from '../session/time.ts';
import { type RuleId, rules } from '../tcp/rules.ts';
import { notation } from '../tcp/segment.ts';
import { eventText } from '../view/event.ts';
import { headlines } from '../view/headline.ts';
import type { Look } from '../view/look.ts';
import { named } from '../view/segment-label.ts';
import type { Step } from '../world/outcome.ts';
import type { Flight, HostIndex } from '../world/wire.ts';
import type { Passage } from './passages.ts';
import { consequences, fateWords, headline, nameOf, rulesOf, type Who } from './words.ts';

type Passages = ReadonlyMap<number, Passage>;

/** The comments of one language, each of several lines without an end. */
export interface Commentary {
  /** Of a packet that leaves in this step, which `who` decided. */
  departure(step: Step, who: Who, flight: Flight, passages: Passages): string;
  /** Of one that arrives in it. */
  arrival(step: Step, who: Who, flight: Flight, passages: Passages): string;
  /** Of a message by which a router tells a sender that its packet was refused. */
  notice(step: Step, flight: Flight, host: 0 | 1): string;
}

// ---- English, in the words of transcripts

/** Comments in English. */
export const inEnglish: Commentary = { departure, arrival, notice };

function departure(step: Step, who: Who, flight: Flight, passages: Passages): string {
  const passage = passages.get(flight.id);
  const again = passage === undefined || passage.repeats === 0 ? '' : `, a retransmission of #${passage.repeats}`;
  return [
    `#${flight.id} sent by ${nameOf(flight.from.host)}${again}`,
    `cause: ${headline(step, who)}`,
    ruleLine(step, flight.from.host),
    `fate: ${fateOf(passage)}`,
  ].join('\n');
}

function fateOf(passage: Passage | undefined): string {
  const { end } = passage ?? { end: null };
  if (passage === undefined || end === null) return 'still on its way at the end of the capture';
  const to = nameOf(passage.flight.to.host);
  const at = seconds(end.at);
  if (end.reason === 'delivered') return `arrives at ${to}, t ${at}`;
  if (end.reason === 'corrupt') return `arrives at ${to}, t ${at}, and ${fateWords.corrupt}`;
  const by = end.byPerson ? ' by a person' : '';
  return `${fateWords[end.reason]}${by}, t ${at}: not seen at ${to}`;
}

function arrival(step: Step, who: Who, flight: Flight): string {
  const origin = flight.forged
    ? ', made by hand'
    : flight.copyOf === 0
      ? ''
      : `, a copy of #${flight.copyOf} made by the network`;
  const head = `#${flight.id} ${notation(flight.segment)} arrives at ${nameOf(flight.to.host)}${origin}`;
  if (flight.corrupt) return `${head}\n${fateWords.corrupt}`;
  const cause = step.event.kind === 'arrival' ? [] : [`cause: ${headline(step, who)}`];
  return [head, ...cause, ...consequences(step), ruleLine(step, flight.to.host)].join('\n');
}

function notice(step: Step, flight: Flight, host: 0 | 1): string {
  return `A router refused #${flight.id} and tells its sender.\n${ruleLine(step, host)}`;
}

// The rules that this host followed in this event, with where they stand.
function ruleLine(step: Step, host: HostIndex): string {
  const cited = rulesOf(step, host).map((rule) => `${rule} (${rules[rule].cite})`);
  return `rules: ${cited.length === 0 ? 'none' : cited.join('; ')}`;
}

// ---- Chinese, in the words of the screen

/** Comments in Chinese, in the words of this look; names of rules, states and fields stay English. */
export function inChinese(look: Look): Commentary {
  const { words } = look;
  const said = (step: Step, host: HostIndex): readonly string[] =>
    rulesOf(step, host).map((rule) => `规则：${rule}（${rules[rule].cite}）${gist(rule)}`);
  const from = ({ from: { host } }: Flight): string =>
    words.party[host === -1 ? 'third' : host === 0 ? 'client' : 'server'];
  const happened = (step: Step, passages: Passages): string =>
    eventText(step, look, (id) => {
      const found = passages.get(id);
      return found === undefined ? `#${id}` : named(found.flight, look);
    });
  const origin = (flight: Flight): string => {
    if (flight.forged) return `${words.comma}${words.forged}`;
    return flight.copyOf === 0 ? '' : `${words.comma}${words.copyOf(`#${flight.copyOf}`)}`;
  };
  return {
    departure: (step, _, flight, passages) => {
      const { end = null, repeats = 0 } = passages.get(flight.id) ?? {};
      const again = repeats === 0 ? '' : `${words.comma}${words.repeats(`#${repeats}`)}`;
      const fate = end === null ? '抓包结束时仍在途中' : words.fate(end.reason, seconds(end.at), end.byPerson);
      return [
        `${from(flight)}${words.sent([named(flight, look)])}${again}`,
        `起因：${happened(step, passages)}`,
        ...said(step, flight.from.host),
        `结局：${fate}`,
      ].join('\n');
    },
    arrival: (step, _, flight, passages) => {
      const head = `#${flight.id} ${notation(flight.segment)}${origin(flight)}`;
      if (flight.corrupt) return `${head}\n${words.corrupt}`;
      return [head, happened(step, passages), ...said(step, flight.to.host)].join('\n');
    },
    notice: (step, flight, host) => [`路由器无法转发 #${flight.id}，告知其发送方。`, ...said(step, host)].join('\n'),
  };
}

function gist(rule: RuleId): string {
  return headlines[rule]?.[1] ?? rules[rule].zh;
}
