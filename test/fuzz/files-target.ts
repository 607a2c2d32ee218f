import { instantFromMs } from '../../src/model/instant.ts';
import { loadDesired } from '../../src/desired/index.ts';
import { hasErrors } from '../../src/model/diagnostic.ts';
import {
  diagnosticsGithub,
  diagnosticsSarif,
  diagnosticsText,
  palette,
  toJsonText,
  validateJson,
} from '../../src/report/index.ts';
import { compareReaders } from '../support/desired/two-readers.ts';
import { demand, demandTokenless, type Target } from './target.ts';

const now = instantFromMs(Date.UTC(2026, 5, 1));

/** Enrollment files: both readers, and all that is said about a file. */
export const filesTarget: Target = {
  form: 'yaml',
  run: async (input) => {
    compare(input);
    const loaded = await loadDesired({
      paths: ['-'],
      workingDirectory: '/nowhere',
      readStandardInput: () => Promise.resolve(input),
      environment: {},
      tokenVariables: ['OTHER_*'],
      secrets: 'ignore',
      now,
    });
    const { state, diagnostics, leftOut, skipped } = loaded;
    demand((state === undefined) === hasErrors(diagnostics), 'there is a state, or an error', () =>
      JSON.stringify(diagnostics),
    );
    const outputs = [
      diagnosticsText(diagnostics, palette('plain')),
      diagnosticsGithub(diagnostics),
      toJsonText(diagnosticsSarif(diagnostics, '1.0.0')),
      toJsonText(validateJson({ diagnostics, leftOut, skipped: skipped.length }, '0')),
    ];
    for (const output of outputs) demandTokenless(output);
  },
};

function compare(input: Uint8Array): void {
  const text = decode(input);
  if (text === undefined) return;
  const comparison = compareReaders(text);
  const differs = typeof comparison === 'string' ? '' : comparison.differs;
  demand(differs === '', 'both readers read the same', () => differs);
}

function decode(input: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input);
  } catch {
    return undefined;
  }
}
