// A private sshd on the loopback, with its own keys in its own folder, and logins through a real pseudo-terminal.
import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { environment, type Pty, scratch, startPty } from './pty.ts';

const daemon = '/usr/sbin/sshd';
const client = '/usr/bin/ssh';
const keygen = '/usr/bin/ssh-keygen';

/** Why no test over SSH can run here; undefined when they can. */
export const sshMissing: string | undefined = [daemon, client, keygen]
  .filter((path) => {
    try {
      accessSync(path, constants.X_OK);
      return false;
    } catch {
      return true;
    }
  })
  .map((path) => `${path} is not installed`)[0];

export type LoginOptions = {
  /** Program and arguments, run there in this checkout. */
  readonly command: readonly string[];
  /** Variables set there, on top of what a login has; SSH_CONNECTION and SSH_TTY are set by sshd. */
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
  /** The port on the loopback to which the client connects instead: that of a link to sshd. */
  readonly through?: number;
};

export type Sshd = {
  /** Where it listens, on the loopback. */
  readonly port: number;
  /** `ssh -tt` to it. The process of the Pty is the client: to kill it with SIGKILL is to lose the connection. */
  login(options: LoginOptions): Pty;
  stop(): Promise<void>;
};

/** A port that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(address)));
    });
  });

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('data', (banner) => {
      socket.destroy();
      resolve(banner.toString().startsWith('SSH-'));
    });
  });

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** Starts it and waits until it answers. Rejects with its own words when it ends before. */
export const startSshd = async (): Promise<Sshd> => {
  const folder = mkdtempSync(join(tmpdir(), 'tcpstep-sshd-'));
  const file = (name: string): string => join(folder, name);
  for (const name of ['host', 'user']) {
    execFileSync(keygen, ['-q', '-t', 'ed25519', '-N', '', '-C', 'tcpstep test', '-f', file(name)]);
  }
  const port = await freePort();
  writeFileSync(file('authorized_keys'), readFileSync(file('user.pub')), { mode: 0o600 });
  writeFileSync(file('known_hosts'), `[127.0.0.1]:${port} ${readFileSync(file('host.pub'), 'utf8')}`);
  writeFileSync(
    file('config'),
    [
      'ListenAddress 127.0.0.1',
      `Port ${port}`,
      `HostKey ${file('host')}`,
      `AuthorizedKeysFile ${file('authorized_keys')}`,
      `AllowUsers ${userInfo().username}`,
      'PubkeyAuthentication yes',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      'UsePAM no',
      'StrictModes no',
      'PidFile none',
      'PrintMotd no',
      'PrintLastLog no',
      'X11Forwarding no',
      'AllowTcpForwarding no',
      'AllowAgentForwarding no',
      'LogLevel ERROR',
      '',
    ].join('\n'),
  );
  // As root sshd asks for an empty folder of its own; the system's start script would have made it.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });

  const server = spawn(daemon, ['-D', '-e', '-f', file('config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  server.stderr.on('data', (data: Buffer) => {
    words += data.toString();
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  let running = true;
  void ended.then(() => {
    running = false;
  });
  const stop = async (): Promise<void> => {
    if (running) server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };

  const deadline = Date.now() + 10_000;
  while (!(await answers(port))) {
    if (!running || Date.now() > deadline) {
      await stop();
      throw new Error(`sshd does not answer: ${words}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  return {
    port,
    login: ({ command, env = {}, columns = 80, rows = 24, through = port }) => {
      const home = { XDG_CONFIG_HOME: join(scratch, 'config'), XDG_STATE_HOME: join(scratch, 'state') };
      const variables = Object.entries({ ...home, ...env }).map(([name, value]) => quoted(`${name}=${value}`));
      const words = command.map(quoted);
      const options = [
        `UserKnownHostsFile=${file('known_hosts')}`,
        'GlobalKnownHostsFile=/dev/null',
        `HostKeyAlias=[127.0.0.1]:${port}`,
        'StrictHostKeyChecking=yes',
        'IdentitiesOnly=yes',
        'BatchMode=yes',
        'LogLevel=ERROR',
      ];
      return startPty({
        command: client,
        args: [
          ...['-F', '/dev/null', '-tt', '-e', 'none', '-i', file('user'), '-p', `${through}`],
          ...options.flatMap((option) => ['-o', option]),
          ...['-l', userInfo().username, '127.0.0.1'],
          `cd ${quoted(process.cwd())} && exec env ${[...variables, ...words].join(' ')}`,
        ],
        columns,
        rows,
        env: environment({ SSH_AUTH_SOCK: undefined }),
      });
    },
    stop,
  };
};
