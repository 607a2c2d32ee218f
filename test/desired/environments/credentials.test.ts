import { describe, expect, it } from 'vitest';
import { chosen, file } from '../../support/desired/environment-files.ts';
import { codes, loadText, stateOf } from '../../support/desired/load-files.ts';

const allowing = (...pairs: readonly (readonly [string, string])[]) => ({
  credentialVariables: pairs.map(([environment, pattern]) => ({ environment, pattern })),
  ...chosen('prod'),
});

describe('the credentials of an environment', () => {
  const naming = (names: string): string =>
    file().replace("acme.us.trustedauth.com' }", `acme.us.trustedauth.com' }, credentials: ${names}`);
  const pair = (id: string, secret: string): string => `{ applicationId: ${id}, sharedSecret: ${secret} }`;

  it('may be named where that variable is allowed to that environment', async () => {
    const loaded = await loadText(naming(pair('ID_PROD', 'SECRET_PROD')), allowing(['prod', '*_PROD']));
    expect(stateOf(loaded).environment).toEqual({
      name: 'prod',
      credentials: { applicationId: 'ID_PROD', sharedSecret: 'SECRET_PROD' },
    });
  });

  it.each([
    ['another secret', pair('FACEFORM_PROD_APPLICATION_ID', 'AWS_SECRET_ACCESS_KEY'), []],
    [
      'a variable of another environment',
      pair('FACEFORM_STAGING_APPLICATION_ID', 'FACEFORM_STAGING_SHARED_SECRET'),
      [],
    ],
    ['a variable allowed to another environment', pair('ID_PROD', 'ID_PROD'), [['staging', '*']]],
    ['a variable of the program, whatever is allowed', '{ file: FACEFORM_CREDENTIALS }', [['prod', '*']]],
    ['the same in another case', '{ file: faceform_credentials }', [['prod', '*']]],
  ] as const)('may not be %s', async (_, names, pairs) => {
    const found = codes(await loadText(naming(names), allowing(...pairs)));
    expect(new Set(found)).toEqual(new Set(['CREDENTIAL_VARIABLE_NOT_ALLOWED']));
  });

  it.each([
    '{ applicationId: FACEFORM_PROD_APPLICATION_ID }',
    `{ file: FACEFORM_PROD_CREDENTIALS, sharedSecret: FACEFORM_PROD_SHARED_SECRET }`,
  ])('are a pair or a file, not %s', async (names) => {
    expect(codes(await loadText(naming(names), chosen('prod')))).toEqual(['WRONG_VALUE']);
  });
});
