import { describe, expect, it } from 'vitest';
import { openWorkspace } from '../../support/commands/workspace.ts';

/** Terms of a list of the help, and what it says of each. */
function described(help: string): readonly (readonly [term: string, text: string])[] {
  const lines = [...help.matchAll(/^ {2}(\S.*?) {2,}(\S.*(?:\n {10,}\S.*)*)/gm)];
  return lines.map(([, term = '', text = '']) => [
    term,
    text.replace(/\s+/g, ' ').replace(/ \((choices|default):.*$/, ''),
  ]);
}

const commandsIn = (help: string): readonly string[] =>
  [...help.matchAll(/^ {2}([a-z]+) /gm)].flatMap(([, name = '']) => (name === 'help' ? [] : [name]));

describe('the help', () => {
  it('says in its first line what the program is for', async () => {
    const { run } = await openWorkspace();
    const { stdout } = await run(['--help']);
    expect(stdout).toContain('\n\nKeep Entrust IDaaS face enrollments in sync with YAML files\n\n');
  });

  it('tells of each command and flag in a plain phrase that begins with a small letter: "show", not "shows"', async () => {
    const { run } = await openWorkspace();
    const commands = commandsIn((await run(['--help'])).stdout);
    expect(commands.length).toBeGreaterThan(15);
    for (const command of commands) {
      const help = (await run([command, '--help'])).stdout;
      const own = /\n\n(\S[^\n]*(?:\n\S[^\n]*)*)\n/.exec(help)?.[1]?.replaceAll('\n', ' ') ?? '';
      expect([command, /^[a-z-]*[a-rt-z](?![a-z-])/.test(own)]).toEqual([command, true]);
      for (const [term, text] of [[command, own] as const, ...described(help.slice(help.indexOf('\nOptions:')))]) {
        const isPlain = /^([a-z(]|PROPERTY|JSON|URL|INDEX|gitlab=)/.test(text) && !text.endsWith('.');
        const isOdd = /\b(he|him|his|whom|such a one|so many)\b/.test(text);
        expect({ command, term, text, isPlain, isOdd }).toEqual({ command, term, text, isPlain: true, isOdd: false });
      }
    }
  });
});
