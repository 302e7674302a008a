// A bad link on the loopback: what goes through it comes late, in other pieces, and now and then after a pause in which
// what was lost is sent again. Nothing is lost for good or changes its order: so TCP hands it on.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type LinkOptions = {
  /** The port on the loopback that it leads to. */
  readonly to: number;
  /** Milliseconds from one end to the other, on the average. */
  readonly delay: number;
  /** Every so many pieces one is lost and sent again, half a second later; those behind it wait. */
  readonly lossEvery: number;
};

export type Link = {
  /** The port on the loopback at which it begins. */
  readonly port: number;
  /** Closes it with all that is on its way. */
  stop(): Promise<void>;
};

/** Milliseconds after which what was lost is sent again. */
const repetition = 500;

/** The same pauses and pieces every time: numbers from 0 to 1 (Park and Miller, "minimal standard"). */
const numbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

/** One direction: pieces leave in their order, none before its time. */
const carry = (from: Socket, to: Socket, { delay, lossEvery }: LinkOptions, next: () => number): void => {
  let free = 0;
  let pieces = 0;
  const waiting: Buffer[] = [];
  // Timers of one millisecond may come in another order: each lets go of whatever is the next.
  const arrive = (): void => {
    const piece = waiting.shift();
    if (piece !== undefined) to.write(piece);
  };
  const send = (piece: Buffer): void => {
    pieces += 1;
    const lost = pieces % lossEvery === 0 ? repetition : 0;
    free = Math.max(free, performance.now() + delay * (0.7 + 0.6 * next()) + lost);
    waiting.push(piece);
    setTimeout(arrive, free - performance.now());
  };
  from.on('data', (data) => {
    const octets = Buffer.from(data);
    const cut = 1 + Math.floor(next() * octets.length);
    for (const piece of [octets.subarray(0, cut), octets.subarray(cut)]) if (piece.length > 0) send(piece);
  });
  from.on('error', () => to.destroy()).on('close', () => setTimeout(() => to.destroy(), delay));
};

/** Opens a link; every connection through it is as bad. */
export const startLink = (options: LinkOptions): Promise<Link> =>
  new Promise((resolve, reject) => {
    const sockets = new Set<Socket>();
    const next = numbers(9_293);
    const server = createServer((near) => {
      const far = connect(options.to, '127.0.0.1');
      for (const socket of [near, far]) {
        sockets.add(socket.setNoDelay());
        socket.on('close', () => sockets.delete(socket));
      }
      carry(near, far, options, next);
      carry(far, near, options, next);
    });
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        port,
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
