import type { Diagnostic } from '../model/diagnostic.ts';
import type { CreateApi } from '../model/enrollment.ts';
import type { Placed } from './build-entry.ts';
import type { Words } from './source-file.ts';

/** Entries that ask for a QR code, which the tenant's first create does not return. */
export function checkQrCodes(all: readonly Placed[], createApi: CreateApi): readonly Diagnostic[] {
  if (createApi === 'v2') return [];
  return all.flatMap(({ enrollment, parsed, index }) => {
    if (enrollment.state === 'absent' || enrollment.face.flow !== 'mobile') return [];
    return enrollment.face.activation.qrCode
      ? [parsed.diagnose(notReturned, ['enrollments', index, 'activation'])]
      : [];
  });
}

const notReturned: Words = {
  code: 'QR_CODE_WITHOUT_V2',
  summary: "'qrCode' is not available with create API v1",
  detail: "Remove 'qrCode', or use create API v2.",
};
