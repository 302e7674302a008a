// Socket options of a trace, by the names and units of the socket API.

import type { SocketOptions } from '../../tcp/socket.ts';
import { NotUnderstood } from './trace.ts';

type Options = { -readonly [Field in keyof SocketOptions]?: SocketOptions[Field] };

const second = 1_000_000;

/** The options as the engine has them. Throws NotUnderstood. */
export function socketOptions(given: ReadonlyMap<string, number | string>): Partial<SocketOptions> {
  const options: Options = {};
  for (const [name, value] of given) setOption(options, name, value);
  return options;
}

function setOption(options: Options, name: string, value: number | string): void {
  if (name === 'TCP_CONGESTION') {
    if (value !== 'reno' && value !== 'cubic') throw new NotUnderstood(`TCP_CONGESTION ${value} has no counterpart`);
    options.congestion = value;
    return;
  }
  if (typeof value !== 'number') throw new NotUnderstood(`${name}: a number was expected, not ${value}`);
  switch (name) {
    case 'TCP_NODELAY':
      options.nodelay = value !== 0;
      return;
    case 'TCP_CORK':
      options.cork = value !== 0;
      return;
    case 'TCP_QUICKACK':
      options.quickAck = value !== 0;
      return;
    case 'SO_KEEPALIVE':
      options.keepalive = value !== 0;
      return;
    case 'TCP_KEEPIDLE':
      options.keepaliveIdle = value * second;
      return;
    case 'TCP_KEEPINTVL':
      options.keepaliveInterval = value * second;
      return;
    case 'TCP_KEEPCNT':
      options.keepaliveProbes = value;
      return;
    case 'TCP_SYNCNT':
      options.synRetries = value;
      return;
    case 'TCP_LINGER2':
      // 0 stands for the usual time, a negative number for none at all.
      options.linger2 = value === 0 ? null : Math.max(value, 0) * second;
      return;
    case 'TCP_DEFER_ACCEPT':
      options.deferAccept = value === 0 ? null : value * second;
      return;
    case 'TCP_USER_TIMEOUT':
      options.userTimeout = value === 0 ? null : value * 1_000;
      return;
    case 'TCP_MAXSEG':
      options.maxSegment = value;
      return;
    case 'SO_REUSEADDR':
      options.reuseAddress = value !== 0;
      return;
    case 'SO_RCVBUF':
      options.receiveBuffer = value;
      return;
    case 'SO_SNDBUF':
      options.sendBuffer = value;
      return;
    case 'SO_OOBINLINE':
      options.urgentInline = value !== 0;
      return;
  }
  throw new NotUnderstood(`the socket option ${name} has no counterpart`);
}
