import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { Created } from '../model/tenant.ts';
import type { Io } from './io.ts';

/**
 * Keeps the activation URL and QR code of a new face, which come back only once and let whoever holds them activate
 * it: `<key>.url` and `<key>.png` in a directory of mode 0700, files of mode 0600.
 */
export async function keepActivation(directory: string, key: string, created: Created): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const name = join(directory, encodeURIComponent(key));
  const write = (file: string, data: string | Uint8Array): Promise<void> => writeFile(file, data, { mode: 0o600 });
  if (created.activationUrl !== undefined) await write(`${name}.url`, `${created.activationUrl.reveal()}\n`);
  if (created.activationQrCode !== undefined) {
    const base64 = created.activationQrCode.reveal().replace(/^data:image\/png;base64,/, '');
    await write(`${name}.png`, Buffer.from(base64, 'base64'));
  }
}

export function activationKeeper(
  directory: string | undefined,
  io: Io,
): (change: { readonly key: string }, created: Created) => Promise<void> {
  if (directory === undefined) return () => Promise.resolve();
  return (change, created) => keepActivation(resolve(io.workingDirectory, directory), change.key, created);
}

/** An entry that asks for a QR code when there is nowhere to keep it. */
export function unkeptQrCodes(plan: Plan, directory: string | undefined): readonly Diagnostic[] {
  if (directory !== undefined) return [];
  return plan.changes.flatMap((change) => {
    if (change.action !== 'create' && change.action !== 'replace') return [];
    if (change.create.flow !== 'mobile' || !change.create.activation.qrCode) return [];
    const place = change.place;
    const point = place && { line: place.line, column: place.column, byte: 0 };
    return [
      {
        severity: 'error' as const,
        code: 'QR_CODE_WITHOUT_DIRECTORY',
        summary: `"${change.key}" asks for a QR code, and there is nowhere to keep it`,
        detail: 'Pass --activations-out DIR, or take qrCode from the entry.',
        ...(place && point ? { range: { filename: place.file, start: point, end: point } } : {}),
      },
    ];
  });
}
