// Application calls and accidents on one host, one function each (RFC 9293 section 3.10.1-3.10.6, socket API).

import { abort } from '../tcp/call/abort.ts';
import { release, shutdown } from '../tcp/call/close.ts';
import { open } from '../tcp/call/open.ts';
import { set } from '../tcp/call/set.ts';
import { status } from '../tcp/call/status.ts';
import { fromText, none, pattern } from '../tcp/octets.ts';
import { Turn } from '../tcp/outcome.ts';
import { seq } from '../tcp/seq.ts';
import { defaultOptions, type SocketError, type SocketOptions } from '../tcp/socket.ts';
import { closed } from '../tcp/tcb.ts';
import type { Call, Payload, Result } from './call.ts';
import { apply, payloadLength, settingOf, settle } from './connection.ts';
import { bind, sendTo } from './datagram.ts';
import { listener, register, unregister } from './demultiplex.ts';
import { host as freshHost, type Pending, Socket } from './host.ts';
import { chooseIss, timestampOffset } from './isn.ts';
import { hold, latest, letGo, named } from './names.ts';
import { choosePort } from './ports.ts';
import { offerAccepted } from './queues.ts';
import type { Work } from './work.ts';

/** Makes the call; `work.refused` says why it could not even be tried. */
export function perform(work: Work, call: Call): void {
  if (!work.host.running && call.do !== 'boot') {
    work.refused = 'host-down';
    return;
  }
  switch (call.do) {
    case 'listen':
      return listen(work, call);
    case 'accept':
      return accept(work, call);
    case 'connect':
      return connect(work, call);
    case 'send':
      return wait(work, call, payloadLength(call.payload));
    case 'receive':
    case 'read':
      return wait(work, call, 0);
    case 'shutdown':
      return onConnection(work, call, (socket) => shutdown(settingOf(work, socket), socket.tcb, call.how));
    case 'close':
    case 'abort':
      return giveUp(work, call);
    case 'set':
      return setOptions(work, call);
    case 'status':
      return onSocket(work, call, (socket) =>
        work.answer(socket, 'status', { kind: 'status', status: status(socket.tcb) }),
      );
    case 'bind':
      return bind(work, call.port);
    case 'sendto':
      return sendTo(work, call);
    case 'kill':
      return kill(work);
    case 'crash':
      return crash(work);
    case 'boot':
      return boot(work);
    case 'tune':
      work.host.profile = { ...work.host.profile, ...call.values };
  }
}

type On = { readonly on: string | null };

// The socket a call means: by name, or the one opened last (for accept: the latest listener).
function resolve(work: Work, call: Call & On): Socket | undefined {
  if (call.on !== null) return named(work, call.on);
  const listening = call.do === 'accept';
  return latest(work, listening) ?? (listening ? undefined : latest(work, true));
}

function onSocket(work: Work, call: Call & On, act: (socket: Socket) => void): void {
  const socket = resolve(work, call);
  if (socket === undefined) {
    work.find(0, 'call.no-connection', 'call', call.do);
    work.refused = 'no-such-socket';
  } else act(socket);
}

function onConnection(work: Work, call: Call & On, act: (socket: Socket) => Turn | SocketError): void {
  onSocket(work, call, (socket) => {
    const turn = act(socket);
    if (turn instanceof Turn) {
      work.answer(socket, call.do, { kind: 'ok' });
      apply(work, socket, turn);
    } else {
      work.find(
        socket.id,
        socket.tcb.state === 'CLOSED' ? 'call.no-connection' : 'call.closing',
        'state',
        socket.tcb.state,
      );
      work.answer(socket, call.do, { kind: 'error', error: turn });
    }
  });
}

function make(
  work: Work,
  localPort: number,
  remote: { address: string; port: number },
  call: Call & { as: string | null },
  options: SocketOptions,
): Socket {
  const { host } = work;
  const socket = new Socket(
    host.nextSocket,
    host.address,
    localPort,
    remote.address,
    remote.port,
    closed,
    options,
    work.now,
  );
  socket.descriptor = host.nextDescriptor;
  socket.name = call.as ?? '';
  host.nextSocket += 1;
  host.nextDescriptor += 1;
  return work.add(socket);
}

// A call that fails before a socket exists still has to be reported; the socket is thrown away.
function fail(work: Work, call: Call['do'], name: string | null, error: SocketError): void {
  const result: Result = { kind: 'error', error };
  work.returns.push({ host: work.host.index, socket: 0, name: name ?? '', call, result });
}

function listen(work: Work, call: Extract<Call, { do: 'listen' }>): void {
  const options: SocketOptions = { ...defaultOptions, ...call.options };
  if (portBusy(work, call.port, options.reuseAddress)) {
    work.find(0, 'open.port-in-use', 'port', call.port);
    fail(work, 'listen', call.as, 'EADDRINUSE');
    return;
  }
  const backlog = Math.min(call.backlog, work.host.profile.somaxconn);
  const socket = make(work, call.port, { address: '', port: 0 }, call, options);
  socket.tcb = { state: 'LISTEN' };
  socket.listener = { backlog, synQueue: [], acceptQueue: [], cookieAt: Number.NEGATIVE_INFINITY, overflows: 0 };
  work.move(socket, 'CLOSED', 'LISTEN');
  hold(work, socket);
  register(work, socket);
  work.find(socket.id, 'open.passive', 'port', call.port, 'backlog', backlog);
  work.answer(socket, 'listen', { kind: 'ok' });
}

function portBusy(work: Work, port: number, reuse: boolean): boolean {
  if (listener(work, port) !== undefined) return true;
  if (!work.host.profile.listenNeedsReuse || reuse) return false;
  for (const socket of work.sockets()) {
    if (socket.localPort === port && socket.tcb.state !== 'CLOSED') return true;
  }
  return false;
}

function queue(work: Work, socket: Socket, call: Call, left: number): void {
  const pending: Pending = { call, since: work.now, left, moved: 0 };
  work.edit(socket).pending = [...socket.pending, pending];
}

function accept(work: Work, call: Extract<Call, { do: 'accept' }>): void {
  onSocket(work, call, (socket) => {
    if (socket.listener === null) {
      work.answer(socket, 'accept', { kind: 'error', error: 'EINVAL' });
      return;
    }
    queue(work, socket, call, 0);
    if (socket.listener.acceptQueue.length === 0) work.find(socket.id, 'call.queued', 'call', 'accept');
    offerAccepted(work, socket.id);
  });
}

function connect(work: Work, call: Extract<Call, { do: 'connect' }>): void {
  const { host } = work;
  const quiet = host.profile.quietTime && host.bootedAt > 0 ? host.bootedAt + host.profile.msl - work.now : 0;
  if (quiet > 0) {
    work.find(0, 'quiet-time.hold', 'left', quiet);
    fail(work, 'connect', call.as, 'EADDRNOTAVAIL');
    return;
  }
  const remoteAddress = call.to ?? work.peerAddress;
  const remotePort = call.port ?? 80;
  const choice = choosePort(work, call.from, remoteAddress, remotePort);
  if (choice === null) {
    fail(work, 'connect', call.as, 'EADDRNOTAVAIL');
    return;
  }
  const old = choice.replaces;
  let iss = call.iss === null ? null : seq(call.iss);
  if (old !== null && 'snd' in old.tcb) {
    work.find(old.id, 'time-wait.syn-reuse', 'port', choice.port);
    iss ??= seq(old.tcb.snd.nxt + host.profile.reopenGap);
    unregister(work, old);
    work.move(old, old.tcb.state, 'CLOSED');
    work.remove(old.id);
    host.timeWaits -= 1;
  }
  const local = { address: host.address, port: choice.port };
  const remote = { address: remoteAddress, port: remotePort };
  const options: SocketOptions = { ...defaultOptions, ...call.options };
  const socket = make(work, choice.port, remote, call, options);
  socket.pending = [{ call, since: work.now, left: 0, moved: 0 }];
  if (call.from !== null) convertListener(work, call.from);
  const data = call.payload === null ? none : octetsOf(call.payload);
  if (iss !== null && call.iss !== null) work.find(0, 'isn.given', 'ISS', iss);
  const number = iss ?? chooseIss(work, local, remote);
  const turn = open(settingOf(work, socket), options, number, timestampOffset(work, local, remote), data);
  register(work, socket);
  hold(work, socket);
  socket.written = data.length;
  apply(work, socket, turn);
}

// RFC 9293 section 3.10.1: an active OPEN on a port that was opened passively turns the listening endpoint into
// the caller. With requests waiting it stays what it is.
function convertListener(work: Work, port: number): void {
  const found = listener(work, port);
  if (found?.listener == null || found.listener.synQueue.length + found.listener.acceptQueue.length > 0) return;
  work.find(found.id, 'open.listen-to-active', 'port', port);
  unregister(work, found);
  work.move(found, 'LISTEN', 'CLOSED');
  work.remove(found.id);
}

function octetsOf(payload: Payload): ReturnType<typeof pattern> {
  return 'text' in payload ? fromText(payload.text) : pattern(0, payload.octets);
}

// Calls that may wait: they are queued and then go as far as they can at once.
function wait(work: Work, call: Extract<Call, { do: 'send' | 'receive' | 'read' }>, left: number): void {
  onSocket(work, call, (socket) => {
    if (socket.listener !== null) {
      work.find(socket.id, 'call.no-connection', 'call', call.do);
      work.answer(socket, call.do, { kind: 'error', error: 'ENOTCONN' });
      return;
    }
    const before = work.returns.length;
    queue(work, socket, call, left);
    settle(work, socket.id);
    if (work.returns.length === before && call.do !== 'read') work.find(socket.id, 'call.queued', 'call', call.do);
  });
}

function giveUp(work: Work, call: Extract<Call, { do: 'close' | 'abort' }>): void {
  onSocket(work, call, (socket) => {
    work.answer(socket, call.do, { kind: 'ok' });
    letGoOf(work, socket, call.do === 'close' ? release : abort);
  });
}

// The application lets go, by close(fd) or by ABORT; what waits returns nothing any more.
function letGoOf(work: Work, socket: Socket, end: typeof release): void {
  if (socket.listener !== null) {
    closeListener(work, socket);
    return;
  }
  letGo(work, socket);
  const disowned = work.edit(socket);
  disowned.descriptor = 0;
  disowned.pending = [];
  const turn = end(settingOf(work, disowned), disowned.tcb);
  if (turn instanceof Turn) apply(work, disowned, turn);
  else work.remove(socket.id);
}

function closeListener(work: Work, socket: Socket): void {
  if (socket.listener === null) return;
  letGo(work, socket);
  work.find(
    socket.id,
    'listen.close',
    'half-open',
    socket.listener.synQueue.length,
    'not accepted',
    socket.listener.acceptQueue.length,
  );
  unregister(work, socket);
  work.move(socket, 'LISTEN', 'CLOSED');
  work.remove(socket.id);
  for (const id of socket.listener.synQueue) drop(work, id);
  for (const id of socket.listener.acceptQueue) {
    const child = work.at(id);
    if (child === undefined) continue;
    const turn = abort(settingOf(work, child), child.tcb);
    if (turn instanceof Turn) apply(work, child, turn);
  }
}

function drop(work: Work, id: number): void {
  const child = work.at(id);
  if (child === undefined) return;
  unregister(work, child);
  work.move(child, child.tcb.state, 'CLOSED');
  work.remove(id);
}

function setOptions(work: Work, call: Extract<Call, { do: 'set' }>): void {
  onSocket(work, call, (socket) => {
    const options: SocketOptions = { ...socket.options, ...call.options };
    const stored = work.edit(socket);
    stored.options = options;
    work.answer(socket, 'set', { kind: 'ok' });
    const turn = set(settingOf(work, stored), stored.tcb, options);
    if (turn !== null) apply(work, stored, turn);
  });
}

// The kernel closes what the process held, in the order of its descriptors.
function kill(work: Work): void {
  work.find(0, 'app.crash');
  work.host.bound = [];
  const held = [...work.sockets()].filter((socket) => socket.descriptor > 0);
  held.sort((a, b) => a.descriptor - b.descriptor);
  for (const { id } of held) {
    const socket = work.at(id);
    if (socket === undefined) continue;
    work.find(id, 'process.exit', 'descriptor', socket.descriptor);
    letGoOf(work, socket, release);
  }
}

function crash(work: Work): void {
  work.find(0, 'host.crash');
  for (const socket of work.sockets()) work.move(socket, socket.tcb.state, 'CLOSED');
  forget(work);
  work.host.running = false;
}

function boot(work: Work): void {
  if (work.host.running) {
    work.refused = 'host-up';
    return;
  }
  work.find(0, 'host.reboot');
  work.host.running = true;
  work.host.bootedAt = work.now;
}

function forget(work: Work): void {
  const { host } = work;
  const fresh = freshHost(host.index, host.address, host.profile, host.secret);
  host.sockets = fresh.sockets;
  host.tuples = fresh.tuples;
  host.names = fresh.names;
  host.latestConnection = 0;
  host.latestListener = 0;
  host.nextDescriptor = fresh.nextDescriptor;
  host.timeWaits = 0;
  host.bound = [];
}
