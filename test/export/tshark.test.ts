// Captures in Wireshark's own reader: nothing malformed, every checksum right, and its marks the ones that WHY foretells.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type Captured, captured } from '../../source/export/capture.ts';
import { pcapng } from '../../source/export/pcapng.ts';
import { branchOf } from '../../source/session/session.ts';
import { labels, wiresharkSays } from '../../source/view/wireshark.ts';
import type { Verdict } from '../../source/view/wireshark-analysis.ts';
import { exhibitOf } from '../support/exhibits.ts';
import { scenarioIds } from '../support/fixtures.ts';
import { missingTool, notice } from '../support/tools.ts';

vi.setConfig({ testTimeout: 300_000 });

const tshark = '/usr/bin/tshark';

const missing = missingTool(tshark);
notice(missing, 'captures in Wireshark');

const folder = mkdtempSync(join(tmpdir(), 'tcpstep-'));
afterAll(() => rmSync(folder, { recursive: true }));

const verdicts = Object.keys(labels) as Verdict[];

/** The values of some fields, packet by packet. */
const fieldsOf = async (file: string, fields: readonly string[], ...more: readonly string[]): Promise<string[][]> => {
  const args = ['-r', file, '-n', '-T', 'fields', '-E', 'separator=;', '-E', 'occurrence=f', ...more];
  const { stdout } = await promisify(execFile)(tshark, [...args, ...fields.flatMap((field) => ['-e', field])], {
    maxBuffer: 64_000_000,
  });
  return stdout === ''
    ? []
    : stdout
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => line.split(';'));
};

/** What Wireshark marks each packet with, in its own names. */
const marksOf = async (file: string): Promise<string[][]> =>
  (await fieldsOf(file, ['_ws.malformed', ...verdicts.map((verdict) => `tcp.analysis.${verdict}`)])).map(
    ([malformed = '', ...marks]) => {
      if (malformed !== '') return [malformed];
      const found = verdicts.filter((_, place) => (marks[place] ?? '') !== '');
      // Fast and spurious ones are marked as retransmissions as well.
      const special = found.some((one) => one === 'fast_retransmission' || one === 'spurious_retransmission');
      return found.filter((one) => one !== 'retransmission' || !special);
    },
  );

describe.skipIf(missing !== undefined)(`tshark${missing === undefined ? '' : ` (${missing})`}`, () => {
  const all = (profile: string): { readonly file: string; readonly packets: readonly Captured[] } => {
    const packets: Captured[] = [];
    const sections = scenarioIds.map((id) => {
      const exhibit = exhibitOf(id, { profile });
      packets.push(...captured(branchOf(exhibit.session).timeline, exhibit.last));
      return pcapng(exhibit);
    });
    // A file may have several sections.
    const file = join(folder, `${profile}.pcapng`);
    writeFileSync(file, Buffer.concat(sections));
    return { file, packets };
  };

  it.each(['textbook', 'rfc9293', 'linux'])(
    'finds nothing malformed in any lesson under %s, and every checksum right',
    async (profile) => {
      const { file, packets } = all(profile);
      const rows = await fieldsOf(
        file,
        [
          '_ws.malformed',
          'ip.checksum.status',
          'tcp.checksum.status',
          'udp.checksum.status',
          'icmp.checksum.status',
          'tcp.options',
        ],
        // All lessons have the same addresses, so their streams are not to be put together.
        ...['-o', 'tcp.desegment_tcp_streams:FALSE'],
        ...['ip.check_checksum', 'tcp.check_checksum', 'udp.check_checksum'].flatMap((wish) => ['-o', `${wish}:TRUE`]),
      );
      expect(rows.length).toBe(packets.length);
      for (const [index, [malformed, ip, ...transport]] of rows.entries()) {
        // 1 is good, 0 bad.
        const spoilt = packets[index]?.comment.includes('its checksum is wrong') === true;
        expect([malformed, ip]).toEqual(['', '1']);
        expect(transport.slice(0, 3).filter((status) => status !== '')).toContain(spoilt ? '0' : '1');
      }
    },
  );

  it('reads the interfaces, the comments and the direction', () => {
    const file = join(folder, 'one.pcapng');
    writeFileSync(file, pcapng(exhibitOf('syn-lost')));
    const text = execFileSync(
      tshark,
      [
        '-r',
        file,
        '-T',
        'fields',
        '-e',
        'frame.interface_name',
        '-e',
        'frame.packet_flags_direction',
        '-e',
        'frame.comment',
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const [first, , third] = text.split('\n').map((line) => line.split('\t'));
    expect(first?.slice(0, 2)).toEqual(['client', '0x00000002']);
    expect(first?.[2]).toContain('open.active (RFC 9293 §3.10.1)');
    expect(third?.slice(0, 2)).toEqual(['server', '0x00000001']);
  });

  it('marks each packet of each lesson, at either end, with what WHY says that it would', async () => {
    const jobs = scenarioIds.flatMap((id) => ([0, 1] as const).map((side) => ({ id, side })));
    const compare = async ({ id, side }: (typeof jobs)[number]): Promise<void> => {
      const exhibit = exhibitOf(id, { side });
      const course = branchOf(exhibit.session).timeline;
      const file = join(folder, `${id}.${side}.pcapng`);
      writeFileSync(file, pcapng(exhibit));
      const theirs = await marksOf(file);
      const packets = [...captured(course, exhibit.last)].filter(({ host }) => host === side);
      const ours = packets.map(({ index, flight, direction }) => {
        const said = wiresharkSays(course, index).find(
          (one) => one.flight.id === flight && (one.flight.to.host === side ? 'in' : 'out') === direction,
        );
        return verdicts.filter((verdict) => said?.verdicts.includes(verdict));
      });
      expect({ id, side, marks: theirs }).toEqual({ id, side, marks: ours });
    };
    // Two at a time.
    const next = jobs.values();
    await Promise.all(
      [0, 1].map(async () => {
        for (const job of next) await compare(job);
      }),
    );
  });
});
