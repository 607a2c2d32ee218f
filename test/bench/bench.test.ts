import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { listOf, memberOf } from '../support/commands/expectations.ts';

const run = promisify(execFile);
const main = fileURLToPath(new URL('../../bench/main.js', import.meta.url));

/** Of a tenth of the size, since it is the calls that count and no time. */
it('the program makes no more calls than it needs, where all users are listed and where few are', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'faceform-bench-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const json = join(directory, 'figures.json');
  const { stdout } = await run('node', [main, '--quick', '--only', 'calls for', '--json', json]);
  const figures = listOf(JSON.parse(await readFile(json, 'utf8')), 'figures');
  expect(figures.map((figure) => memberOf(figure, 'met'))).toEqual([true, true]);
  expect(stdout).toContain('| calls for 40 users of 10,000 |');

  const compared = await run('node', [main, '--compare', json, json]);
  expect(compared.stdout.split('\n').filter((line) => line.startsWith('| calls for'))).toHaveLength(2);
});
