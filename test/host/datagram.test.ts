// UDP on the same wire: what it does, and all that it does not do.
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../source/scenario/read.ts';
import { timeline } from '../../source/scenario/run.ts';
import { start } from '../../source/scenario/scenario.ts';
import { notation } from '../../source/tcp/segment.ts';
import type { Step } from '../../source/world/outcome.ts';

const steps = (...script: readonly string[]): readonly Step[] =>
  [...timeline(start(readScenario(script.join('\n'), 'x.txt', 'x'), null)).steps(1, 100)].map(({ step }) => step);

const text = ({ deliveries }: Step): string =>
  deliveries.map(({ octets }) => String.fromCodePoint(...octets.bytes())).join();

const ruled = (course: readonly Step[]): readonly string[] =>
  course.flatMap(({ findings }) => findings.map(({ rule }) => rule));

describe('a datagram', () => {
  it('is delivered as it was sent, with nothing before or after it', () => {
    const course = steps('0 server bind 53', '0 client sendto "query" port 53');
    expect(course.map(text)).toEqual(['', '', 'query']);
    expect(course.flatMap(({ sent }) => sent).map(({ segment }) => notation(segment))).toEqual(['<UDP><LEN=5>']);
  });

  it('that is lost stays lost: no timer, no repetition, no error', () => {
    const course = steps('0 server bind 53', '0 client sendto 5 port 53', '0.01 drop #1');
    expect(course).toHaveLength(3);
    expect(course.flatMap(({ returns }) => returns).map(({ call, result }) => [call, result])).toEqual([
      ['bind', { kind: 'ok' }],
      ['sendto', { kind: 'octets', count: 5 }],
    ]);
  });

  it('may be delivered twice: the application is not protected from copies', () => {
    const course = steps('0 server bind 53', '0 client sendto "a" port 53', '0.01 duplicate #1');
    expect(course.map(text).join('')).toBe('aa');
  });

  it('is answered to the port it came from', () => {
    const course = steps('0 server bind 53', '0 client sendto "?" port 53', '1 server sendto "!" port 40001');
    expect(course.flatMap(({ deliveries }) => deliveries).map(({ host }) => host)).toEqual([1, 0]);
  });

  it('for a port that nobody has bound is thrown away, as after the process has ended', () => {
    expect(ruled(steps('0 client sendto 5 port 53'))).toContain('udp.nobody');
    expect(ruled(steps('0 server bind 53', '0 server kill', '0 client sendto 5 port 53'))).toContain('udp.nobody');
  });

  it('holds at most 65,507 octets', () => {
    const [first, second] = steps('0 client sendto 65507 port 53', '0 client sendto 65508 port 53');
    expect(first?.returns[0]?.result).toEqual({ kind: 'octets', count: 65_507 });
    expect(second?.returns[0]?.result).toEqual({ kind: 'error', error: 'EINVAL' });
  });

  it('has a port space of its own: TCP listens on the same number', () => {
    const course = steps('0 server listen 53', '0 server bind 53', '0 server bind 53');
    expect(course.flatMap(({ returns }) => returns).map(({ result }) => result.kind)).toEqual(['ok', 'ok', 'error']);
  });
});
