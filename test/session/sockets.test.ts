// Several connections: which one an end shows, and how calls name it.
import { describe, expect, it } from 'vitest';
import { phrase } from '../../source/session/print.ts';
import { decisionsOf, type Session, worldOf } from '../../source/session/session.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { typed } from '../support/keyboard.ts';
import { opened, press } from '../support/sessions.ts';

const two = press(opened('hs-basic'), 'end', 'client connect as b', 'end', 'server accept as second', 'end');

const ports = (session: Session): readonly (number | undefined)[] =>
  sceneOf(session).sockets.map((socket) => (socket === null ? undefined : socket.remotePort));
const last = (session: Session): string | undefined => {
  const decision = decisionsOf(session).at(-1)?.decision;
  return decision === undefined ? undefined : phrase(decision.action);
};

describe('an end with several connections', () => {
  it('shows the latest', () => {
    expect(sceneOf(two).sockets.map((socket) => socket?.localPort)).toEqual([40_002, 80]);
    expect(ports(two)).toEqual([80, 40_002]);
  });

  it('shows another where the arrows choose it in its pane', () => {
    const other = typed(two, '1 up');
    expect(sceneOf(other).sockets[0]?.localPort).toBe(40_001);
    expect(sceneOf(typed(other, 'down')).sockets[0]?.localPort).toBe(40_002);
  });

  it('shows one chosen from the table of sockets, and the latest again when it is chosen once more', () => {
    const first = typed(two, 'S home enter');
    expect([first.focus, sceneOf(first).sockets[0]?.localPort]).toEqual(['client', 40_001]);
    expect(typed(first, 'S home enter').shown).toEqual([null, null]);
  });

  it('shows the latest as long as the chosen one does not exist', () => {
    const first = typed(two, 'S home enter');
    const before = press(first, 'start');
    expect(sceneOf(before).sockets[0]).toBeNull();
    expect(sceneOf(press(before, 'end')).sockets[0]?.localPort).toBe(40_001);
  });
});

describe('a call from the menu', () => {
  const send = (session: Session): Session => typed(session, 'a down down down down down enter enter');

  it('is made on the connection that is shown, by its name', () => {
    expect(last(send(typed(two, '1')))).toBe('client send 5');
    expect(last(send(typed(two, '1 up')))).toBe('client send 5 on fd3');
  });

  it('reaches that connection', () => {
    const sent = send(typed(two, '1 up'));
    const flight = [...worldOf(sent).wire.flights.values()].at(-1);
    expect(flight?.from.port).toBe(40_001);
  });

  it('of a server names the descriptor that accept() gave', () => {
    const server = typed(two, '3 up');
    expect(sceneOf(server).sockets[1]?.remotePort).toBe(40_001);
    const sent = send(server);
    expect(last(sent)).toMatch(/^server send 5 on fd\d$/);
    expect([...worldOf(sent).wire.flights.values()].at(-1)?.to.port).toBe(40_001);
  });
});
