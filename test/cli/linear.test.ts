// Linear mode on streams: what needs a screen says that there is none, what needs a terminal is done without.
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runLinear } from '../../source/cli/linear.ts';
import { opened } from '../support/sessions.ts';

/** All that is said while these keys are typed. */
const said = async (keys: string): Promise<string> => {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  let text = '';
  stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const ended = runLinear(opened('hs-basic'), { stdin, stdout }, () => {}, 10);
  stdin.write(`${keys}q`);
  await ended;
  return text;
};

describe('linear mode', () => {
  it.each(['%', 'R', 'z', 'v'])('has no screen that %s could mean', async (key) => {
    const text = await said(key);
    expect(text).toContain('There is no screen in linear mode: nothing to do.');
    expect(text).not.toContain('mouse on');
    expect(text).not.toContain('recording');
  });

  it('prints what Y would copy', async () => {
    expect(await said('lY')).toMatch(/^#1 10\.0\.0\.1:40001 > 10\.0\.0\.2:80 <SEQ=100><CTL=SYN>$/m);
  });
});
