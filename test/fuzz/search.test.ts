import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { memberOf } from '../support/commands/expectations.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../scripts/fuzz.js', import.meta.url));

async function fuzz(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const ended = await run(process.execPath, [script, ...args]).catch((error: unknown) => error);
  const text = (member: string): string => String(memberOf(ended, member));
  return { code: Number(memberOf(ended, 'code') ?? 0), stdout: text('stdout'), stderr: text('stderr') };
}

describe('an input to try', () => {
  it('needs the name of what reads it', async () => {
    expect(await fuzz('--input', 'x')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--target'),
    });
  });
});

describe('a bug behind three blocks', () => {
  const planted = ['--target', 'planted', '--seed', '2', '--runs', '40000'] as const;

  it('is found by going on from inputs that reach new blocks, made small, and found again from its file', async () => {
    const { code, stderr } = await fuzz(...planted);
    expect(code).toBe(1);
    expect(stderr).toContain('seed 2), on an input of 3 bytes:\n"Q7~"\n');
    const file = /--input (\S+)/.exec(stderr)?.[1] ?? 'none';
    const again = await fuzz('--target', 'planted', '--input', file);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('BrokenLaw: planted') });
  });

  it('is not found within as many runs without looking at the blocks', async () => {
    expect(await fuzz(...planted, '--blind')).toMatchObject({ code: 0, stdout: expect.stringContaining('0 inputs') });
  });
});

describe('a seed', () => {
  it('leads the same way each time, and another one another way', async () => {
    const search = async (seed: string) =>
      (await fuzz('--target', 'planted', '--runs', '40000', '--seed', seed)).stdout.replace(/, seed.*/, '');
    const [first, again, other] = [await search('2'), await search('2'), await search('1')];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});
