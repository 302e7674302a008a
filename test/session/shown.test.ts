// Which of a host's sockets an endpoint shows, so that a listener with children looks as in the RFC's figures.
import { describe, expect, it } from 'vitest';
import { opened, press, statesOf } from '../support/sessions.ts';

const listening = opened('hs-basic');

describe('an endpoint shows', () => {
  it('CLOSED where there is no socket, LISTEN where there is only a listener', () => {
    expect(statesOf(listening)).toEqual(['CLOSED', 'LISTEN']);
  });

  it('the half-open child in place of its listener', () => {
    expect(statesOf(press(listening, 'forward', 'forward'))[1]).toBe('SYN-RECEIVED');
  });

  it('LISTEN again once the child is gone, and CLOSED once the listener is gone too', () => {
    const reset = press(listening, 'forward', 'forward', 'forge from client RST seq=101', 'end');
    expect(statesOf(reset)[1]).toBe('LISTEN');
    expect(statesOf(press(reset, 'server close'))[1]).toBe('CLOSED');
  });

  it('the latest of several connections', () => {
    const second = press(listening, 'end', 'client connect');
    expect(statesOf(second)).toEqual(['SYN-SENT', 'ESTABLISHED']);
    expect(statesOf(press(second, 'end'))).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    const closed = press(second, 'end', 'client abort', 'end');
    expect(statesOf(closed)).toEqual(['ESTABLISHED', 'ESTABLISHED']);
  });
});
