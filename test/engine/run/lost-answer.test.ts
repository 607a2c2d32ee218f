import { describe, expect, it } from 'vitest';
import type { Face } from '../../../src/model/face.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { amy, later, states, type Run } from '../../support/engine/apply-run.ts';
import { refused, unanswered } from '../../support/engine/memory-tenant.ts';
import { absent, day, fromNow, mobile, mobileFace, present, web, webFace } from '../../support/engine/world.ts';

const face = mobileFace('a');
const atLast = { expiry: fromNow(400 * day) };

interface Case {
  readonly action: string;
  readonly begin: () => Run;
  /** The call whose answer is lost. */
  readonly step: 'updateFace' | 'deleteFace';
  readonly done: readonly Face[];
  readonly notDone: readonly Face[];
}

const cases: readonly Case[] = [
  {
    action: 'update',
    begin: () => amy([present('amy', mobile(later))], [face]),
    step: 'updateFace',
    done: [{ ...face, ...atLast }],
    notDone: [face],
  },
  {
    action: 'disable',
    begin: () => amy([present('amy', mobile(), { enabled: false })], [face]),
    step: 'updateFace',
    done: [{ ...face, status: 'DISABLED' }],
    notDone: [face],
  },
  { action: 'delete', begin: () => amy([absent('amy')], [face]), step: 'deleteFace', done: [], notDone: [face] },
  {
    action: 'replace',
    begin: () => amy([present('amy', mobile())], [face], 'keep', ['amy/mobile']),
    step: 'deleteFace',
    done: [mobileFace('new-1')],
    notDone: [face, mobileFace('new-1')],
  },
  {
    action: 'create',
    begin: () => amy([present('amy', web('x', later))], []),
    step: 'updateFace',
    done: [webFace('new-0', 'x', atLast)],
    notDone: [webFace('new-0', 'x')],
  },
];

describe('a change whose answer is lost', () => {
  it.each(cases)('is applied if it is seen by reading, else unknown: $action', async (each) => {
    const runWith = (faces: readonly Face[], more = {}): Promise<readonly Outcome[]> => {
      const { tenant, run } = each.begin();
      tenant.trouble[each.step] = [unanswered()];
      tenant.readFaces = () => Promise.resolve(faces);
      return run(more);
    };
    expect(await runWith(each.done)).toMatchObject([
      { state: 'applied', note: expect.stringContaining('answer was lost') },
    ]);
    expect(states(await runWith(each.notDone))).toEqual([`unknown ${each.action}`]);
    expect(await runWith(each.notDone, { verify: 'trust' })).toMatchObject([
      { state: 'unknown', refusal: { message: expect.stringMatching(/no answer$/) } },
    ]);
  });
  it('and whose face cannot be read again is unknown, for both reasons', async () => {
    const { tenant, run } = amy([absent('amy')], [face]);
    tenant.trouble.deleteFace = [unanswered()];
    tenant.trouble.readFaces = [refused()];
    expect(await run()).toMatchObject([
      { state: 'unknown', refusal: { message: expect.stringMatching(/^no answer; .* PUT face: 409$/) } },
    ]);
  });
  it('is looked for in the one reading of all of the user’s changes, and waited for no longer than they', async () => {
    const { tenant, slept, run } = amy([absent('amy')], [face, webFace('b', 'x')]);
    tenant.trouble.deleteFace = [unanswered(), undefined];
    expect(states(await run())).toEqual(['unknown delete', 'applied delete']);
    expect(slept).toEqual([500, 1500, 3000]);
    expect(tenant.calls).toEqual(['deleteFace a', 'deleteFace b', ...Array<string>(4).fill('readFaces')]);
  });
});

describe('a create whose answer is lost', () => {
  it('may have made any face like it, but none that was there before', async () => {
    const { tenant, run } = amy([present('amy', mobile())], [face], 'keep', ['amy/mobile']);
    const create = tenant.createFace.bind(tenant);
    const asked: string[] = [];
    tenant.createFace = (request) => {
      asked.push(request.likeness(face), request.likeness(mobileFace('b')), request.likeness(webFace('c')));
      return create(request);
    };
    expect(states(await run())).toEqual(['applied replace']);
    expect(asked).toEqual(['none', 'sure', 'none']);
  });
  it('may have made a face that somebody has disabled before its user activated it', async () => {
    const { tenant, run } = amy([present('amy', mobile())], []);
    const create = tenant.createFace.bind(tenant);
    const asked: string[] = [];
    tenant.createFace = (request) => {
      const disabled = mobileFace('b', { status: 'DISABLED', mobile: false });
      asked.push(request.likeness(disabled), request.likeness({ ...disabled, applicantId: 'x' }));
      return create(request);
    };
    expect(states(await run())).toEqual(['applied create']);
    expect(asked).toEqual(['possible', 'none']);
  });
});
