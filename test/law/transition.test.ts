// Whatever happens, a connection only changes its state along the edges of RFC 9293 Figure 5 and its notes.
import { describe, expect, it } from 'vitest';
import { afterArrival, objections } from '../support/legal.ts';
import { enough, hold, profileNames, schedules, stepsOf } from './law.ts';

describe.each(profileNames)('in profile %s', { timeout: enough }, (profile) => {
  it('only legal transitions happen, whatever is decided', () => {
    hold(schedules(profile), (course) => {
      for (const { step } of stepsOf(course)) expect(objections(step)).toEqual([]);
    });
  });
});

it('an illegal transition would be seen', () => {
  expect(afterArrival('SYN-SENT')).toContain('CLOSE-WAIT');
  expect(afterArrival('FIN-WAIT-1')).toContain('TIME-WAIT');
  expect(afterArrival('ESTABLISHED')).not.toContain('FIN-WAIT-2');
  expect(afterArrival('ESTABLISHED')).not.toContain('FIN-WAIT-1');
  expect(afterArrival('TIME-WAIT').size).toBe(0);
});
