// What the tutorials teach: RFC 793 with the numbers that the lecture notes and interview pages print.

import { type CitedProfile, cited } from '../profile.ts';
import { rfc9293 } from './rfc9293.ts';

const second = 1_000_000;

export const textbook: CitedProfile = cited('textbook', {
  // A value that the tutorials do not speak of is the standard's.
  ...rfc9293.table,
  isn: ['clock', 'RFC 793 §3.3: a clock'],
  dataOnSyn: ['refuse', 'tutorials: a SYN cannot carry data'],
  duplicateSyn: ['repeat-syn-ack', 'tutorials: the server sends its SYN,ACK again'],
  rtoAfterSynRepeat: [null, 'not taught'],
  synGiveUp: [{ after: 'repetitions', count: 6 }, 'tutorials: 1, 2, 4, 8 ... seconds; six repetitions, 127 s'],
  synAckGiveUp: [{ after: 'repetitions', count: 5 }, 'tutorials: five repetitions, 63 s'],
  dataGiveUp: [{ after: 'repetitions', count: 6 }, 'tutorials: gives up after several repetitions'],
  orphanGiveUp: [{ after: 'repetitions', count: 6 }, 'tutorials: as for data'],
  rtoMax: [600 * second, 'tutorials: no upper bound; kept finite'],
  challenge: [false, 'RFC 793 §3.9: before RFC 5961'],
  timeWaitSyn: ['never', 'tutorials: the port cannot be used during 2MSL'],
  closeUnread: ['fin', 'RFC 793 §3.9 CLOSE'],
  keepaliveProbes: [10, 'tutorials: ten probes, 75 s apart'],
  sack: [false, 'not taught'],
  dsack: [false, 'not taught'],
  limitedTransmit: [false, 'not taught'],
  congestion: ['reno', 'textbooks: slow start, avoidance, fast retransmit, fast recovery'],
  initialWindow: [1, 'textbooks: one segment'],
  initialThreshold: [65_535, 'RFC 2001: 65535 octets'],
  idleRestart: [false, 'not taught'],
  ports: [[40_001, 40_005], 'a small range, so that its end can be seen'],
  listenNeedsReuse: [true, 'tutorials: bind fails in TIME-WAIT without SO_REUSEADDR'],
  somaxconn: [128, 'the classic limit'],
  maxSynBacklog: [null, 'tutorials: one queue length'],
});
