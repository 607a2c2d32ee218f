import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadDesired, type Loaded } from '../../../src/desired/index.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { AbsentEnrollment, DesiredState, PresentEnrollment } from '../../../src/model/enrollment.ts';
import { instantFromMs } from '../../../src/model/instant.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;
type Request = Parameters<typeof loadDesired>[0];

export const now = instantFromMs(Date.UTC(2026, 5, 1));

/** Writes the files into a directory of their own, which goes when the test is over. */
export async function directoryOf(files: Files): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'faceform-desired-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), content);
  }
  return directory;
}

/** Loads from standard input, so that no disk is needed. */
export function loadBytes(content: string | Uint8Array, request: Partial<Request> = {}): Promise<Loaded> {
  return loadDesired({
    paths: ['-'],
    workingDirectory: '/',
    readStandardInput: () => Promise.resolve(Buffer.from(content)),
    environment: {},
    tokenVariables: [],
    secrets: 'ignore',
    now,
    ...request,
  });
}

/** Loads all of the files, or those that `paths` names. */
export async function loadFiles(files: Files, request: Partial<Request> = {}): Promise<Loaded> {
  const workingDirectory = await directoryOf(files);
  return loadBytes('', { paths: ['.'], workingDirectory, ...request });
}

/** Loads one file, `a.yaml`. */
export function loadText(content: string | Uint8Array, request: Partial<Request> = {}): Promise<Loaded> {
  return loadFiles({ 'a.yaml': content }, request);
}

/** Loads a list of entries, written as YAML flow mappings. */
export function loadEntries(...entries: readonly string[]): Promise<Loaded> {
  return loadText(`version: 1\nenrollments:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`);
}

/** `CODE file:line:column`, in the order of the file. */
export function complaints({ diagnostics }: Loaded): readonly string[] {
  return diagnostics.toSorted((a, b) => offsetOf(a) - offsetOf(b)).map((one) => `${one.code} ${placeOf(one)}`);
}

export function codes({ diagnostics }: Loaded): readonly string[] {
  return diagnostics.map(({ code }) => code).toSorted();
}

function placeOf({ range }: Diagnostic): string {
  return range === undefined ? '' : `${range.filename}:${range.start.line}:${range.start.column}`;
}

function offsetOf({ range }: Diagnostic): number {
  return range?.start.byte ?? -1;
}

/** @throws Error where the files have errors */
export function stateOf(loaded: Loaded): DesiredState {
  if (loaded.state === undefined) throw new Error(`no state: ${complaints(loaded).join(', ')}`);
  return loaded.state;
}

export function presentOf(loaded: Loaded): readonly PresentEnrollment[] {
  return stateOf(loaded).enrollments.filter((one) => one.state === 'present');
}

export function absentOf(loaded: Loaded): readonly AbsentEnrollment[] {
  return stateOf(loaded).enrollments.filter((one) => one.state === 'absent');
}
