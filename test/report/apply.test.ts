import { describe, expect, it } from 'vitest';
import type { ApplyReport } from '../../src/model/outcome.ts';
import { applyJson, applyText, palette } from '../../src/report/index.ts';
import { diagnostic, writingChanges } from './samples.ts';

const { create, update, disable, replace, remove } = writingChanges();

const report: ApplyReport = {
  totals: { planned: 5, applied: 1, already: 0, failed: 1, stale: 1, skipped: 1, unknown: 1 },
  outcomes: [
    {
      state: 'failed',
      change: update,
      refusal: { status: 409, errorCode: 'faces_max_reached', message: 'The "maximum" is reached.' },
    },
    { state: 'applied', change: create, faceId: 'f-9', note: 'found by reading again' },
    { state: 'stale', change: disable, note: 'the face f-1 is gone' },
    { state: 'skipped', change: replace, note: 'not started: 10 identical failures in a row' },
    { state: 'unknown', change: remove, refusal: { message: 'No answer within 30 s.' } },
  ],
  emails: 2,
};

describe('the report of an apply', () => {
  it('ends with totals that add up, below what went wrong and what to do', () => {
    expect(applyText(report, palette('plain'))).toBe(`\
applied  +    create   alice/mobile  user alice  enroll/a.yaml:3:5
         found by reading again
stale    !    disable  alice/v       user alice  enroll/a.yaml:15:5
         the face f-1 is gone. Plan again.
skipped  +/-  replace  alice/web     user alice  enroll/a.yaml:19:5
         not started: 10 identical failures in a row. Apply again.
unknown  -    delete   alice/x       user alice  (in no file)
         No answer within 30 s.
         It may have taken effect. Plan again to see; nothing is created twice.
failed   ~    update   alice/u       user alice  enroll/a.yaml:11:5
         the tenant answered 409 faces_max_reached: "The \\"maximum\\" is reached."
         Remove what the tenant names as the conflict, then plan again.

Apply: 5 planned = 1 applied + 0 already done + 1 failed + 1 stale + 1 skipped + 1 unknown. 2 activation e-mails sent.
`);
  });

  it.each([
    ['failed', 403, 'If the role lacks the permission, give it FACE:EDIT; then apply again.'],
    ['failed', 418, 'Correct the cause and apply again; what is done already is not repeated.'],
    ['unknown', 409, 'It may have taken effect. Plan again to see; nothing is created twice.'],
  ] as const)('says what helps when a change is %s with %i', (state, status, advice) => {
    const outcomes = [{ state, change: update, refusal: { status, message: 'no' } }];
    expect(applyText({ ...report, outcomes }, palette('plain'))).toContain(
      `the tenant answered ${status}: "no"\n         ${advice}\n`,
    );
  });

  it('is the totals alone where nothing was planned', () => {
    const totals = { planned: 0, applied: 0, already: 0, failed: 0, stale: 0, skipped: 0, unknown: 0 };
    expect(applyText({ totals, outcomes: [], emails: 0 }, palette('plain'))).toBe(
      'Apply: 0 planned = 0 applied + 0 already done + 0 failed + 0 stale + 0 skipped + 0 unknown.\n',
    );
  });
});

describe('the report of an apply as JSON', () => {
  const json = applyJson(report, {
    toolVersion: '0.1.0',
    tenant: { kind: 'origin', origin: 'https://acme.example' },
    diagnostics: [diagnostic()],
  });

  it('has the totals, and the diagnostics in the shape of validate', () => {
    expect(json).toMatchObject({
      format_version: '1.0',
      tool: 'faceform',
      tool_version: '0.1.0',
      x_tenant: 'https://acme.example',
      summary: { planned: 5, applied: 1, already: 0, failed: 1, stale: 1, skipped: 1, unknown: 1, emails: 2 },
      diagnostics: [{ code: 'UNKNOWN_MEMBER', snippet: { start_line: 14 } }],
    });
  });

  it('has one outcome for each change, sorted by key', () => {
    expect(json.outcomes.map(({ index, outcome }) => [index, outcome])).toEqual([
      ['alice/mobile', 'applied'],
      ['alice/u', 'failed'],
      ['alice/v', 'stale'],
      ['alice/web', 'skipped'],
      ['alice/x', 'unknown'],
    ]);
  });

  it('says what came of a change: the new face, the refusal or why it was not sent', () => {
    expect(json.outcomes).toMatchObject([
      { face_id: 'f-9', note: 'found by reading again' },
      {
        address: 'idaas_face.enrollment["alice/u"]',
        x_action: 'update',
        x_user: { login: 'alice', uuid: 'uuid-alice' },
        x_source: { file: 'enroll/a.yaml', line: 11, column: 5 },
        error: { status: 409, code: 'faces_max_reached', message: 'The "maximum" is reached.' },
      },
      { note: 'the face f-1 is gone' },
      { note: 'not started: 10 identical failures in a row' },
      { error: { message: 'No answer within 30 s.' } },
    ]);
  });
});
