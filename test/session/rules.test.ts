// Standing orders for the wire, in words and in force.
import { describe, expect, it } from 'vitest';
import { phrase } from '../../source/session/print.ts';
import { readPhrase } from '../../source/session/read.ts';

describe('a rule for the wire', () => {
  it.each([
    'drop nth 1,3 exactly=SYN|SYN,ACK',
    'drop nth 2- ack=101 from server',
    'delay seq>100 again=on by 0.06s after 0.49s for 2s',
    'hold wnd<1 size>1000 port=80 toport=40001',
    'mark nth 3 len>0 then',
    'refuse size>600 mtu 600',
    'refuse all soft',
    'pace 0.0006s',
    'duplicate flags=FIN without=ACK by 2s',
  ])('%s is read as it is written', (text) => {
    expect(phrase(readPhrase(text))).toBe(text);
  });

  it.each([
    ['drop nth 1,x', /expected a number such as 1, 1,3 or 2-, found "1,x"/],
    ['drop again=perhaps', /expected on or off/],
    ['drop exactly=SIN', /did you mean SYN/],
    ['drop all mtu 600', /expected a segment such as #1, or a rule/],
  ])('%s is refused', (text, reason) => {
    expect(() => readPhrase(text)).toThrow(reason);
  });
});
