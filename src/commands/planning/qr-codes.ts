import type { Diagnostic } from '../../model/diagnostic.ts';
import { rangeAt } from '../../model/place.ts';
import { isCreating, type CreatingChange, type Plan } from '../../model/plan.ts';

/** Entries that ask for a QR code when there is nowhere to keep it. */
export function unkeptQrCodes(plan: Plan, directory: string | undefined): readonly Diagnostic[] {
  if (directory !== undefined) return [];
  return askingFor(plan).map(({ key, place }) => ({
    severity: 'error',
    code: 'QR_CODE_WITHOUT_DIRECTORY',
    summary: `"${key}" asks for a QR code, and there is nowhere to keep it`,
    detail: 'Pass --activations-out DIR, or remove qrCode from the entry.',
    range: place && rangeAt(place),
  }));
}

/** The plan with one warning, at the first entry, of what its apply needs. */
export function withQrCodeWarning(plan: Plan): Plan {
  const [first] = askingFor(plan);
  if (first === undefined) return plan;
  const warning: Diagnostic = {
    severity: 'warning',
    code: 'QR_CODE_WITHOUT_DIRECTORY',
    summary: `"${first.key}" asks for a QR code, and apply needs a directory for it`,
    detail: 'The tenant shows it once, at creation. Apply with --activations-out DIR, or remove qrCode from the entry.',
    range: first.place && rangeAt(first.place),
  };
  return { ...plan, diagnostics: [...plan.diagnostics, warning] };
}

/** The plan without that warning: apply judges again, by the directory that it was given. */
export function withoutQrCodeWarning(plan: Plan): Plan {
  return { ...plan, diagnostics: plan.diagnostics.filter(({ code }) => code !== 'QR_CODE_WITHOUT_DIRECTORY') };
}

function askingFor({ changes }: Plan): readonly CreatingChange[] {
  return changes.filter(isCreating).filter(({ create }) => create.flow === 'mobile' && create.activation.qrCode);
}
