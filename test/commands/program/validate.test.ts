import { describe, expect, it } from 'vitest';
import { listOf } from '../../support/commands/expectations.ts';
import { openWorkspace, tokenCanary, type Workspace } from '../../support/commands/workspace.ts';

const valid = `version: 1
enrollments:
  - { user: alice, flow: mobile }
  - { user: bob, flow: token, customerUserId: c, token: { env: FACE_TOKEN_BOB } }
`;
/** A warning in line 3, an error in line 4; the ü takes two bytes. */
const odd = `version: 1 # ü
enrollments:
  - { user: alice, flow: mobile, activation: { email: false } }
  - { user: bob, flow: moblie }
`;

function open(text: string): Promise<Workspace> {
  return openWorkspace({ files: { 'faces.yaml': text } });
}

describe('validate', () => {
  it('needs neither tenant nor credentials nor secrets', async () => {
    const { run } = await open(valid);
    expect(await run(['validate', 'faces.yaml'])).toEqual({
      code: 0,
      stdout: 'Success! 1 file, 2 enrollments.\n',
      stderr: '',
    });
  });

  it('warns and succeeds where there is no error', async () => {
    const { run } = await open(odd.replace('moblie', 'mobile'));
    const ran = await run(['validate', 'faces.yaml']);
    expect(ran).toMatchObject({ code: 0, stdout: 'Success! 1 file, 2 enrollments, 1 warning.\n' });
    expect(ran.stderr).toContain('[NOBODY_TOLD]');
  });

  it('sums up the errors on stdout and shows each on stderr, its line underlined', async () => {
    const { run } = await open(odd);
    const ran = await run(['validate', 'faces.yaml']);
    expect(ran).toMatchObject({ code: 1, stdout: 'Failure: 1 error, 1 warning in 1 file.\n' });
    expect(ran.stderr).toContain('  at faces.yaml:4:24, in enrollments[1]\n');
    expect(ran.stderr).toContain('  4 |   - { user: bob, flow: moblie }\n');
    expect(ran.stderr).toContain(`    | ${' '.repeat(23)}^^^^^^\n`);
  });

  it('checks the secrets with --secrets', async () => {
    const { run } = await open(valid);
    const unset = await run(['validate', 'faces.yaml', '--secrets']);
    expect(unset.code).toBe(1);
    expect(unset.stderr).toContain('[UNSET_ENV]');
    const set = { environment: { FACE_TOKEN_BOB: tokenCanary } };
    expect(await run(['validate', 'faces.yaml', '--secrets'], set)).toMatchObject({ code: 0, stderr: '' });
  });

  it('has colours on a terminal alone, and not against NO_COLOR or --no-color', async () => {
    const { run } = await open(odd);
    const colored = await run(['validate', 'faces.yaml'], { isTerminal: true });
    expect(colored.stderr).toContain('\u001b[');
    const no = await run(['validate', 'faces.yaml'], { isTerminal: true, environment: { NO_COLOR: '1' } });
    const flag = await run(['validate', 'faces.yaml', '--no-color'], { isTerminal: true });
    for (const ran of [no, flag]) expect(ran).toEqual(await run(['validate', 'faces.yaml']));
  });

  it.each<[Readonly<Record<string, string>>, boolean, 'colours' | 'none']>([
    [{ FORCE_COLOR: '1' }, false, 'colours'],
    [{ FORCE_COLOR: 'true' }, false, 'colours'],
    [{ CLICOLOR_FORCE: '1' }, false, 'colours'],
    [{ FORCE_COLOR: '' }, false, 'none'],
    [{ CLICOLOR_FORCE: '0' }, false, 'none'],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, 'none'],
    [{ CLICOLOR_FORCE: '1', NO_COLOR: '1' }, true, 'none'],
    [{ FORCE_COLOR: '0' }, true, 'none'],
    [{ FORCE_COLOR: 'false', CLICOLOR_FORCE: '1' }, true, 'none'],
    [{ CLICOLOR: '0' }, true, 'none'],
    [{ TERM: 'dumb' }, true, 'none'],
    [{ CLICOLOR: '0', CLICOLOR_FORCE: '1' }, false, 'colours'],
    [{ NO_COLOR: '', TERM: 'xterm' }, true, 'colours'],
  ])('goes by %o, terminal: %s', async (environment, isTerminal, expected) => {
    const { run } = await open(odd);
    const { stdout, stderr } = await run(['validate', 'faces.yaml'], { isTerminal, environment });
    expect(stdout.includes('\u001b[') && stderr.includes('\u001b[')).toBe(expected === 'colours');
    const flag = await run(['validate', 'faces.yaml', '--no-color'], { isTerminal, environment });
    expect(`${flag.stdout}${flag.stderr}`).not.toContain('\u001b[');
  });
});

describe('validate --format json', () => {
  it('has the members of terraform validate -json, and a code', async () => {
    const { run } = await open(odd);
    const ran = await run(['validate', 'faces.yaml', '--format', 'json']);
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    const output: unknown = JSON.parse(ran.stdout);
    expect(output).toEqual({
      format_version: '1.0',
      tool: 'faceform',
      tool_version: expect.any(String),
      valid: false,
      error_count: 1,
      warning_count: 1,
      diagnostics: [expect.any(Object), expect.any(Object)],
    });
    expect(listOf(output, 'diagnostics')[1]).toEqual({
      severity: 'error',
      code: 'WRONG_VALUE',
      summary: expect.any(String),
      detail: expect.stringContaining('mobile'),
      range: {
        filename: 'faces.yaml',
        start: { line: 4, column: 24, byte: 116 },
        end: { line: 4, column: 30, byte: 122 },
      },
      snippet: {
        context: 'enrollments[1]',
        code: '  - { user: bob, flow: moblie }',
        start_line: 4,
        highlight_start_offset: 23,
        highlight_end_offset: 29,
        values: [],
      },
    });
  });

  it('is valid and empty where all is well', async () => {
    const { run } = await open(valid);
    const ran = await run(['validate', 'faces.yaml', '--format', 'json']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const empty = {
      format_version: '1.0',
      tool: 'faceform',
      tool_version: expect.any(String),
      valid: true,
      error_count: 0,
      warning_count: 0,
      diagnostics: [],
    };
    expect(JSON.parse(ran.stdout)).toEqual(empty);
  });
});

describe('a thousand mistakes and more', () => {
  it('are counted in every form, with the exit code of an error', async () => {
    const { run } = await open(`version: 1\n${Array.from({ length: 1200 }, (_, i) => `k${i}: 1\n`).join('')}`);
    const text = await run(['validate', 'faces.yaml']);
    expect(text).toMatchObject({ code: 1, stdout: 'Failure: 1200 errors in 1 file.\n' });
    expect(text.stderr).toMatch(/\nError: 201 more errors not shown \[MORE_DIAGNOSTICS\]\n[^\n]+\n$/);
    const json = await run(['validate', 'faces.yaml', '--format', 'json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ valid: false, error_count: 1200, warning_count: 0 });
    const github = await run(['validate', 'faces.yaml', '--format', 'github']);
    expect(github.stdout).toMatch(/\n::error title=201 more errors not shown::[^\n]+\n$/);
    expect((await run(['plan', 'faces.yaml'])).stderr).toContain('[MORE_DIAGNOSTICS]');
  });
});

describe('validate --format github', () => {
  it('prints one annotation for each diagnostic, with its place', async () => {
    const { run } = await open(odd);
    const ran = await run(['validate', 'faces.yaml', '--format', 'github']);
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    const [warning, error, ...others] = ran.stdout.split('\n');
    expect(warning).toMatch(/^::warning file=faces\.yaml,line=3,col=\d+,endLine=3,endColumn=\d+,title=[^:]+::.+$/);
    expect(error).toMatch(/^::error file=faces\.yaml,line=4,col=24,endLine=4,endColumn=30,title=[^:]+::.+$/);
    expect(others).toEqual(['']);
  });

  it('prints nothing where all is well', async () => {
    const { run } = await open(valid);
    expect(await run(['validate', 'faces.yaml', '--format', 'github'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
