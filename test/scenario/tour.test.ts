// A tour goes each of its ways, and shows side by side what came of them.
import { describe, expect, it } from 'vitest';
import { tour } from '../../source/export/tour.ts';
import { start } from '../../source/scenario/scenario.ts';
import { outcomes } from '../../source/scenario/tour.ts';
import { scenarioOf } from '../support/fixtures.ts';
import { opened, press, statesOf } from '../support/sessions.ts';

const of = (id: string, profile: string) => outcomes(start(scenarioOf(id), profile), scenarioOf(id).until);

describe('a tour', () => {
  it('tells for each way who sent what again, and since when both ends are where they are', () => {
    expect(
      of('hs-each-lost', 'textbook').map(({ way, repetitions, ends }) => [
        way.name,
        repetitions.map(({ at, host, ctl }) => `${host === 0 ? 'client' : 'server'} ${ctl.join(',')} ${at / 1e6}`),
        ends.map(({ state, at }) => `${state} ${at / 1e6}`),
      ]),
    ).toEqual([
      ['main', [], ['ESTABLISHED 0.1', 'ESTABLISHED 0.15']],
      ['syn-lost', ['client SYN 1'], ['ESTABLISHED 1.1', 'ESTABLISHED 1.15']],
      ['synack-lost', ['client SYN 1', 'server SYN,ACK 1.05'], ['ESTABLISHED 1.1', 'ESTABLISHED 1.15']],
      ['ack-lost', ['server SYN,ACK 1.05'], ['ESTABLISHED 0.1', 'ESTABLISHED 1.15']],
      ['ack-lost-data', [], ['ESTABLISHED 0.1', 'ESTABLISHED 0.35']],
    ]);
  });

  it('shows that ACKs are never repeated, whichever segment of the close is lost', () => {
    for (const { repetitions } of of('close-each-lost', 'rfc9293')) {
      expect(repetitions.filter(({ ctl }) => !ctl.includes('FIN'))).toEqual([]);
    }
  });

  it('says what breaks: nothing under 2 MSL, a clean close under less', () => {
    expect(
      of('two-msl', 'rfc9293').map(({ way, broken }) => [way.name, broken.map(({ invariant }) => invariant)]),
    ).toEqual([
      ['main', []],
      ['one', ['clean-close']],
      ['none', ['clean-close']],
    ]);
  });

  it('says when a client got in under each remedy', () => {
    const at = new Map(of('syn-flood-remedies', 'textbook').map(({ way, ends }) => [way.name, ends[0]]));
    expect(at.get('main')).toEqual({ state: 'ESTABLISHED', at: 64_100_000 });
    for (const remedy of ['queue', 'gateway', 'cookies']) {
      expect(at.get(remedy)).toEqual({ state: 'ESTABLISHED', at: 1_100_000 });
    }
  });

  it('is a table in plain characters', () => {
    const lines = [...tour(start(scenarioOf('close-each-lost'), 'textbook'), null)];
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line).toMatch(/^[\x20-\x7e]+$/);
    expect(lines[5]).toMatch(/^the last ACK is lost {2,}6 +server FIN,ACK at 3\.500 /);
  });

  it('opens in the debugger with a branch for each way', () => {
    const session = opened('close-each-lost', 'textbook');
    expect(session.branches.map(({ name }) => name)).toEqual([
      'main',
      'fin-lost',
      'ack-lost',
      'second-fin-lost',
      'last-ack-lost',
    ]);
    const elsewhere = press(session, { do: 'switch', branch: 'fin-lost' }, 'end');
    expect(statesOf(elsewhere)).toEqual(['CLOSED', 'CLOSED']);
  });
});
