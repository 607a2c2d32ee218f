import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../src/engine/plan/fingerprint.ts';
import { mobileFace, webFace } from '../../support/engine/world.ts';
import { codesOf, created, revertOf } from './past.ts';

describe('a create whose record does not name its face', () => {
  const planned = { certainty: 'possible', precondition: fingerprint([]) } as const;

  it.each([
    ['of another flow', [created(undefined, planned)], webFace('admin')],
    [
      'of another applicant',
      [created(undefined, { ...planned, asks: { flow: 'web', applicantId: 'x' } })],
      webFace('admin'),
    ],
    [
      'of a record that does not say what was asked for',
      [created(undefined, { ...planned, asks: undefined })],
      mobileFace('a'),
    ],
  ])('is not taken to have made a face %s, which stays', (_, past, face) => {
    const made = revertOf(past, [face]);
    expect(made.changes).toEqual([]);
    expect(codesOf(made)).toEqual(['OUTCOME_UNCERTAIN']);
  });
});
