import { describe, expect, it } from 'vitest';
import { readToken } from '../../../src/desired/index.ts';
import { Secret } from '../../../src/model/values/secret.ts';
import { codes, complaints, directoryOf, loadText } from '../../support/desired/load-files.ts';

const jwt = `eyJhbGciOiJIUzI1NiJ9.${'QUJD'.repeat(30)}`;
const plain = 'canaryValue';
const request = { workingDirectory: '/', environment: {}, tokenVariables: [], bounds: 'enrollment file' } as const;
const entry = (token: string) =>
  `version: 1\nenrollments:\n  - { user: a, flow: token, customerUserId: c, token: ${token} }\n`;

describe('a token that is named', () => {
  it.each([
    ['a variable that is not set', '{ env: FACE_TOKEN_UNSET }', 'UNSET_ENV'],
    ['a variable that is empty', '{ env: FACE_TOKEN_EMPTY }', 'UNSET_ENV'],
    ['a variable with other text', '{ env: FACE_TOKEN_TEXT }', 'NOT_BASE64'],
    ['a variable with spaces alone', '{ env: FACE_TOKEN_SPACES }', 'NOT_BASE64'],
    ['a file that is not there', '{ file: gone.b64 }', 'UNREADABLE_FILE'],
    ['a file with other text', '{ file: a.yaml }', 'NOT_BASE64'],
  ])('is refused, when tokens are checked: %s', async (_, token, code) => {
    const environment = { FACE_TOKEN_EMPTY: '', FACE_TOKEN_TEXT: 'not base64!', FACE_TOKEN_SPACES: '  \n' };
    expect(complaints(await loadText(entry(token), { secrets: 'check', environment }))).toEqual([
      `${code} a.yaml:3:55`,
    ]);
    expect(codes(await loadText(entry(token), { environment }))).toEqual([]);
  });

  it('is of no interest in entries of another kind', async () => {
    const text = 'version: 1\nenrollments: [{ user: a, flow: mobile }, { user: b, state: absent }]\n';
    expect(codes(await loadText(text, { secrets: 'check' }))).toEqual([]);
  });

  it('is read without its line breaks, and stays secret', async () => {
    const workingDirectory = await directoryOf({ 't.b64': 'QUJD\r\nREVG\nQQ==\n' });
    const token = await readToken({ from: 'file', path: 't.b64', namedBy: 'a.yaml' }, { ...request, workingDirectory });
    expect(token).toBeInstanceOf(Secret);
    expect(token instanceof Secret ? token.reveal() : '').toBe('QUJDREVGQQ==');
    expect(JSON.stringify(token)).not.toContain('QUJD');
  });

  it('takes no long time to refuse, whatever it is full of', async () => {
    const environment = { FACE_TOKEN_X: `${' '.repeat(200_000)}!` };
    const token = await readToken({ from: 'env', name: 'FACE_TOKEN_X' }, { ...request, environment });
    expect(token).toMatchObject({ code: 'NOT_BASE64' });
  });
});

describe('a token that stands in the file', () => {
  const places: readonly (readonly [string, (token: string) => string])[] = [
    ['instead of its source', (token) => entry(token)],
    ['as a strange member of the source', (token) => entry(`{ value: ${token} }`)],
    ['as the name of a member of the source', (token) => entry(`{ ${token} }`)],
    ['in a list', (token) => entry(`[${token}, ${token}]`)],
    ['beside another error on the line', (token) => entry(`${token}, flwo: x, user: 7`)],
    ['in a block', (token) => `version: 1\nenrollments:\n  - user: 1\n    token: |\n      ${token}\n    flow: tokn\n`],
    ['over two lines', (token) => `version: 1\nenrollments:\n  - { token: "${token}\n   ${token}", flow: 1 }\n`],
    ['as an unknown member', (token) => entry(`{ env: FACE_TOKEN_A }, encryptedBiometricToken: ${token}`)],
    ['under a name of its own', (token) => entry(`{ env: FACE_TOKEN_A }, face: { value: [${token}] }`)],
    ['at the top', (token) => `version: 1\nbiometric: ${token}\n`],
    ['in the defaults', (token) => `version: 1\ndefaults: { flow: 1, token: ${token} }\n`],
    ['as an entry', (token) => `version: 1\nenrollments: [${token}, { user: 1, flow: 2 }]\n`],
    ['instead of the entries', (token) => `version: 1\nenrollments: ${token}\n`],
    ['in entries that are no list', (token) => `version: 1\nenrollments: { user: a, token: ${token} }\n`],
    ['in a file that is a list', (token) => `[{ user: a, token: ${token} }]\n`],
    ['instead of a file', (token) => token],
    [
      'in a member that should be text',
      (token) => `version: 1\ntenant: { url: { token: ${token}, a: [{ token: ${token} }] } }\n`,
    ],
    [
      'in an annotation of the name',
      (token) => entry(`{ env: FACE_TOKEN_A }, flow: 7, annotations: { token: ${token} }`).replace('flow: token,', ''),
    ],
    ['twice', (token) => `version: 1\nenrollments:\n  - { user: a, token: ${token}, token: ${token} }\n`],
    ['in broken YAML', (token) => `version: 1\nenrollments:\n  - { user: a, token: ${token}\n`],
    ['in a broken block', (token) => `version: 1\nenrollments:\n  - user: a\n    token: "x\n ${token}\n`],
    ['in a quote that does not end', (token) => `version: 1\nbroken: [\ntoken: "${token}`],
    ['in a tag', (token) => `version: 1\ntoken: !${token} x\n`],
    ['as an alias', (token) => `version: 1\ntoken: *${token}\n`],
  ];

  it.each(places)('is in no complaint: %s', async (_, write) => {
    for (const token of [jwt, plain]) {
      const { diagnostics } = await loadText(write(token), { secrets: 'check' });
      expect(diagnostics).not.toEqual([]);
      expect(JSON.stringify(diagnostics)).not.toContain(token);
    }
  });

  it.each([
    ['as the variable', (token: string) => entry(`{ env: ${token} }`)],
    ['as two sources', (token: string) => entry(`{ env: "${token}", file: "${token}" }`)],
    ['as the file', (token: string) => entry(`{ file: ${token} }`)],
    ['as a file that is a directory', (token: string) => entry(`{ file: "./${token}/" }`)],
    ['as a label', (token: string) => entry(`{ env: FACE_TOKEN_A }, label: ${token}, flwo: 1`)],
    ['as a member name', (token: string) => entry(`{ env: FACE_TOKEN_A }, "${token}": 1`)],
    ['in a comment', (token: string) => entry(`{ env: FACE_TOKEN_A }, flwo: 1 } # ${token}`).replace(/ \}$/m, '')],
    ['in broken YAML without its name', (token: string) => `version: 1\nx: [\n"${token}": {\n`],
  ])('is recognised by its looks elsewhere: %s', async (_, write) => {
    for (const token of [jwt, 'eyJhbGciOiJIUzI1NiJ9', 'QUJD'.repeat(20)]) {
      const { diagnostics } = await loadText(write(token), { secrets: 'check' });
      expect(diagnostics).not.toEqual([]);
      expect(JSON.stringify(diagnostics)).not.toContain(token);
    }
  });

  it('leaves the rest of the line to be seen', async () => {
    const { diagnostics } = await loadText(entry(`{ env: FACE_TOKEN_A }, face: ${plain}, label: work`));
    expect(diagnostics.map(({ snippet }) => snippet?.code)).toEqual([
      '  - { user: a, flow: token, customerUserId: c, token: { env: FACE_TOKEN_A }, face: ***********, label: work }',
    ]);
  });
});

describe('broken YAML that has nothing to do with a token', () => {
  it('is shown', async () => {
    const { diagnostics } = await loadText('version: 1\nunmatched: a: b\ntenant: {}\n');
    expect(diagnostics.map(({ snippet }) => snippet?.code)).toEqual(['unmatched: a: b']);
  });
});
