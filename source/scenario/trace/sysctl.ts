// What the sysctls of a trace mean as values of a profile. A value that has no counterpart is said so, never ignored.

import type { GiveUp, Profile } from '../../tcp/profile.ts';
import { NotUnderstood } from './trace.ts';

type Values = { -readonly [Field in keyof Profile]?: Profile[Field] };

const second = 1_000_000;
/** Linux tcp.h: TCP_RTO_MIN and TCP_RTO_MAX. */
const rtoMin = 200_000;
const rtoMax = 120 * second;

/**
 * How long so many repetitions take when the timeout doubles from `base` up to `most` (Linux tcp_timer.c
 * tcp_model_timeout), in microseconds.
 */
export function modelTimeout(repetitions: number, base: number, most: number): number {
  const doublings = Math.floor(Math.log2(most / base));
  if (repetitions <= doublings) return (2 ** (repetitions + 1) - 1) * base;
  return (2 ** (doublings + 1) - 1) * base + (repetitions - doublings) * most;
}

function after(repetitions: number): GiveUp {
  return { after: 'first-repetition', time: modelTimeout(repetitions, rtoMin, rtoMax) };
}

/** How one sysctl changes a profile. */
type Meaning = (value: string, values: Values) => void;

/** A sysctl that only means something here at one value. */
function only(...usual: readonly string[]): Meaning {
  return (value) => {
    if (!usual.includes(value)) throw new NotUnderstood(`only ${usual.join(' and ')} have a counterpart`);
  };
}

const anything: Meaning = () => undefined;

const meanings: Readonly<Record<string, Meaning>> = {
  tcp_congestion_control: (value, values) => {
    values.congestion = algorithm(value);
  },
  tcp_timestamps: (value, values) => {
    values.timestamps = number(value) > 0;
  },
  tcp_sack: (value, values) => {
    values.sack = on(value);
  },
  tcp_dsack: (value, values) => {
    values.dsack = on(value);
  },
  tcp_window_scaling: (value, values) => {
    if (!on(value)) values.windowScale = null;
  },
  tcp_ecn: (value, values) => {
    values.ecn = choose(value, { 0: 'off', 1: 'ask', 2: 'answer' });
  },
  tcp_ecn_fallback: only('1'),
  tcp_syn_retries: (value, values) => {
    values.synGiveUp = { after: 'retries', count: number(value) };
  },
  tcp_syn_linear_timeouts: (value, values) => {
    values.synLinearTimeouts = number(value);
  },
  tcp_synack_retries: (value, values) => {
    values.synAckGiveUp = { after: 'repetitions', count: number(value) };
  },
  tcp_retries1: (value, values) => {
    values.r1 = number(value);
  },
  tcp_retries2: (value, values) => {
    values.dataGiveUp = after(number(value));
    values.probeGiveUp = number(value);
  },
  tcp_orphan_retries: (value, values) => {
    values.orphanGiveUp = after(number(value) === 0 ? 8 : number(value));
  },
  tcp_fin_timeout: (value, values) => {
    values.finWait2 = number(value) * second;
  },
  tcp_keepalive_time: (value, values) => {
    values.keepaliveIdle = number(value) * second;
  },
  tcp_keepalive_intvl: (value, values) => {
    values.keepaliveInterval = number(value) * second;
  },
  tcp_keepalive_probes: (value, values) => {
    values.keepaliveProbes = number(value);
  },
  tcp_syncookies: (value, values) => {
    values.synCookies = choose(value, { 0: 0, 1: 1, 2: 2 });
  },
  tcp_max_syn_backlog: (value, values) => {
    values.maxSynBacklog = number(value);
  },
  tcp_abort_on_overflow: (value, values) => {
    values.abortOnOverflow = on(value);
  },
  tcp_max_tw_buckets: (value, values) => {
    values.maxTimeWait = number(value);
  },
  tcp_rfc1337: (value, values) => {
    values.timeWaitRst = on(value) ? 'ignore' : 'accept';
  },
  tcp_challenge_ack_limit: only('2147483647', '1000'),
  tcp_invalid_ratelimit: (value, values) => {
    values.challengeInterval = number(value) * 1_000;
  },
  tcp_early_retrans: (value, values) => {
    values.tailLossProbe = number(value) === 3 || number(value) === 4;
  },
  tcp_recovery: (value, values) => {
    values.rack = number(value) % 2 === 1;
  },
  tcp_frto: (value, values) => {
    values.frto = number(value) > 0;
  },
  tcp_retrans_collapse: (value, values) => {
    values.repeatsTogether = on(value);
  },
  tcp_reordering: (value, values) => {
    values.duplicateAcks = number(value);
  },
  tcp_rto_min_us: only(String(rtoMin)),
  tcp_rto_max_ms: only(String(rtoMax / 1_000)),
  tcp_wmem: anything,
  tcp_no_metrics_save: only('1'),
  tcp_pingpong_thresh: only('1'),
  tcp_fastopen: only('0', '1'),
  tcp_comp_sack_delay_ns: anything,
  tcp_slow_start_after_idle: (value, values) => {
    values.idleRestart = on(value);
  },
  tcp_mtu_probing: only('0'),
  tcp_stdurg: (value, values) => {
    values.urgentPointer = on(value) ? 'last' : 'past';
  },
  tcp_moderate_rcvbuf: only('1'),
  tcp_autocorking: only('0', '1'),
  tcp_app_win: only('31'),
  tcp_migrate_req: only('0'),
  ip_local_port_range: (value, values) => {
    const [low, high] = numbers(value);
    if (low === undefined || high === undefined || low > high) throw new NotUnderstood('two ports were expected');
    values.ports = [low, high];
  },
  ip_local_reserved_ports: only(''),
  'core/somaxconn': (value, values) => {
    values.somaxconn = number(value);
  },
};

/** The values of a profile that a host with these sysctls has instead of the usual ones. Throws NotUnderstood. */
export function profileOf(sysctls: ReadonlyMap<string, string>): Partial<Profile> {
  const values: Values = {};
  for (const [name, value] of sysctls) {
    if (Object.hasOwn(handled, name)) continue;
    const meaning = Object.hasOwn(meanings, name) ? meanings[name] : undefined;
    if (meaning === undefined) throw new NotUnderstood(`the sysctl ${name} has no counterpart`);
    try {
      meaning(value, values);
    } catch (error) {
      if (error instanceof NotUnderstood) throw new NotUnderstood(`${name} = ${value}: ${error.message}`);
      throw error;
    }
  }
  timeWaitReuse(sysctls, values);
  return values;
}

// Those that mean something only together with another.
const handled: Readonly<Record<string, true>> = { tcp_tw_reuse: true, tcp_tw_reuse_delay: true, tcp_rmem: true };

function timeWaitReuse(sysctls: ReadonlyMap<string, string>, values: Values): void {
  const reuse = sysctls.get('tcp_tw_reuse');
  if (reuse === undefined) return;
  // 2 is for the loopback only, and these hosts are not on one.
  values.timeWaitReuse = reuse === '1' ? number(sysctls.get('tcp_tw_reuse_delay') ?? '1000') * 1_000 : null;
}

function algorithm(name: string): Profile['congestion'] {
  if (name === 'reno' || name === 'cubic') return name;
  throw new NotUnderstood(`the congestion control ${name} has no counterpart`);
}

function on(value: string): boolean {
  return choose(value, { 0: false, 1: true });
}

function choose<T>(value: string, choices: Readonly<Record<string, T>>): T {
  const choice = Object.hasOwn(choices, value) ? choices[value] : undefined;
  if (choice === undefined) throw new NotUnderstood(`only ${Object.keys(choices).join(', ')} have a counterpart`);
  return choice;
}

function number(value: string): number {
  const [first] = numbers(value);
  if (first === undefined) throw new NotUnderstood('a number was expected');
  return first;
}

function numbers(value: string): readonly number[] {
  return value.split(/\s+/).flatMap((word) => (/^\d{1,15}$/.test(word) ? [Number(word)] : []));
}
