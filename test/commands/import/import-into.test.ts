import { chmod, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEditable, saveEdited } from '../../../src/commands/files/edited-file.ts';
import { open, told } from '../../support/commands/import-run.ts';

describe('a file that a list updates', () => {
  const file = `# ours
version: 1
defaults: { flow: mobile, annotations: { site: HQ } } # d
enrollments:
  # the boss
  - user: Alice@example.com # her
    annotations:
      ticket: 'HR-0'   # old

  - user: zed # stays
    enabled: false
`;
  const rows =
    'user,flow,annotations.ticket,annotations.site,enabled\nalice@example.com,mobile,HR-1,HQ,true\nnew,mobile,,HQ,\n';
  const updated = `${file.replace("'HR-0'", "'HR-1'")}  - user: new\n    flow: mobile\n    annotations: { site: HQ }\n`;

  it('keeps its comments, order and layout, and the entries that are not in the list', async () => {
    const { run, read, directory } = await open({ 'u.yaml': file, 'l.csv': rows });
    await chmod(join(directory, 'u.yaml'), 0o640);
    const { stdout } = await run(['import', 'l.csv', '--into', 'u.yaml']);
    expect(stdout).toContain('u.yaml: 1 added, 1 changed, 0 unchanged. 1 not in the list.');
    expect(stdout).toContain('state: absent');
    expect(await read('u.yaml')).toBe(updated);
    expect((await stat(join(directory, 'u.yaml'))).mode & 0o777).toBe(0o640);
    await run(['import', 'l.csv', '--into', 'u.yaml']);
    expect(await read('u.yaml')).toBe(updated);
  });

  it('keeps values for each environment, and is left alone where a list has one value for all', async () => {
    const each = `version: 1
environments: { a: { tenant: { url: "https://a.us.trustedauth.com" } }, b: { tenant: { url: "https://b.us.trustedauth.com" } } }
enrollments:
  - { user: amy, flow: mobile, in: [b] }
  - { user: bob, flow: mobile, enabled: { a: false, b: true } }
`;
    const { run, read } = await open({
      'u.yaml': each,
      'l.csv': 'user,flow\namy,mobile\nbob,mobile\n',
      'on.csv': 'user,flow,enabled\nbob,mobile,true\n',
    });
    expect((await run(['import', 'l.csv', '--into', 'u.yaml'])).stdout).toContain('0 added, 0 changed, 2 unchanged');
    const ran = await run(['import', 'on.csv', '--into', 'u.yaml']);
    expect([ran.code, told(ran.stderr)]).toEqual([1, ['CANNOT_BE_EDITED 5']]);
    expect(await read('u.yaml')).toBe(each);
  });

  it('is told once of an expiry in its defaults that has passed, at its place', async () => {
    const old = 'version: 1\ndefaults: { flow: mobile, expiry: 2020-01-01T00:00:00Z }\nenrollments: []\n';
    const { run } = await open({ 'u.yaml': old, 'l.csv': 'user\na\nb\n' });
    const { code, stderr } = await run(['import', 'l.csv', '--into', 'u.yaml']);
    expect({ code, told: told(stderr) }).toEqual({ code: 1, told: ['EXPIRY_IN_PAST 2'] });
    const row = await run(['import', '-', '--into', 'n.yaml'], {
      standardInput: 'user,flow,expiry\na,mobile,2020-01-01T00:00:00Z\n',
    });
    expect(told(row.stderr)).toEqual(['EXPIRY_IN_PAST 2']);
  });

  it('changes what a row says otherwise, and has its defaults hold for rows unless their user is to be absent', async () => {
    const usual = `version: 1
defaults: { flow: mobile, enabled: false }
enrollments:
  - { user: amy, enabled: false }
  - { user: bob }
  - { user: zed, state: absent }
`;
    const { run, read } = await open({
      'u.yaml': usual,
      'l.csv': 'user,state,enabled\namy,,true\nbob,,false\nzed,absent,\n',
    });
    const { stdout } = await run(['import', 'l.csv', '--into', 'u.yaml']);
    expect(stdout).toBe('u.yaml: 0 added, 1 changed, 2 unchanged.\n');
    expect(await read('u.yaml')).toBe(usual.replace('enabled: false }\n  -', 'enabled: true }\n  -'));
  });

  it('is left alone where it is not UTF-8, or its default expiry has passed', async () => {
    const { run } = await open({
      'latin.yaml': Buffer.from('version: 1 # M\u00fcller\n', 'latin1'),
      'past.yaml': 'version: 1\n\ndefaults: { expiry: "1999-01-01T00:00:00Z" }\n',
      'l.csv': 'user,flow\na,mobile\n',
    });
    const complaints = async (name: string) => (await run(['import', 'l.csv', '--into', name])).stderr;
    expect(await complaints('latin.yaml')).toContain('[NOT_UTF8]');
    expect(told(await complaints('past.yaml'))).toContain('EXPIRY_IN_PAST 3');
  });

  it('keeps its byte order mark', async () => {
    const { run, read } = await open({ 'u.yaml': `\ufeff${file}`, 'l.csv': rows });
    await run(['import', 'l.csv', '--into', 'u.yaml']);
    expect(await read('u.yaml')).toBe(`\ufeff${updated}`);
  });

  it('is left alone where it has errors, shares a value, or is in conflict with the list', async () => {
    const files = {
      'bad.yaml': 'version: 1\nenrollments:\n  - { user: a, flow: x }\n',
      'broken.yaml': 'version: [\n',
      'anchor.yaml':
        'version: 1\nenrollments:\n  - { user: new, flow: &f mobile, enabled: true }\n  - { user: b, flow: *f, annotations: &a { x: y } }\n  - { user: alice@example.com, flow: *f, annotations: *a }\n  - { user: c, flow: mobile, annotations: *a }\n',
      'absent.yaml': 'version: 1\nenrollments:\n  - { user: new, state: absent }\n',
      'l.csv': 'user,flow,annotations.x\nb,mobile,z\nnew,mobile,\n',
    };
    const { run, read } = await open(files);
    const codes = async (name: string): Promise<readonly string[]> => {
      const { code, stderr } = await run(['import', 'l.csv', '--into', name]);
      expect(code).toBe(1);
      expect(await read(name)).toBe(new Map(Object.entries(files)).get(name));
      return told(stderr);
    };
    expect(await codes('bad.yaml')).toEqual(['WRONG_VALUE 3']);
    expect(await codes('broken.yaml')).toContain('YAML_SYNTAX 2');
    expect(await codes('anchor.yaml')).toEqual(['CANNOT_BE_EDITED 4']);
    expect(await codes('absent.yaml')).toEqual(['ABSENT_AND_PRESENT 3']);
  });

  it('is refused where it is read-only, a directory, or being written', async () => {
    const { run, directory, write } = await open({ 'u.yaml': file, 'l.csv': rows });
    await chmod(join(directory, 'u.yaml'), 0o444);
    expect((await run(['import', 'l.csv', '--into', 'u.yaml'])).stderr).toContain('u.yaml is read-only');
    expect((await run(['import', 'l.csv', '--into', '.'])).stderr).toContain('. is a directory');
    await chmod(join(directory, 'u.yaml'), 0o644);
    await write('u.yaml.lock', '');
    const { code, stderr } = await run(['import', 'l.csv', '--into', 'u.yaml']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('another run') });
  });
});

describe('a list that is split', () => {
  const rows = 'user,flow,Dept\na,mobile,R & D\nb,mobile,Süd\nc,mobile,R & D\n';
  const split = ['--split-by', 'Dept', '--into', 'teams'];

  it('becomes one file a value', async () => {
    const { run, read } = await open({ 'l.csv': rows });
    const { stdout } = await run(['import', 'l.csv', ...split]);
    expect(stdout).toBe(
      'teams/r-d.yaml: 2 added, 0 changed, 0 unchanged.\nteams/süd.yaml: 1 added, 0 changed, 0 unchanged.\n',
    );
    expect(await read('teams/süd.yaml')).toBe('version: 1\nenrollments:\n  - { user: b, flow: mobile }\n');
    expect((await run(['import', 'l.csv', ...split])).stdout).toContain('0 added, 0 changed, 2 unchanged');
    expect((await run(['validate', 'teams'])).code).toBe(0);
  });

  it('never leads out of the directory', async () => {
    const { run, directory } = await open({ 'l.csv': rows, 'teams/x': '', 'outside.yaml': 'version: 1\n' });
    await symlink(join(directory, 'outside.yaml'), join(directory, 'teams/r-d.yaml'));
    expect((await run(['import', 'l.csv', ...split])).stderr).toContain('leads out of teams');
    const { code, stdout } = await run(['import', '-', ...split], {
      standardInput: 'user,flow,Dept\na,mobile,../../etc/.x\n',
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'teams/etc-.x.yaml: 1 added, 0 changed, 0 unchanged.\n' });
  });

  it('is refused where two values make one name, one makes none, or one user is in two files', async () => {
    const { run } = await open({});
    const standardInput =
      'user,flow,Dept\na,mobile,R & D\nb,mobile,r-d\nc,mobile,..\nd,mobile,CON\ne,mobile,\nx,mobile,A\nx,mobile,B\n';
    const { code, stderr } = await run(['import', '-', ...split], { standardInput });
    expect({ code, told: told(stderr) }).toEqual({
      code: 1,
      told: ['CSV_SPLIT 3', 'CSV_SPLIT 4', 'CSV_SPLIT 5', 'CSV_ROW 6', 'DUPLICATE_ENROLLMENT 8'],
    });
    expect((await run(['import', '-', '--split-by', 'Dept'], { standardInput })).stderr).toContain('--into DIRECTORY');
  });
});

it('refuses to write a file that has changed since it was read', async () => {
  const { directory } = await open({ 'u.yaml': 'version: 1\n' });
  const io = {
    workingDirectory: directory,
    environment: {},
    nodeVersion: process.versions.node,
    readStandardInput: () => Promise.resolve(new Uint8Array()),
    clock: { now: () => 0, sleep: () => Promise.resolve() },
    random: () => 0,
    onSignal: () => () => undefined,
  };
  const { source } = await openEditable('u.yaml', io);
  await writeFile(join(directory, 'u.yaml'), 'version: 1 # mine\n');
  const edited = { file: 'u.yaml', text: 'version: 1 # theirs\n', before: source };
  await expect(saveEdited([edited], io)).rejects.toThrow('u.yaml has changed since it was read');
  await expect(saveEdited([{ ...edited, before: undefined }], io)).rejects.toThrow('has changed');
  await expect(saveEdited([{ ...edited, file: 'gone.yaml' }], io)).rejects.toThrow('has changed');
});
