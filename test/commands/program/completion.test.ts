import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openWorkspace, type Workspace } from '../../support/commands/workspace.ts';

const execute = promisify(execFile);

/** A command as its own help tells it. */
interface Told {
  readonly command: string;
  readonly flags: readonly string[];
  /** By flag. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
}

/** Every command that `--help` names. */
async function everyCommand({ run }: Workspace): Promise<readonly Told[]> {
  const names = commandsIn((await run(['--help'])).stdout).filter((name) => name !== 'help');
  return Promise.all(names.map(async (command) => ({ command, ...flagsIn((await run([command, '--help'])).stdout) })));
}

function commandsIn(help: string): readonly string[] {
  const list = help.slice(help.indexOf('\nCommands:\n'), help.indexOf('\nExit codes:'));
  return [...list.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
}

function flagsIn(help: string): Omit<Told, 'command'> {
  const found = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)(.*(?:\n {10,}.*)*)/gm)];
  const choices = found.map(([, flag = '', rest = '']) => {
    const listed = /\(choices:([^)]*)\)/.exec(rest)?.[1]?.split('default:')[0] ?? '';
    return [flag, [...listed.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word)] as const;
  });
  return {
    flags: found.map(([, flag = '']) => flag),
    choices: new Map(choices.filter(([, words]) => words.length > 0)),
  };
}

async function scriptFor(shell: string, { run }: Workspace): Promise<string> {
  const ran = await run(['completion', shell]);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  return ran.stdout;
}

/** For each line. */
type Offered = readonly (readonly string[])[];

/** What bash offers for each line at its end; words as bash splits them, so that `=` is one of its own. */
async function completions(script: string, lines: readonly string[], cwd: string): Promise<Offered> {
  const calls = lines.map((line) => {
    const words = line.split(/ |(?<==)|(?==)/);
    const quoted = words.map((word) => `'${word}'`).join(' ');
    return `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _faceform; printf '%s|' "\${COMPREPLY[@]}"; echo`;
  });
  const source = `set -u\nsource <(cat <<'SCRIPT'\n${script}\nSCRIPT\n)\n${calls.join('\n')}`;
  const { stdout } = await execute('bash', ['--norc', '-c', source], { cwd });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('|').filter((word) => word !== ''));
}

describe('completion bash, in bash', () => {
  async function open(): Promise<Workspace & { readonly offered: (...lines: readonly string[]) => Promise<Offered> }> {
    const workspace = await openWorkspace();
    const script = await scriptFor('bash', workspace);
    return { ...workspace, offered: (...lines) => completions(script, lines, workspace.directory) };
  }

  it('offers every command and flag that the help names, and every choice', async () => {
    const workspace = await open();
    const { offered } = workspace;
    const told = await everyCommand(workspace);
    expect(told.length).toBeGreaterThan(8);
    const names = (await offered('faceform ')).flat();
    expect(names.toSorted()).toEqual([...told.map(({ command }) => command), 'help'].toSorted());
    const flags = await offered(...told.map(({ command }) => `faceform ${command} --`));
    expect(flags.map((each) => each.toSorted())).toEqual(told.map((each) => each.flags.toSorted()));
    const chosen = told.flatMap(({ command, choices }) =>
      [...choices].map(([flag, words]) => ({ line: `faceform ${command} ${flag} `, words })),
    );
    expect(chosen.length).toBeGreaterThan(5);
    expect(await offered(...chosen.map(({ line }) => line))).toEqual(chosen.map(({ words }) => words));
  });

  it('offers what fits where the cursor is', async () => {
    const { offered } = await open();
    const expected = new Map([
      ['faceform pl', ['plan']],
      ['faceform -', ['-V', '--version', '-h', '--help']],
      ['faceform plan --format j', ['json']],
      ['faceform plan --format=', ['text', 'json', 'markdown', 'diff', 'html']],
      ['faceform plan --format=d', ['diff']],
      ['faceform apply --on-stale ', ['skip', 'fail']],
      ['faceform plan --target ', []],
      ['faceform completion ', ['bash', 'zsh', 'fish']],
      ['faceform help re', ['revert', 'resend']],
      ['faceform schema ', []],
      ['faceform sandbox ', ['reset', 'activate']],
      ['faceform sandbox reset --', ['--help']],
      ['faceform sandbox --state reset --p', ['--port']],
      ['faceform nonsense --', []],
    ]);
    const lines = [...expected.keys()];
    const found = await offered(...lines);
    expect(new Map(lines.map((line, at) => [line, found[at]]))).toEqual(expected);
  });

  it('offers files for paths, directories for directories, and whole names', async () => {
    const { write, offered } = await open();
    await write('a b*.yaml', '');
    await write('dir/c.yaml', '');
    const both = ['a b*.yaml', 'dir'];
    const first = 'faceform plan ';
    const found = await offered(first, `${first}--credentials `, `${first}--sandbox `, `${first}a.yaml dir/`);
    expect(found.map((each) => each.toSorted())).toEqual([both, both, both, ['dir/c.yaml']]);
    const afterOthers = await offered('faceform explain alice ', 'faceform sandbox reset ', 'faceform show a.json ');
    expect(afterOthers.map((each) => each.toSorted())).toEqual([both, both, both]);
    const others = await offered('faceform apply --activations-out ', `${first}--sandbox --sk`);
    expect(others).toEqual([['dir'], ['--skip-missing-users']]);
  });

  it('is registered for the program', async () => {
    const script = await scriptFor('bash', await openWorkspace());
    const source = `source <(cat <<'SCRIPT'\n${script}\nSCRIPT\n)\ncomplete -p faceform`;
    expect((await execute('bash', ['--norc', '-c', source])).stdout).toBe('complete -F _faceform faceform\n');
  });
});

describe('completion zsh', () => {
  it('offers a flag again where its help says that it may be repeated, and no other', async () => {
    const workspace = await openWorkspace();
    const script = await scriptFor('zsh', workspace);
    const flags = [...script.matchAll(/'(\*?)--([\w-]+)=?\[(.*?)\]/g)];
    const often = flags.filter(([, star]) => star === '*').map(([, , flag]) => flag);
    expect(new Set(often)).toEqual(
      new Set(['target', 'exclude', 'fail-on', 'map', 'replace', 'report', 'require-signature', 'set', 'user']),
    );
    for (const [, star, , help] of flags) expect(star === '*').toBe(help?.endsWith('(repeatable)'));
  });

  it('names every command, flag and choice at its command, and is of the syntax that zsh shares with bash', async () => {
    const workspace = await openWorkspace();
    const script = await scriptFor('zsh', workspace);
    await workspace.write('_faceform', script);
    await execute('bash', ['-n', '_faceform'], { cwd: workspace.directory });
    expect(script).toMatch(/^#compdef faceform\n/);
    for (const { command, flags, choices } of await everyCommand(workspace)) {
      expect(script).toContain(`        '${command}:`);
      const part = new RegExp(`^ {8}${command}\\)\\n(.*?)^ {10};;$`, 'ms').exec(script)?.[1] ?? '';
      const named = [...part.matchAll(/(--[\w-]+)=?(?:\[|\}'\[)/g)].map(([, flag = '']) => flag);
      expect(named.toSorted()).toEqual(flags.toSorted());
      for (const [flag, words] of choices) expect(part).toMatch(new RegExp(`${flag}=.*:\\(${words.join(' ')}\\)'`));
    }
    expect(script).toMatch(/'--activations-out=\[.*\]:directories:_files -\/'/);
    expect(script).toContain('embedded tenant\\: plan');
  });
});

describe('completion fish', () => {
  it('names every command, flag and choice at its command, in lines of one form', async () => {
    const workspace = await openWorkspace();
    const script = await scriptFor('fish', workspace);
    const quoted = String.raw`'(?:[^'\\]|\\[\\'])*'`;
    const line = new RegExp(String.raw`^complete -c faceform(?: -[nda] ${quoted}| -[sla] [\w-]+| -[fFrx])+$`);
    const lines = script.trimEnd().split('\n').slice(1);
    for (const each of lines) expect(each).toMatch(line);
    for (const { command, flags, choices } of await everyCommand(workspace)) {
      expect(script).toContain(`-n '__fish_use_subcommand' -a ${command} -d '`);
      const given = new RegExp(`'__fish_seen_subcommand_from ${command}(?:; and not [^']*)?'`);
      const own = lines.filter((each) => given.test(each));
      const named = own.flatMap((each) => / -l ([\w-]+)/.exec(each)?.[1] ?? []);
      expect(named.map((flag) => `--${flag}`).toSorted()).toEqual(flags.toSorted());
      for (const [flag, words] of choices) {
        expect(own.join('\n')).toContain(` -l ${flag.slice(2)} -x -a '${words.join(' ')}'`);
      }
    }
    expect(script).toContain("'__fish_seen_subcommand_from sandbox; and __fish_seen_subcommand_from reset' -F\n");
  });
});

describe('completion for another shell', () => {
  it('is refused, and names those there are', async () => {
    const { run } = await openWorkspace();
    expect(await run(['completion', 'tcsh'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('fish'),
    });
    expect(await run(['completion'])).toMatchObject({ code: 1, stdout: '' });
  });
});
