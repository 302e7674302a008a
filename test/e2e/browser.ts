// A real headless Chromium, spoken to over a pair of pipes (Chrome DevTools Protocol): no port, no library.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { missingTool } from '../support/tools.ts';

const program = '/usr/bin/chromium';

/** Why no test in a browser can run here; undefined when they can. */
export const browserMissing: string | undefined = missingTool(program);

export type Page = {
  /** The value of an expression in the page; promises are waited for, what is thrown is thrown here. */
  evaluate(expression: string): Promise<unknown>;
  /** Everything that went wrong in the page so far: exceptions and errors on its console. */
  readonly complaints: readonly string[];
  /** Addresses that the page asked for, but its own. */
  readonly requests: readonly string[];
  /** Writes what the page looks like into a file (PNG). */
  screenshot(file: string): Promise<void>;
};

export type Browser = {
  /** Opens a file of this machine and resolves when it is loaded. */
  open(file: string): Promise<Page>;
  close(): Promise<void>;
};

type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
};

export const startBrowser = async (): Promise<Browser> => {
  const profile = mkdtempSync(join(tmpdir(), 'tcpstep-chromium-'));
  const child = spawn(
    program,
    [
      '--headless=new',
      '--remote-debugging-pipe',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--window-size=1200,1000',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: profile } },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable];

  let next = 1;
  const waiting = new Map<
    number,
    { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }
  >();
  const listeners = new Set<(message: Message) => void>();
  let received = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    received += chunk;
    for (let end = received.indexOf('\0'); end >= 0; end = received.indexOf('\0')) {
      const message = JSON.parse(received.slice(0, end)) as Message;
      received = received.slice(end + 1);
      const call = message.id === undefined ? undefined : waiting.get(message.id);
      if (call !== undefined && message.id !== undefined) {
        waiting.delete(message.id);
        if (message.error === undefined) call.resolve(message.result ?? {});
        else call.reject(new Error(message.error.message));
      }
      for (const listener of [...listeners]) listener(message);
    }
  });
  void exited.then(() => {
    for (const call of waiting.values()) call.reject(new Error('the browser has ended'));
  });

  const send = (method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const id = next;
      next += 1;
      waiting.set(id, { resolve, reject });
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });

  const open = async (file: string): Promise<Page> => {
    const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = (await send('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string };
    const complaints: string[] = [];
    const requests: string[] = [];
    const url = `file://${file}`;
    const loaded = new Promise<void>((resolve) => {
      listeners.add(({ method, params = {}, sessionId: from }) => {
        if (from !== sessionId) return;
        if (method === 'Page.loadEventFired') resolve();
        if (method === 'Runtime.exceptionThrown') complaints.push(JSON.stringify(params['exceptionDetails']));
        if (method === 'Log.entryAdded') complaints.push(JSON.stringify(params['entry']));
        if (method === 'Runtime.consoleAPICalled' && params['type'] === 'error')
          complaints.push(JSON.stringify(params['args']));
        if (method === 'Network.requestWillBeSent') {
          const { url: asked } = params['request'] as { url: string };
          if (asked !== url && !/^(data|blob):/.test(asked)) requests.push(asked);
        }
      });
    });
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`, {}, sessionId);
    await send('Page.navigate', { url }, sessionId);
    await loaded;
    const evaluate = async (expression: string): Promise<unknown> => {
      const { result, exceptionDetails } = (await send(
        'Runtime.evaluate',
        { expression, awaitPromise: true, returnByValue: true },
        sessionId,
      )) as { result: { value?: unknown }; exceptionDetails?: object };
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return result.value;
    };
    const screenshot = async (to: string): Promise<void> => {
      const { data } = (await send('Page.captureScreenshot', { format: 'png' }, sessionId)) as { data: string };
      writeFileSync(to, Buffer.from(data, 'base64'));
    };
    return { evaluate, complaints, requests, screenshot };
  };

  return {
    open,
    close: async () => {
      child.kill('SIGKILL');
      await exited;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
};
