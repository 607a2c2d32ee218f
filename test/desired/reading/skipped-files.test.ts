import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codes, directoryOf, loadBytes, loadFiles, stateOf } from '../../support/desired/load-files.ts';

const amy = { 'a.yaml': 'version: 1\nenrollments:\n  - { user: amy, flow: mobile }\n' };
const bob = '"version": 1, "enrollments": [{ "user": "bob", "flow": "mobile" }]';

async function usersBeside(file: string, text: string): Promise<readonly string[]> {
  return stateOf(await loadFiles({ ...amy, [file]: text })).enrollments.map(({ user }) => user.value);
}

describe('a JSON enrollment file in a directory', () => {
  it.each([
    ['names its schema', `{ "$schema": "./enrollments.schema.json", ${bob} }`],
    ['names another schema', `{ "$schema": "https://json-schema.org/draft/2020-12/schema", ${bob} }`],
  ])('is read where it %s', async (_, text) => {
    expect(await usersBeside('b.json', text)).toEqual(['amy', 'bob']);
  });

  it.each([
    ['counts', `{ "create": 1, "update": 0, "delete": 0, ${bob} }`],
    ['output', `{ "format_version": "1.0", "tool": "faceform", ${bob} }`],
    ['output without a version', '{ "format_version": "1.0", "enrollments": [] }'],
    ['a journal', `{ "time": "2026-06-01T00:00:00Z", "event": "end", ${bob} }`],
    ['credentials', '{ "applicationId": "a", "sharedSecret": "s", "scope": { "users": "tenant" } }'],
    ['a state', `{ "clockOffset": 0, "users": [], ${bob} }`],
    ['an escaped name', '{ "$schema": "x", "\\u0065nrollments": [] }'],
    ['a misspelt name', '{ "$schema": "x", "enrolments": [] }'],
    ['a name misspelt in two places', '{ "$schema": "x", "Enrolment": [] }'],
    ['a name in capitals', '{ "$schema": "x", "Version": 1 }'],
    ['a name below one that holds brackets', '{ "create": "}{[", "update": 0, "delete": 0, "version": 1 }'],
  ])('is an error where it looks like %s as well', async (_, text) => {
    expect(await loadFiles({ ...amy, 'b.json': text })).not.toHaveProperty('state');
  });

  it.each([
    ['without quotes', 'version: 1, enrollments: [{ user: bob, flow: mobile }]'],
    ['in single quotes', "'version': 1, 'enrollments': [{ user: bob, flow: mobile }]"],
    ['with an escape of YAML', '"version": 1, "\\x65nrollments": [{ user: bob, flow: mobile }]'],
    ['with a question mark', '? version : 1, ? enrollments : [{ user: bob, flow: mobile }]'],
  ])('is read with a schema where its names are written as YAML allows: %s', async (_, properties) => {
    const text = `{ "$schema": "https://x/other.json", ${properties} }`;
    expect(await usersBeside('b.json', text)).toEqual(['amy', 'bob']);
    expect(await usersBeside('tsconfig.json', text)).toEqual(['amy', 'bob']);
  });

  it('is an error whatever its name', async () => {
    for (const name of ['package.json', 'package-lock.json', 'tsconfig.json']) {
      expect(await usersBeside(name, `{ ${bob} }`)).toEqual(['amy', 'bob']);
      expect(codes(await loadFiles({ ...amy, [name]: '{ "name": "x", "enrollments": [] }' }))).toContain(
        'UNKNOWN_MEMBER',
      );
    }
  });

  it('is read where it is named itself, whatever it holds', async () => {
    const loaded = await loadFiles({ ...amy, 'b.json': '{ "$schema": "x" }' }, { paths: ['.', 'b.json'] });
    expect(codes(loaded)).toEqual(['MISSING_MEMBER']);
  });

  it('is read where it may be one of enrollments', async () => {
    expect(codes(await loadFiles({ ...amy, 'b.json': '[{ "user": "bob" }]' }))).toContain('WRONG_TYPE');
    expect(codes(await loadFiles({ ...amy, 'b.json': '{ "users": [' }))).toContain('YAML_SYNTAX');
  });
});

describe('a file of another kind in a directory', () => {
  it.each([
    ['plan.json', '{\n  "format_version": "1.0",\n  "tool": "faceform",\n  "x_tenant": "x"\n}\n'],
    ['valid.json', '{ "valid": true, "format_version": "1.0" }'],
    ['run.json', '{"@level":"info","@message":"x","type":"version"}\n{"@level":"info","@message":"y"}\n'],
    ['journal.json', '{"time":"t","event":"start","tool":"faceform","x_tenant":"x"}\n{"time":"t","event":"end"}\n'],
    ['counts.json', '{\n  "create": 1,\n  "update": 0,\n  "delete": 0\n}\n'],
    ['credentials.json', '{ "hostname": "h", "applicationId": "a", "sharedSecret": "s\\"}" }'],
    ['state.json', '{\n  "clockOffset": 0,\n  "users": [{ "version": 1, "enrollments": [] }]\n}\n'],
    ['faces.sarif.json', '{ "$schema": "https://x/sarif-schema-2.1.0.json", "version": "2.1.0", "runs": [] }'],
    ['enrollments.schema.json', '{ "$schema": "https://json-schema.org/draft/2020-12/schema" }'],
    ['package.json', '{ "name": "faces", "version": "1.0.0", "scripts": { "scope": "x" } }'],
    ['package-lock.json', '{ "name": "faces", "version": "1.0.0", "lockfileVersion": 3, "packages": {} }'],
    ['package.json', '{ "private": true }'],
    ['package-lock.json', '{ "lockfileVersion": 3 }'],
    ['npm-shrinkwrap.json', '{ "name": "faces", "version": "1.0.0", "lockfileVersion": 3 }'],
    ['nx.json', '{ "$schema": "https://x/nx-schema.json", "projects": {}, "project": 1 }'],
    ['jsconfig.json', '{ "compilerOptions": {} }'],
    ['tsconfig.build.json', '{ /* x */ "extends": "./tsconfig.json", "files": ["//", ",]"] }'],
    ['tsconfig.json', '{\n  // don"t read\n  "compilerOptions": { "strict": true, },\n}\n'],
  ])('is skipped: %s', async (name, text) => {
    const loaded = await loadFiles({ ...amy, [name]: text });
    expect(stateOf(loaded)).toMatchObject({ inputs: [{ file: 'a.yaml' }], filesSkipped: 1 });
    expect(loaded.skipped).toEqual([{ file: name, what: expect.any(String) }]);
  });

  it('is passed over with a note where it is YAML', async () => {
    expect(codes(await loadFiles({ ...amy, 'c.yaml': 'format_version: 1\n' }))).toEqual(['NOT_ENROLLMENTS']);
  });

  it('leaves a directory without an enrollment file if it is alone', async () => {
    expect(codes(await loadFiles({ 'plan.json': '{ "format_version": "1.0" }' }))).toEqual(['NO_FILES']);
  });
});

describe('a saved plan that is named itself', () => {
  it('is refused', async () => {
    const plan = '{\n  "format_version": "1.0",\n  "tool": "faceform",\n  "x_tenant": "x"\n}\n';
    expect(codes(await loadFiles({ ...amy, 'plan.json': plan }, { paths: ['plan.json'] }))).toEqual(['SAVED_PLAN']);
  });
});

describe('a link to a directory', () => {
  it('is not followed, and is listed', async () => {
    const workingDirectory = await directoryOf({ 'faces/a.yaml': amy['a.yaml'], 'store/b.yaml': amy['a.yaml'] });
    await symlink(join('..', 'store'), join(workingDirectory, 'faces', 'team'));
    await symlink(join('..', 'store', 'b.yaml'), join(workingDirectory, 'faces', 'notes'));
    await symlink('gone', join(workingDirectory, 'faces', 'nowhere'));
    const loaded = await loadBytes('', { paths: ['faces'], workingDirectory });
    expect(loaded).toMatchObject({ files: 1, skipped: [{ file: 'faces/team', what: 'a link to a directory' }] });
  });
});

describe('a hidden file', () => {
  it('is not read, and is listed, also below a hidden directory', async () => {
    const loaded = await loadFiles({
      ...amy,
      '.b.yaml': amy['a.yaml'],
      'team/.old/far/c.JSON': '{}',
      '.old/notes.txt': '',
      '.git/d.yaml': '',
      'team/node_modules/p/e.yml': '',
      '.faceform/sandbox.json': '{}',
    });
    expect(loaded).toMatchObject({
      files: 1,
      skipped: [
        { file: '.b.yaml', what: 'hidden' },
        { file: 'team/.old/far/c.JSON', what: 'hidden' },
      ],
    });
  });
});
