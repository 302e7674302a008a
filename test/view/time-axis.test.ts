// Times along a line of cells: in proportion, but for silences beside which all else would be one cell.
import { describe, expect, it } from 'vitest';
import { axisOf } from '../../source/view/time-axis.ts';

const seconds = (...times: readonly number[]): readonly number[] => times.map((time) => time * 1_000_000);
const cells = (times: readonly number[], width: number): readonly number[] => times.map(axisOf(times, width).cell);

describe('an axis', () => {
  it('is in proportion', () => {
    expect(cells(seconds(1, 2, 3, 5), 41)).toEqual([0, 10, 20, 40]);
    expect(axisOf(seconds(1, 2, 3, 5), 41).cuts).toEqual([]);
  });

  it('has one cell for one time', () => {
    expect(cells(seconds(7, 7), 41)).toEqual([0, 0]);
  });

  it('shows waits that double as they are (RFC 6298 section 5.5)', () => {
    expect(axisOf(seconds(0, 1, 3, 7, 15, 31, 63, 127), 60).cuts).toEqual([]);
  });

  it('cuts 2MSL out of the end of a connection, and what stands after it comes ten cells later', () => {
    const times = seconds(0, 2, 4, 244);
    const axis = axisOf(times, 51);
    expect(axis.cuts).toEqual([{ from: 4_000_000, to: 244_000_000, first: 40, last: 50 }]);
    expect(times.map(axis.cell)).toEqual([0, 20, 40, 50]);
    // A time within it stands where it begins.
    expect(axis.cell(100_000_000)).toBe(40);
  });

  it('cuts several silences (keep-alive after two hours, RFC 9293 section 3.8.4), up to three', () => {
    const times = seconds(0, 1, 7_201, 7_202, 14_402, 14_403);
    const axis = axisOf(times, 60);
    expect(axis.cuts.map(({ from, to }) => [from, to])).toEqual([seconds(1, 7_201), seconds(7_202, 14_402)]);
    const placed = times.map(axis.cell);
    expect(placed).toEqual([0, 13, 23, 36, 46, 59]);
  });

  it('leaves two thirds of a narrow one to times', () => {
    const { cuts } = axisOf(seconds(0, 2, 4, 244), 16);
    expect(cuts.map(({ first, last }) => last - first)).toEqual([5]);
  });
});
