// The capture, read back by a reader of its own that knows nothing of the writer.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pcapng, readPcapng } from '../../source/export/pcapng.ts';
import { printSession } from '../../source/scenario/save.ts';
import { decode } from '../../source/tcp/codec.ts';
import { ctlNames } from '../../source/tcp/segment.ts';
import { exhibitOf, exhibitOfSession } from '../support/exhibits.ts';
import { scenarioIds } from '../support/fixtures.ts';
import { opened, press } from '../support/sessions.ts';

interface Packet {
  readonly place: number;
  readonly time: number;
  readonly octets: Uint8Array;
  readonly options: ReadonlyMap<number, readonly Uint8Array[]>;
}

/** The blocks of a little-endian pcapng file; throws where its lengths do not agree. */
const blocksOf = (file: Uint8Array): { type: number; body: DataView }[] => {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const blocks = [];
  for (let at = 0; at < file.length; ) {
    const length = view.getUint32(at + 4, true);
    expect(length % 4).toBe(0);
    expect(view.getUint32(at + length - 4, true)).toBe(length);
    blocks.push({
      type: view.getUint32(at, true),
      body: new DataView(file.buffer, file.byteOffset + at + 8, length - 12),
    });
    at += length;
  }
  return blocks;
};

const optionsOf = (body: DataView, from: number): Map<number, Uint8Array[]> => {
  const options = new Map<number, Uint8Array[]>();
  for (let at = from; at < body.byteLength; ) {
    const [code, length] = [body.getUint16(at, true), body.getUint16(at + 2, true)];
    if (code === 0) break;
    options.set(code, [...(options.get(code) ?? []), new Uint8Array(body.buffer, body.byteOffset + at + 4, length)]);
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return options;
};

const text = (octets: Uint8Array | undefined): string => new TextDecoder().decode(octets);

const packetsOf = (file: Uint8Array): readonly Packet[] =>
  blocksOf(file)
    .filter(({ type }) => type === 6)
    .map(({ body }) => {
      const length = body.getUint32(12, true);
      return {
        place: body.getUint32(0, true),
        time: body.getUint32(4, true) * 2 ** 32 + body.getUint32(8, true),
        octets: new Uint8Array(body.buffer, body.byteOffset + 20, length),
        options: optionsOf(body, 20 + Math.ceil(length / 4) * 4),
      };
    });

const comment = (packet: Packet | undefined): string => text(packet?.options.get(1)?.[0]);

/** The ones' complement sum of sixteen-bit words (RFC 1071), carries folded in. */
const sum = (octets: Uint8Array): number => {
  let total = 0;
  octets.forEach((octet, at) => {
    total += at % 2 === 0 ? octet * 256 : octet;
  });
  while (total > 0xffff) total = (total % 0x10000) + Math.floor(total / 0x10000);
  return total;
};

/** Whether the checksums of the IPv4 header and of what is in it are right: all words together give all ones. */
const sound = (packet: Uint8Array): boolean => {
  const segment = packet.subarray(20);
  const pseudo = Uint8Array.of(
    ...packet.subarray(12, 20),
    0,
    packet[9] ?? 0,
    segment.length >> 8,
    segment.length & 255,
  );
  return sum(packet.subarray(0, 20)) === 0xffff && sum(Uint8Array.of(...pseudo, ...segment)) === 0xffff;
};

const brief = ({ place, time, octets }: Packet): string => {
  const decoded = decode(octets.subarray(20));
  if (typeof decoded === 'string') throw new Error(decoded);
  const { seq, ack, ctl, data } = decoded.segment;
  return `${place === 0 ? 'client' : 'server'} ${time / 1e6} ${ctlNames(ctl).join(',')} ${seq} ${ack} ${data.length}`;
};

describe('a capture', () => {
  it('has an interface for each end, by name, address and resolution', () => {
    const interfaces = blocksOf(pcapng(exhibitOf('syn-lost'))).filter(({ type }) => type === 1);
    const options = interfaces.map(({ body }) => optionsOf(body, 8));
    expect(options.map((one) => text(one.get(2)?.[0]))).toEqual(['client', 'server']);
    expect(options.map((one) => [...(one.get(4)?.[0] ?? [])].slice(0, 4))).toEqual([
      [10, 0, 0, 1],
      [10, 0, 0, 2],
    ]);
    // Microseconds.
    expect(options.map((one) => [...(one.get(9)?.[0] ?? [])])).toEqual([[6], [6]]);
    // LINKTYPE_RAW.
    expect(interfaces.map(({ body }) => body.getUint16(0, true))).toEqual([101, 101]);
  });

  it('shows a lost segment at its sender only, every other one at both ends when it was there', () => {
    expect(packetsOf(pcapng(exhibitOf('syn-lost'))).map(brief)).toEqual([
      'client 0 SYN 100 0 0',
      'client 1 SYN 100 0 0',
      'server 1.05 SYN 100 0 0',
      'server 1.05 SYN,ACK 300 101 0',
      'client 1.1 SYN,ACK 300 101 0',
      'client 1.1 ACK 101 301 0',
      'server 1.15 ACK 101 301 0',
    ]);
  });

  it('is taken at one end where that is asked for', () => {
    const server = packetsOf(pcapng(exhibitOf('syn-lost', { side: 1 })));
    expect(server.map(brief).map((line) => line.replace('client', 'server'))).toEqual([
      'server 1.05 SYN 100 0 0',
      'server 1.05 SYN,ACK 300 101 0',
      'server 1.15 ACK 101 301 0',
    ]);
  });

  it('says of each packet why it is there, by which rule, and what became of it', () => {
    const packets = packetsOf(pcapng(exhibitOf('syn-lost')));
    expect(comment(packets[0])).toBe(
      '#1 sent by client\ncause: client calls connect\nrules: isn.given (scenario); open.active (RFC 9293 §3.10.1); ' +
        'rto.start (RFC 6298 §5.1)\nfate: is dropped, t 0.025: not seen at server',
    );
    expect(comment(packets[1])).toMatch(/^#2 sent by client, a retransmission of #1\n/);
    expect(comment(packets[1])).toContain('rto.backoff (RFC 6298 §5.5)');
    expect(comment(packets[2])).toMatch(/^#2 <SEQ=100><CTL=SYN> arrives at server\n(.*\n)*rules: .*listen\.syn-accept/);
  });

  it('says which way a packet went, and gives it the same id at both ends', () => {
    const packets = packetsOf(pcapng(exhibitOf('syn-lost')));
    const directions = packets.map(({ options }) => options.get(2)?.[0]?.[0]);
    // 1 inbound, 2 outbound.
    expect(directions).toEqual([2, 2, 1, 2, 1, 2, 1]);
    expect(packets.map(({ options }) => options.get(5)?.[0]?.[0])).toEqual([1, 2, 2, 3, 3, 4, 4]);
  });

  it.each(scenarioIds)('of %s has right checksums but where an octet was spoilt on the way', (id) => {
    for (const profile of ['textbook', 'rfc9293', 'linux']) {
      for (const packet of packetsOf(pcapng(exhibitOf(id, { profile })))) {
        // TCP or UDP; ICMP has no pseudo header.
        if (packet.octets[9] === 1) continue;
        expect(sound(packet.octets)).toBe(!comment(packet).includes('its checksum is wrong'));
      }
    }
  });

  it('holds options as they were sent', () => {
    const [syn] = packetsOf(pcapng(exhibitOf('hs-basic', { profile: 'linux' })));
    // MSS 1460, SACK permitted and timestamps, NOP, window scale: the layout of a Linux SYN.
    const options = [...(syn?.octets.subarray(40, 60) ?? [])];
    expect(options.slice(0, 6)).toEqual([2, 4, 5, 180, 4, 2]);
    expect(options.slice(6, 8)).toEqual([8, 10]);
    expect(options.slice(16, 19)).toEqual([1, 3, 3]);
  });

  const decided = (...all: readonly string[]): readonly Packet[] =>
    packetsOf(pcapng(exhibitOfSession(press(opened('hs-basic'), 'forward', ...all))));

  it('has a spoilt packet with a wrong checksum at its receiver only', () => {
    const packets = decided('corrupt #1').slice(0, 2);
    expect(packets.map(brief)).toEqual(['client 0 SYN 100 0 0', 'server 0.05 SYN 100 0 0']);
    expect(packets.map(({ octets }) => sound(octets))).toEqual([true, false]);
    expect(comment(packets[0])).toMatch(
      /\nfate: arrives at server, t 0\.050, and is discarded: its checksum is wrong$/,
    );
  });

  it('says it in Chinese where the session speaks Chinese; rules, states and fields keep their names', () => {
    const packets = packetsOf(pcapng(exhibitOf('syn-lost', { language: 'zh' })));
    expect(comment(packets[0])).toBe(
      [
        '客户端发出 #1 SYN',
        '起因：客户端应用调用 connect()，发出 #1 SYN',
        '规则：isn.given（scenario）初始序号按教材给定',
        '规则：open.active（RFC 9293 §3.10.1）connect()：建立 TCB，发 SYN',
        '规则：rto.start（RFC 6298 §5.1）启动重传定时器',
        '结局：t 0.025 被丢弃',
      ].join('\n'),
    );
    expect(comment(packets[1])).toMatch(/^客户端发出 #2 SYN，重传 #1\n/);
    expect(comment(packets[2])).toMatch(/^#2 <SEQ=100><CTL=SYN>\n服务端在 LISTEN 收到 #2 SYN\n/);
    for (const id of scenarioIds) {
      for (const packet of packetsOf(pcapng(exhibitOf(id, { language: 'zh' })))) {
        expect(comment(packet)).not.toMatch(/\b(?:sent by|arrives|cause|rules|fate|calls|expires|null|undefined)\b/);
      }
    }
  });

  it('has what was made or changed on the way at its receiver only', () => {
    expect(decided('forge from client RST seq=7').map(brief)).toContain('server 0.05 RST 7 0 0');
    expect(decided('forge from client RST seq=7').map(brief)).not.toContain('client 0 RST 7 0 0');
    expect(decided('edit #1 seq=90').slice(0, 2).map(brief)).toEqual([
      'client 0 SYN 100 0 0',
      'server 0.05 SYN 90 0 0',
    ]);
  });

  it('gives copies that the network made the identification of their original', () => {
    const copies = decided('duplicate #1').filter((packet) => brief(packet).endsWith('SYN 100 0 0'));
    const identification = ({ octets }: Packet): number => (octets[4] ?? 0) * 256 + (octets[5] ?? 0);
    expect(copies.map(brief)).toEqual(['client 0 SYN 100 0 0', 'server 0.05 SYN 100 0 0', 'server 0.05 SYN 100 0 0']);
    expect(new Set(copies.map(identification)).size).toBe(1);
  });

  it.each([
    ['soft', 1, 0],
    ['hard', 3, 0],
    ['mtu 600', 4, 600],
  ])('has what a router says: refuse #1 %s', (what, code, mtu) => {
    const icmp = decided(`refuse #1 ${what}`).find(({ octets }) => octets[9] === 1);
    const message = icmp?.octets.subarray(20) ?? new Uint8Array(0);
    expect(icmp?.place).toBe(0);
    expect([...message.subarray(0, 2)]).toEqual([3, code]);
    expect((message[6] ?? 0) * 256 + (message[7] ?? 0)).toBe(mtu);
    expect(sum(message)).toBe(0xffff);
    // It quotes the packet: the ports and sequence number of #1.
    expect([...message.subarray(28, 36)]).toEqual([0x9c, 0x41, 0, 80, 0, 0, 0, 100]);
  });

  it('has datagrams as UDP', () => {
    const udp = packetsOf(pcapng(exhibitOf('udp'))).filter(({ octets }) => octets[9] === 17);
    expect(udp.length).toBeGreaterThan(0);
    for (const { octets } of udp) expect((octets[24] ?? 0) * 256 + (octets[25] ?? 0)).toBe(octets.length - 20);
  });

  it('marks congestion where a router marked it', () => {
    const [there, here] = decided('mark #1');
    // The two lowest bits of the traffic class: ECT(0) as it left, CE as it came.
    expect([there?.octets[1], here?.octets[1]]).toEqual([2, 3]);
  });

  it('is the same octets every time', () => {
    const hash = (): string =>
      createHash('sha256')
        .update(pcapng(exhibitOf('data-lost')))
        .digest('hex');
    expect(hash()).toBe(hash());
  });
});

describe('a capture as a session', () => {
  const session = press(opened('hs-basic'), 'forward', 'drop', 'forward');
  const file = pcapng(exhibitOfSession(session));

  it('carries it', () => {
    expect(readPcapng(file)).toEqual({ session: printSession(session), damage: null });
  });

  it('carries one of any length', () => {
    const long = {
      ...session,
      subject: { ...session.subject, about: { en: 'é'.repeat(3_900), zh: '长'.repeat(3_900) } },
    };
    const captions = Array.from({ length: 40 }, (_, at) => ({
      anchor: { kind: 'time' as const, at, place: 1 },
      text: { en: '😀'.repeat(900), zh: '说'.repeat(900) },
    }));
    const huge = { ...long, captions };
    expect(printSession(huge).length).toBeGreaterThan(65_535);
    expect(readPcapng(pcapng(exhibitOfSession(huge)))).toEqual({ session: printSession(huge), damage: null });
  });

  it('that is cut off anywhere is opened with a notice, or refused where its first block is cut', () => {
    const first = new DataView(file.buffer, file.byteOffset).getUint32(4, true);
    const ends = new Set(blocksOf(file).map(({ body }) => body.byteOffset + body.byteLength + 4 - file.byteOffset));
    for (let length = 4; length < file.length; length++) {
      const found = readPcapng(file.slice(0, length));
      if (length < first) expect(found).toMatchObject({ wrong: expect.stringContaining('cut off') });
      else if (ends.has(length)) expect(found).toMatchObject({ damage: null });
      else
        expect(found).toMatchObject({
          session: printSession(session),
          damage: expect.stringMatching(/^it is cut off/),
        });
    }
  });

  it('with any octet changed never throws', () => {
    for (let at = 0; at < file.length; at++) {
      const spoilt = file.slice();
      spoilt[at] = (spoilt[at] ?? 0) ^ 0xff;
      expect(() => readPcapng(spoilt)).not.toThrow();
    }
  });

  it('is refused where others made it', () => {
    const foreign = Uint8Array.of(
      ...[0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0],
      ...Array<number>(8).fill(255),
      ...[28, 0, 0, 0],
    );
    expect(readPcapng(foreign)).toEqual({
      wrong: 'this capture carries no session: only those that tcpstep wrote can be opened',
    });
  });
});
