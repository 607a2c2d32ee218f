import { expect, it } from 'vitest';
import { importList, type ImportedList } from '../../../src/desired/importing/import-list.ts';
import { SourceFile } from '../../../src/desired/source/source-file.ts';
import { now } from '../../support/engine/world.ts';

const text = 'version: 1\nenrollments:\n  - { user: a, flow: mobile }\n  - { user: b, flow: mobile }\n';

function imported(rows: number, source: SourceFile | undefined): Promise<ImportedList> {
  const users = Array.from({ length: rows }, (_, at) => `new${at},mobile\n`);
  return importList({
    name: 'l.csv',
    bytes: Buffer.from(`user,flow\n${users.join('')}`),
    format: {},
    columns: {},
    duplicates: 'error',
    now,
    most: 5,
    openTarget: () => Promise.resolve({ file: 'u.yaml', source, diagnostics: [] }),
  });
}

it('edits a file with as many entries as memory holds, and makes a new one of more', async () => {
  const source = new SourceFile('u.yaml', Buffer.from(text), text);
  expect((await imported(3, source)).files?.[0]?.counts.added).toBe(3);
  const { files, diagnostics } = await imported(4, source);
  expect(files).toBeUndefined();
  expect(diagnostics.map(({ code, range }) => [code, range?.filename])).toEqual([['FILE_TOO_LARGE', 'u.yaml']]);
  expect((await imported(6, undefined)).files?.[0]?.counts.added).toBe(6);
});
