import { describe, expect, it } from 'vitest';
import { expectHarmless } from '../../support/commands/expectations.ts';
import { open, told } from '../../support/commands/import-run.ts';

const list = 'email,Type,Case\nalice@example.com,Mobile,HR-1\nbob,mobile,\n';
const asUser = ['--map', 'user=email,flow=Type,annotations.ticket=Case'];
const entries = `version: 1
enrollments:
  - { user: alice@example.com, flow: mobile, annotations: { ticket: HR-1 } }
  - { user: bob, flow: mobile }
`;

describe('a list that is imported', () => {
  it('becomes a file of entries, and changes no byte the second time', async () => {
    const { run, read } = await open({ 'l.csv': list });
    expect(await run(['import', 'l.csv', ...asUser])).toEqual({ code: 0, stdout: entries, stderr: '' });
    const first = await run(['import', 'l.csv', ...asUser, '--into', 'u.yaml']);
    expect(first).toEqual({ code: 0, stdout: 'u.yaml: 2 added, 0 changed, 0 unchanged.\n', stderr: '' });
    expect(await read('u.yaml')).toBe(entries);
    const second = await run(['import', 'l.csv', ...asUser, '--into', 'u.yaml']);
    expect(second.stdout).toBe('u.yaml: 0 added, 0 changed, 2 unchanged.\n');
    expect(await read('u.yaml')).toBe(entries);
    expect((await run(['validate', 'u.yaml'])).code).toBe(0);
  });

  it.each([
    ['semicolons and a byte order mark', Buffer.from(`\ufeff${list.replaceAll(',', ';')}`), []],
    ['tabs and UTF-16', Buffer.from(`\ufeff${list.replaceAll(',', '\t')}`, 'utf16le'), []],
    ['UTF-16 of the other order', Buffer.from(`\ufeff${list}`, 'utf16le').swap16(), []],
    ['UTF-16 without a mark', Buffer.from(list, 'utf16le'), ['--encoding', 'utf-16']],
    ['carriage returns', Buffer.from(list.replaceAll('\n', '\r\n')), []],
    ['carriage returns, and quotes', Buffer.from(list.replaceAll('\n', '\r\n').replace('bob', '"bob"')), []],
    ['old line breaks of a Mac', Buffer.from(list.replaceAll('\n', '\r')), []],
    ['blank rows and spaces', Buffer.from(list.replaceAll('\n', ' \n,,\n\n')), []],
    ['a delimiter that is said', Buffer.from(list.replaceAll(',', ';')), ['--delimiter', ';']],
  ])('is read with %s', async (_, standardInput, flags) => {
    const { run } = await open({});
    expect(await run(['import', '-', ...asUser, ...flags], { standardInput })).toEqual({
      code: 0,
      stdout: entries,
      stderr: '',
    });
  });

  it('keeps logins that YAML would take for something else, and umlauts', async () => {
    const logins = [
      'null',
      '1e3',
      'no',
      'a#b',
      'c: d',
      '"e"',
      "f'g",
      'müller',
      '~',
      '0123',
      '+49170',
      '@handle',
      '-x',
      '*y',
      '&z',
      '!t',
    ];
    const cells = logins.map((login) => `"${login.replaceAll('"', '""')}"`);
    const { run, read } = await open({ 'l.csv': `user\n${cells.join('\n')}\n` });
    await run(['import', 'l.csv', '--set', 'flow=mobile', '--into', 'u.yaml']);
    const before = await read('u.yaml');
    const again = await run(['import', 'l.csv', '--set', 'flow=mobile', '--into', 'u.yaml']);
    expect(again.stdout).toBe(`u.yaml: 0 added, 0 changed, ${logins.length} unchanged.\n`);
    expect(await read('u.yaml')).toBe(before);
    expect((await run(['validate', 'u.yaml'])).stdout).toContain(`${logins.length} enrollments`);
  });

  it('is read in windows-1252 only when that is said', async () => {
    const { run } = await open({
      'l.csv': Buffer.from('user\nmüller\n', 'latin1'),
      'z.csv': Buffer.from('user\n', 'utf16le'),
    });
    const guessed = await run(['import', 'l.csv', '--set', 'flow=mobile']);
    expect(guessed).toMatchObject({ code: 1, stdout: '' });
    expect(guessed.stderr).toContain('[NOT_UTF8]');
    const said = await run(['import', 'l.csv', '--set', 'flow=mobile', '--encoding', 'windows-1252']);
    expect(said.stdout).toContain('"müller"');
    expect((await run(['import', 'z.csv'])).stderr).toContain('--encoding utf-16');
    const odd = Buffer.from([0xff, 0xfe, 0x61]);
    expect((await run(['import', '-'], { standardInput: odd })).stderr).toContain('not UTF-16');
  });

  it('gives properties of every kind', async () => {
    const header = 'externalId,flow,enabled,replaceOn,activation.email,activation.qrCode,annotations.Case,label';
    const { run } = await open({
      'l.csv': `${header}\nE-1,MOBILE,FALSE,failed|Expired,true,maybe,"x, y",\nE-2,mobile,true,,,,,two\n`,
    });
    const { stderr } = await run(['import', 'l.csv']);
    expect(told(stderr)).toEqual(['WRONG_TYPE 2']);
    const { stdout } = await run(['import', '-'], {
      standardInput: `${header}\nE-1,MOBILE,FALSE,failed|Expired,true,false,"x, y",\nE-2,mobile,true,,,,,two\n`,
    });
    expect(stdout).toBe(
      `version: 1
enrollments:
  - { externalId: "E-1", flow: mobile, enabled: false, replaceOn: [FAILED, EXPIRED], activation: { email: true, qrCode: false }, annotations: { Case: "x, y" } }
  - { externalId: "E-2", flow: mobile, enabled: true, label: two }
`
        .replaceAll('"E-1"', 'E-1')
        .replaceAll('"E-2"', 'E-2'),
    );
  });

  it('takes the marks of spreadsheets off, and refuses formulas', async () => {
    const { run } = await open({ 'l.csv': `user\n'=x\n"=""007"""\n'+49\n'quoted\n` });
    const { stdout } = await run(['import', 'l.csv', '--set', 'flow=mobile']);
    expect([...stdout.matchAll(/user: (.*?),/g)].map(([, user]) => user)).toEqual([
      '"=x"',
      '"007"',
      '"+49"',
      `"'quoted"`,
    ]);
    const bad = await run(['import', '-', '--set', 'flow=mobile'], { standardInput: 'user\n=1+1\n#N/A\nok\n' });
    expect(told(bad.stderr)).toEqual(['CSV_FORMULA 2', 'CSV_FORMULA 3']);
  });
});

describe('a list with mistakes', () => {
  it('is told row by row, and nothing is written', async () => {
    const rows =
      'user,flow,x\na,mobile\nb,modile,\n"c\nd",mobile,\n,mobile,1\ne,web,\na,mobile,1\nA,mobile,2\n\u001b[31m,mobile,\n';
    const { run, read } = await open({ 'l.csv': rows });
    const ended = await run(['import', 'l.csv', '--into', 'u.yaml']);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expectHarmless(ended);
    expect(told(ended.stderr)).toEqual([
      'CSV_ROW 2',
      'WRONG_VALUE 3',
      'USER_NOT_NAMED_ONCE 6',
      'MISSING_MEMBER 7',
      'DUPLICATE_ROW 9',
    ]);
    await expect(read('u.yaml')).rejects.toThrow('ENOENT');
  });

  it('counts what is beyond a thousand', async () => {
    const { run } = await open({ 'l.csv': `user,flow\n${'x\n'.repeat(1500)}` });
    const { stderr } = await run(['import', 'l.csv']);
    expect(stderr).toContain('501 more errors not shown');
  });

  it.each([
    ['user,flow\n"a,mobile\n', 'a quote is not closed'],
    ['user,flow\n"a"b,mobile\n', 'a quote is followed by other text'],
    ['"user,flow\n', 'a quote is not closed'],
    ['', 'the list is empty'],
  ])('is refused where it is not CSV: %j', async (standardInput, summary) => {
    const { run } = await open({});
    const { code, stderr } = await run(['import', '-'], { standardInput });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(summary) });
  });

  it.each([
    [['--map', 'user=emial'], "Did you mean 'email'?"],
    [['--map', 'user=nothing-like-it'], "Its columns are 'email', 'Type', 'Case'."],
    [['--map', 'usr=email'], "Did you mean 'user'?"],
    [['--map', 'nothing=email'], 'and annotations.NAME'],
    [['--map', 'email'], "--map has no '='"],
    [['--set', 'flow'], "--set has no '='"],
    [['--map', 'user=email,user=Type'], "--map gives 'user' twice"],
    [[], 'no column gives the user'],
  ])('says what is wrong with %j', async (flags, words) => {
    const { run } = await open({ 'l.csv': list });
    const { code, stderr } = await run(['import', 'l.csv', ...flags]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(words) });
  });

  it('has a column twice that is asked for', async () => {
    const { run } = await open({ 'l.csv': 'user,flow,flow\na,mobile,web\n' });
    expect((await run(['import', 'l.csv', '--map', 'user=user,flow=flow'])).stderr).toContain("two columns 'flow'");
  });

  it('is not there, or a directory', async () => {
    const { run, directory } = await open({ 'd/x.csv': '' });
    expect((await run(['import', 'none.csv'])).stderr).toContain('none.csv cannot be read');
    expect((await run(['import', directory])).stderr).toContain('cannot be read');
  });
});
