import { describe, expect, it } from 'vitest';
import { openRunner } from './runner.ts';

/** Commands of the runner, in both of its forms, behind line breaks of all kinds; and one to a terminal. */
const hostile = [
  'x\n::set-env name=A::b',
  'x\r\n::add-mask::c\r::stop-commands::d',
  '%0A::set-env name=A::b%0D%0A',
  '##[add-mask]c',
  'x\u2028::add-mask::c\u001b[31m\b',
];
const refused = '::error::command must be validate, plan or apply';

/** Annotations of our own are the only commands, and nothing is for a terminal. */
function expectNoCommand(told: string): void {
  const lines = told.split(/[\r\n\u2028]/);
  const annotation = /^::error (?:file|title)=[^:]*::(?!.*(?:%0[AD]|##\[))/;
  expect(lines.filter((line) => /^\s*::|##\[/.test(line) && !annotation.test(line))).toEqual([]);
  expect(told.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
}

describe('the action gives the runner no command', () => {
  it.each(hostile)('of its command: %j', async (INPUT_COMMAND) => {
    const { script } = await openRunner();
    expect(await script('run.sh', { INPUT_COMMAND })).toBe(`${refused}\n`);
  });

  it.each(['', 'validate\n', ' plan', 'plan apply'])('and takes %j for none of its own', async (INPUT_COMMAND) => {
    const { script } = await openRunner();
    expect(await script('run.sh', { INPUT_COMMAND })).toBe(`${refused}\n`);
  });

  it('and quotes a plain word that it does not know', async () => {
    const { script } = await openRunner();
    expect(await script('run.sh', { INPUT_COMMAND: 'destroy' })).toBe(`${refused}, not 'destroy'\n`);
  });

  it.each(hostile)('of another input: %j', async (value) => {
    const { script, read } = await openRunner();
    expectNoCommand(await script('run.sh', { INPUT_COMMAND: 'validate', INPUT_PATHS: `users\n${value}\n` }));
    expectNoCommand(await script('run.sh', { INPUT_COMMAND: 'plan', INPUT_PATHS: value, INPUT_PLAN: value }));
    expectNoCommand(await script('run.sh', { INPUT_COMMAND: 'plan', INPUT_ALLOW_DELETES: value }));
    expectNoCommand(await script('run.sh', { INPUT_COMMAND: 'plan', INPUT_FAIL_ON: value }));
    expectNoCommand(await script('run.sh', { INPUT_COMMAND: 'apply', INPUT_PLAN: value }));
    expect((await read('output')).replaceAll(/^exit-code=\d+\n/gm, '')).toBe('');
  });

  it.each(hostile)('of a plan: %j', async (value) => {
    const { script, write } = await openRunner();
    await write('plan.json', value);
    expectNoCommand(await script('run.sh', { INPUT_COMMAND: 'apply' }));
    await write('plan.json', JSON.stringify({ tool: value, format_version: value, x_tenant: value }));
    expectNoCommand(await script('run.sh', { INPUT_COMMAND: 'apply' }));
  });
});
