// Every field of a segment's header with its octets, its value and its meaning (RFC 9293 section 3.1, RFC 768).

import type { Bilingual } from '../session/bilingual.ts';
import { ACK, CWR, ECE, FIN, has, PSH, RST, type Segment, SYN, UDP, URG } from '../tcp/segment.ts';
import { octetsOf } from '../world/octets.ts';
import type { Flight } from '../world/wire.ts';
import { cell, type Line, span } from './line.ts';
import type { Look } from './look.ts';
import type { Passage, Scene } from './scene.ts';
import { detailsOf } from './wire.ts';

/** One field. */
export interface Field {
  /** Octets before it. */
  readonly at: number;
  /** Its octets in hexadecimal; of a field smaller than an octet the other digit is a full stop. */
  readonly octets: string;
  readonly name: string;
  readonly value: string;
  readonly meaning: Bilingual;
}

/** Cells that the table needs. */
export const tableWidth = 66;

/** The table, and below it what became of the segment. */
export function headerTable(passage: Passage, scene: Scene, look: Look): readonly Line[] {
  const { words, ruler } = look;
  const { language } = words;
  const columns = [5, 14, 9, 12] as const;
  const rows = fields(passage.flight, scene).map(({ at, octets, name, value, meaning }): Line => {
    const texts = [String(at).padStart(3), octets, name, value].map((text, place) =>
      cell(text, columns[place] ?? 0, ruler),
    );
    const [offset = '', hex = '', field = '', shown = ''] = texts;
    return [
      span(` ${offset}`, 'dim'),
      span(`${hex}`, 'dim'),
      span(field, 'strong'),
      span(shown),
      span(meaning[language]),
    ];
  });
  const heading = words.headerColumns.map((text, place) => cell(text, columns[place] ?? ruler(text), ruler)).join('');
  return [
    [span(` ${heading}`, 'dim')],
    ...rows,
    ...detailsOf(passage, look)
      .slice(1)
      .map((text): Line => [span(` ${text}`)]),
  ];
}

/** The fields in the order of the header, the options and the data behind them. */
export function fields(flight: Flight, scene: Pick<Scene, 'world' | 'session'>): readonly Field[] {
  const octets = octetsOf(flight);
  return has(flight.segment, UDP) ? datagram(flight, octets, scene) : segment(flight, octets, scene);
}

function hex(octets: Uint8Array, from: number, to: number): string {
  const most = Math.min(to, from + 4);
  const shown = [...octets.subarray(from, most)].map((octet) => octet.toString(16).padStart(2, '0')).join(' ');
  return to > most ? `${shown}..` : shown;
}

function ports({ from, to }: Flight, octets: Uint8Array, { session }: Pick<Scene, 'session'>): readonly Field[] {
  const service = (port: number): string => {
    const known = session.handbook.ports.find(({ number }) => number === port);
    return known === undefined ? '' : ` (${known.service})`;
  };
  const [source, destination] = [service(from.port), service(to.port)];
  return [
    {
      at: 0,
      octets: hex(octets, 0, 2),
      name: 'sport',
      value: `${from.port}`,
      meaning: { en: `the sender's port${source}`, zh: `发送方端口${source}` },
    },
    {
      at: 2,
      octets: hex(octets, 2, 4),
      name: 'dport',
      value: `${to.port}`,
      meaning: { en: `the receiver's socket${destination}`, zh: `决定交给哪个套接字${destination}` },
    },
  ];
}

function datagram(flight: Flight, octets: Uint8Array, scene: Pick<Scene, 'session'>): readonly Field[] {
  return [
    ...ports(flight, octets, scene),
    {
      at: 4,
      octets: hex(octets, 4, 6),
      name: 'length',
      value: `${octets.length}`,
      meaning: { en: '8 octets of header, and the data', zh: '首部 8 字节加上数据' },
    },
    { at: 6, octets: hex(octets, 6, 8), name: 'checksum', value: checksum(octets, 6), meaning: checked(flight) },
    ...data(flight.segment, octets, 8),
  ];
}

function segment(flight: Flight, octets: Uint8Array, scene: Pick<Scene, 'world' | 'session'>): readonly Field[] {
  const { segment: one } = flight;
  const end = ((octets[12] ?? 0) >> 4) * 4;
  return [
    ...ports(flight, octets, scene),
    { at: 4, octets: hex(octets, 4, 8), name: 'seq', value: `${one.seq}`, meaning: numbered(one) },
    {
      at: 8,
      octets: hex(octets, 8, 12),
      name: 'ack',
      value: has(one, ACK) ? `${one.ack}` : '-',
      meaning: has(one, ACK)
        ? { en: 'next octet expected from the peer', zh: '期望收到的对端下一个序号' }
        : { en: 'means nothing without ACK', zh: 'ACK 未置位，无意义' },
    },
    {
      at: 12,
      octets: `${hex(octets, 12, 13).slice(0, 1)}.`,
      name: 'offset',
      value: `${end / 4}`,
      meaning: { en: `words of 4 octets: ${end} in all`, zh: `以 4 字节为单位：首部 ${end} 字节` },
    },
    {
      at: 12,
      octets: `.${hex(octets, 12, 13).slice(1)}`,
      name: 'reserved',
      value: '0',
      meaning: { en: '4 bits, always zero', zh: '4 位，恒为零' },
    },
    ...flags(one, octets),
    {
      at: 14,
      octets: hex(octets, 14, 16),
      name: 'window',
      value: windowValue(flight, scene),
      meaning: { en: 'octets that its sender still takes', zh: '发送方此刻还能接收的字节数' },
    },
    { at: 16, octets: hex(octets, 16, 18), name: 'checksum', value: checksum(octets, 16), meaning: checked(flight) },
    {
      at: 18,
      octets: hex(octets, 18, 20),
      name: 'urgent',
      value: has(one, URG) ? `+${one.up}` : '-',
      meaning: has(one, URG)
        ? { en: `urgent data ends before seq+${one.up}`, zh: `紧急数据止于 seq+${one.up} 之前` }
        : { en: 'means nothing without URG', zh: 'URG 未置位，无意义' },
    },
    ...options(octets, end),
    ...data(one, octets, end),
  ];
}

function numbered(one: Segment): Bilingual {
  if (has(one, SYN)) return { en: "the SYN's own number: the ISN", zh: 'SYN 自己的序号，即 ISN' };
  if (one.data.length > 0) return { en: 'number of the first octet of data', zh: '第一个数据字节的序号' };
  if (has(one, FIN)) return { en: "the FIN's own number", zh: 'FIN 自己的序号' };
  return { en: 'where its next octet will begin', zh: '下一个要发送的字节的序号' };
}

const bits: readonly (readonly [number, string, Bilingual])[] = [
  [CWR, 'CWR', { en: 'the sender has slowed down (ECN)', zh: '发送方已减速（ECN）' }],
  [ECE, 'ECE', { en: 'a router marked congestion (ECN)', zh: '收到拥塞标记（ECN）' }],
  [URG, 'URG', { en: 'the urgent pointer counts', zh: '紧急指针有效' }],
  [ACK, 'ACK', { en: 'the acknowledgment number counts', zh: '确认号有效' }],
  [PSH, 'PSH', { en: 'a write ends here: hand it over', zh: '一次写入到此为止，尽快上交' }],
  [RST, 'RST', { en: 'the connection is aborted', zh: '连接中止' }],
  [SYN, 'SYN', { en: 'numbers begin here; takes one', zh: '序号从此开始，占一个' }],
  [FIN, 'FIN', { en: 'no more data from here; takes one', zh: '不再发送数据，占一个序号' }],
];

// What SYN says of ECN is another thing: whether it is spoken (RFC 3168 section 6.1.1).
function flags(one: Segment, octets: Uint8Array): readonly Field[] {
  const set = bits.filter(([bit]) => (one.ctl & bit) !== 0);
  const byte = hex(octets, 13, 14);
  if (set.length === 0) {
    return [{ at: 13, octets: byte, name: 'flags', value: '-', meaning: { en: 'none is set', zh: '均未置位' } }];
  }
  return set.map(([bit, name, meaning], place) => ({
    at: 13,
    octets: place === 0 ? byte : '',
    name: place === 0 ? 'flags' : '',
    value: name,
    meaning:
      has(one, SYN) && (bit === ECE || bit === CWR)
        ? { en: 'ECN is offered (RFC 3168)', zh: '协商 ECN（RFC 3168）' }
        : meaning,
  }));
}

// With the scale that was agreed upon; in a SYN it never applies (RFC 7323 section 2.2).
function windowValue({ segment: one, from, to }: Flight, { world }: Pick<Scene, 'world'>): string {
  const host = from.host === -1 ? undefined : world.hosts[from.host];
  const sender = [...(host?.sockets.values() ?? [])].find(
    (socket) => socket.localPort === from.port && socket.remotePort === to.port,
  );
  const scale = sender !== undefined && 'rcv' in sender.tcb ? sender.tcb.rcv.wscale : 0;
  return has(one, SYN) || scale === 0 ? `${one.wnd}` : `${one.wnd}*${2 ** scale}`;
}

function checksum(octets: Uint8Array, at: number): string {
  return `0x${hex(octets, at, at + 2).replace(' ', '')}`;
}

function checked({ corrupt }: Flight): Bilingual {
  return corrupt
    ? { en: 'does not fit: the receiver drops it', zh: '不符，接收方会丢弃' }
    : { en: 'over header, data and addresses', zh: '覆盖首部、数据和地址' };
}

/** The number of an option's kind -> its name and meaning. */
const kinds: ReadonlyMap<number, readonly [string, Bilingual]> = new Map([
  [2, ['MSS', { en: 'the largest segment its sender takes', zh: '发送方愿意接收的最大报文段' }]],
  [3, ['wscale', { en: 'its windows count 2 to this power', zh: '此后窗口乘以 2 的该次方' }]],
  [4, ['sackOK', { en: 'selective acknowledgments welcome', zh: '可以使用选择确认' }]],
  [5, ['SACK', { en: 'what has come out of order', zh: '已收到的失序数据' }]],
  [8, ['TS', { en: "its sender's time, and the echo", zh: '发送方时间戳与回显' }]],
]);

function options(octets: Uint8Array, end: number): readonly Field[] {
  const found: Field[] = [];
  for (let at = 20; at < end; ) {
    const kind = octets[at] ?? 0;
    if (kind < 2) {
      let to = at;
      while (to < end && octets[to] === kind) to += 1;
      const name = kind === 1 ? 'NOP' : 'end';
      const meaning = { en: 'padding, so that options align', zh: '填充，使选项对齐' };
      found.push({ at, octets: hex(octets, at, to), name, value: '', meaning });
      at = to;
      continue;
    }
    const to = Math.min(end, at + Math.max(2, octets[at + 1] ?? 2));
    const [name, meaning] = kinds.get(kind) ?? [`kind ${kind}`, { en: 'unknown: passed over', zh: '未知，跳过' }];
    found.push({ at, octets: hex(octets, at, to), name, value: optionValue(octets, kind, at), meaning });
    at = to;
  }
  return found;
}

function optionValue(octets: Uint8Array, kind: number, at: number): string {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  if (kind === 2) return `${view.getUint16(at + 2)}`;
  if (kind === 3) return `${view.getUint8(at + 2)}`;
  if (kind === 5) return `${view.getUint32(at + 2)}-${view.getUint32(at + 6)}`;
  return kind === 8 ? `${view.getUint32(at + 2)}` : '';
}

// As text where it is text.
function data({ data: sent }: Segment, octets: Uint8Array, at: number): readonly Field[] {
  if (sent.length === 0) return [];
  const first = [...octets.subarray(at, at + 24)];
  const printable = first.every((octet) => octet >= 0x20 && octet < 0x7f);
  const text = printable ? `${JSON.stringify(String.fromCharCode(...first))}${sent.length > 24 ? '..' : ''}` : '';
  return [
    {
      at,
      octets: hex(octets, at, octets.length),
      name: 'data',
      value: `${sent.length}`,
      meaning: { en: text, zh: text },
    },
  ];
}
