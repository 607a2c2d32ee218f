import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { SandboxSeed } from '../../src/sandbox/index.ts';
import { amy } from '../support/commands/explain-scenario.ts';
import { findLeaks } from '../support/commands/find-leaks.ts';
import { runProgram } from '../support/commands/program.ts';
import { openTenant } from '../support/commands/workspace.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const table = `${root}src/model/attributes.ts`;

/** The attribute table in which one attribute is declared sensitive. */
function declaredSensitive(text: string, name: string): string {
  const planted = text.replace(new RegExp(`(?<=^  ${name}: .*)'public'`, 'm'), "'sensitive'");
  expect(planted).not.toBe(text);
  return planted;
}

/** Files of the source that do not compile then. */
function filesThatMustDecide(name: string): readonly string[] {
  const { config }: { readonly config?: object } = ts.readConfigFile(`${root}tsconfig.json`, (path) =>
    ts.sys.readFile(path),
  );
  const { fileNames, options } = ts.parseJsonConfigFileContent({ ...config, include: ['src'] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  host.readFile = (path) => (path === table ? declaredSensitive(readFile(path) ?? '', name) : readFile(path));
  const program = ts.createProgram(fileNames, options, host);
  const found = program.getSemanticDiagnostics().flatMap(({ file }) => file?.fileName.slice(root.length) ?? []);
  return [...new Set(found)].toSorted();
}

describe('an attribute of a face that is declared sensitive', () => {
  it('compiles as it is where nothing is decided by it', () => {
    expect(filesThatMustDecide('platform')).toEqual([]);
  });

  it('does not compile where it pins or names a face', () => {
    expect(filesThatMustDecide('serialNumber')).toEqual([
      'src/engine/adopt/entries-for.ts',
      'src/engine/export.ts',
      'src/model/face.ts',
      'src/report/status/status-json.ts',
    ]);
  });
});

const canary = 'CANARY-OF-A-PLATFORM';
const seed: SandboxSeed = {
  users: [
    amy([
      { platform: canary },
      { platform: canary, status: 'FAILED' },
      { platform: canary, status: 'NEW' },
      { platform: canary, applicantId: 'a-1' },
      { platform: canary, applicantId: 'a-1', status: 'REVIEW' },
    ]),
  ],
};
const files = {
  'keep.yaml': 'version: 1\nenrollments:\n  - { user: amy, flow: mobile, serialNumber: S-1, enabled: false }\n',
  'remove.yaml': 'version: 1\nunmatched: delete\nenrollments:\n  - { user: amy, flow: web, applicantId: a-2 }\n',
};

/** The program, built with that table; whole chunks have what they need beside them. */
async function buildPlanted(directory: string): Promise<string> {
  const plugin = {
    name: 'planted',
    transform: (code: string, id: string) => (id === table ? declaredSensitive(code, 'platform') : null),
  };
  const bundle = await rolldown({ input: `${root}src/bin.ts`, platform: 'node', plugins: [plugin] });
  await bundle.write({ dir: join(directory, 'dist'), format: 'esm' });
  await bundle.close();
  for (const name of ['schemas', 'package.json'])
    await cp(join(root, name), join(directory, name), { recursive: true });
  return join(directory, 'dist/bin.js');
}

describe('a program whose attribute table declares platform sensitive', () => {
  it('shows it in no output', async () => {
    const { directory, sandbox, read } = await openTenant({ seed, clock: Date.now }, { files });
    const file = await buildPlanted(directory);
    const environment = {
      FACEFORM_TENANT_URL: sandbox.url,
      FACEFORM_APPLICATION_ID: sandbox.applicationId,
      FACEFORM_SHARED_SECRET: sandbox.sharedSecret,
    };
    const outputs = async (...args: readonly string[]): Promise<string> => {
      const { code, stdout, stderr } = await runProgram(args, { file, cwd: directory, environment });
      expect({ args, code, stderr }).toMatchObject({ code: expect.toBeOneOf([0, 2]) });
      expect(findLeaks(`${stdout}${stderr}`, [canary]), args.join(' ')).toEqual([]);
      return stdout;
    };
    for (const name of Object.keys(files)) {
      for (const format of ['text', 'json', 'markdown', 'diff', 'html']) {
        await outputs('plan', name, '--include-noop', '--format', format);
      }
    }
    for (const format of ['text', 'json', 'csv', 'prometheus'])
      await outputs('status', 'keep.yaml', '--format', format);
    await outputs('export');
    await outputs('explain', 'amy', 'remove.yaml', '--format', 'json');
    expect(await outputs('explain', 'amy', 'remove.yaml')).toContain('platform      (sensitive)');
    const plan = await outputs('plan', 'keep.yaml', '--format', 'json', '--out', 'plan.json');
    expect(JSON.parse(plan)).toMatchObject({
      resource_changes: [{ change: { before_sensitive: { platform: true } } }],
    });
    expect(findLeaks(await read('plan.json'), [canary])).toEqual([]);
    await outputs('show', 'plan.json', '--format', 'json');
    await outputs('apply', '--plan', 'plan.json', '--auto-approve', '--format', 'ndjson', '--journal', 'journal.jsonl');
    expect(findLeaks(await read('journal.jsonl'), [canary])).toEqual([]);
  });
});
