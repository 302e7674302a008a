// CUBIC (RFC 9438): C 0.4 segments a cubic second, beta 717/1024, windows in octets of 1000-octet segments.
import { describe, expect, it } from 'vitest';
import { Congestion, growCubic, reducedThreshold, rememberCubic } from '../../source/tcp/congestion.ts';

const smss = 1_000;
const srtt = 100_000;

/** The window, in segments, this many seconds after a reduction to 70 segments from a maximum of `wMax`. */
const windowAfter = (seconds: number, wMax = 100): number => {
  const congestion = new Congestion(70 * smss, 70 * smss);
  congestion.wMax = wMax;
  for (let now = 0; now < seconds * 1e6; now += srtt) {
    const flight = congestion.cwnd;
    for (let acknowledged = 0; acknowledged < flight; acknowledged += smss)
      growCubic(congestion, smss, smss, now, srtt);
  }
  return congestion.cwnd / smss;
};

describe('growth after a loss', () => {
  // K = cbrt((100 - 70) / 0.4) = 4.217 s; W(t) = 0.4 (t - K)^3 + 100.
  it.each([
    [1, 86.7],
    [2, 95.6],
    [3, 99.3],
    [4.2, 100],
    [6, 102.3],
    [8, 121.6],
  ])('after %d s the window is about %d segments', (seconds, expected) => {
    expect(Math.abs(windowAfter(seconds) - expected)).toBeLessThanOrEqual(2.5);
  });

  it('begins at once where the old maximum has been passed', () => {
    // W(t) = 0.4 t^3 + 70.
    expect(Math.abs(windowAfter(5, 60) - 120)).toBeLessThanOrEqual(4);
  });
});

describe('a reduction', () => {
  it('is to 717/1024 of the window', () => {
    expect(reducedThreshold(new Congestion(100_000, 0), 'cubic', 0, smss)).toBe(70_019);
    expect(reducedThreshold(new Congestion(2_000, 0), 'cubic', 0, smss)).toBe(2_000);
  });

  it('remembers the window at the loss', () => {
    const congestion = new Congestion(100_000, 0);
    rememberCubic(congestion, smss);
    expect(congestion.wMax).toBe(100);
  });

  it('remembers less when the last maximum had not been reached again (fast convergence)', () => {
    const congestion = new Congestion(80_000, 0);
    congestion.wMax = 100;
    rememberCubic(congestion, smss);
    // 80 * (1 + 717/1024) / 2
    expect(congestion.wMax).toBeCloseTo(68.0078, 3);
  });
});
