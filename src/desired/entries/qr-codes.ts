import type { CreateApi } from '../../model/enrollment.ts';
import type { Placed } from './build-entry.ts';
import type { Findings } from './findings.ts';
import type { Words } from '../source/source-file.ts';

/** Entries that ask for a QR code, which the tenant's first create does not return. */
export function checkQrCodes(all: readonly Placed[], createApi: CreateApi, findings: Findings): void {
  if (createApi === 'v2') return;
  for (const { enrollment, parsed, index } of all) {
    if (enrollment.state === 'absent' || enrollment.face.flow !== 'mobile') continue;
    if (enrollment.face.activation.qrCode) findings.tell(parsed, notReturned, ['enrollments', index, 'activation']);
  }
}

const notReturned: Words = {
  code: 'QR_CODE_WITHOUT_V2',
  summary: "'qrCode' is not available with create API v1",
  detail: "Remove 'qrCode', or use create API v2.",
};
