import type { Outcome, OutcomeState, Task } from '../../model/outcome.ts';

/** The commands that end with outcomes. */
export type Verb = 'apply' | 'resend';

interface Advice {
  /** Nothing where it is as planned. */
  readonly byState: Readonly<Record<OutcomeState, string>>;
  /** For failures, where the tenant's status says more than the outcome alone. */
  readonly byStatus: ReadonlyMap<number, string>;
}

/** A rerun of apply does only what is left. One of resend mails everybody again, so its advice is to name users. */
const advice: Readonly<Record<Verb, Advice>> = {
  apply: {
    byState: {
      applied: '',
      already: '',
      failed: 'Correct the cause and apply again; what is done already is not repeated.',
      stale: 'Plan again.',
      skipped: 'Apply again.',
      unknown: 'It may have taken effect. Plan again to see; nothing is created twice.',
    },
    byStatus: new Map([
      [401, 'Check the credentials, then apply again.'],
      [403, 'If the role lacks the permission, give it PERMISSION; then apply again.'],
      [404, 'The user or the face is gone. Plan again.'],
      [409, 'Remove what the tenant names as the conflict, then plan again.'],
      [429, 'The tenant is busy. Lower --requests-per-second and apply again.'],
    ]),
  },
  resend: {
    byState: {
      applied: '',
      already: '',
      failed: 'Nothing was sent. Correct the cause and resend to this user with --user.',
      stale: 'Nothing was sent; no action needed.',
      skipped: 'Nothing was sent. Resend to this user with --user.',
      unknown: 'The e-mail may have been sent, so it is not sent again. Ask the user before you do.',
    },
    byStatus: new Map([
      [401, 'Nothing was sent. Check the credentials, then resend to this user with --user.'],
      [
        403,
        'Nothing was sent. If the role lacks the permission, give it PERMISSION; then resend to this user with --user.',
      ],
      [404, 'Nothing was sent: the face is gone. Plan to see what the user has.'],
      [429, 'Nothing was sent: the tenant is busy. Resend to this user with --user and lower --requests-per-second.'],
    ]),
  },
};

/** What the role needs to carry a change out. */
const permissions: Readonly<Record<Task['action'], string>> = {
  create: 'FACE:ADD',
  update: 'FACE:EDIT',
  disable: 'FACE:EDIT',
  replace: 'FACE:ADD and FACE:REMOVE',
  delete: 'FACE:REMOVE',
  resend: 'FACE:ADD',
};

/** Only a person can tell which of two faces the user has. */
const onDuplicate =
  "Plan again to see both faces. Then keep one: delete the other in the IDaaS portal, or pin the one to keep with 'serialNumber' and set 'unmatched: delete'.";

/** What to do about an outcome. */
export function adviceOn(outcome: Outcome, verb: Verb): string {
  if ('refusal' in outcome && outcome.refusal.problem === 'DUPLICATE_FACE') return onDuplicate;
  const { byState, byStatus } = advice[verb];
  const status = outcome.state === 'failed' ? outcome.refusal.status : undefined;
  const words = (status === undefined ? undefined : byStatus.get(status)) ?? byState[outcome.state];
  return words.replace('PERMISSION', permissions[outcome.change.action]);
}
