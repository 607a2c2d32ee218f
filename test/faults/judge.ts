import type { Sandbox } from '../../src/sandbox/index.ts';
import { jsonTotalsOf } from '../support/commands/expectations.ts';
import type { Ran, TenantWorkspace } from '../support/commands/workspace.ts';
import { hasReport, outcomesOf } from './report.ts';
import { mailedTo, stateOf } from './world.ts';

type State = ReturnType<typeof stateOf>;

/** What a run without faults finds and leaves behind. */
export interface Reference {
  readonly before: State;
  readonly after: State;
  /** Logins, each as often as an e-mail goes there. */
  readonly mails: readonly string[];
  readonly calls: number;
}

export const apply = ['apply', 'faces.yaml', '--auto-approve', '--format', 'json', '--quiet', '--concurrency', '1'];

/** Applies without faults. @throws Error where that fails. */
export async function referenceIn({ run, sandbox }: TenantWorkspace): Promise<Reference> {
  const before = stateOf(sandbox);
  const ran = await run(apply);
  if (ran.code !== 0) throw new Error(`a run without faults fails: ${ran.stdout}${ran.stderr}`);
  return { before, after: stateOf(sandbox), mails: mailedTo(sandbox), calls: sandbox.tenant.requests.length };
}

/**
 * What is wrong after an apply under faults, in a world with one change a user.
 *
 * @param seeded ids of the faces that were there before.
 */
export function wrongAfter(
  ran: Ran,
  sandbox: Sandbox,
  reference: Reference,
  seeded: ReadonlySet<string>,
): readonly string[] {
  const state = stateOf(sandbox);
  const outcomes = outcomesOf(ran);
  const isDone = (key: string): boolean => isSame(state, reference.after, loginOf(key));
  return [
    ...outcomes
      .filter(({ outcome, key }) => (outcome === 'applied' ? !isDone(key) : outcome !== 'unknown' && isDone(key)))
      .map(({ outcome, key, message }) => `${key} is called ${outcome} (${message})`),
    ...surplus(reference.mails, mailedTo(sandbox)).map((login) => `${login} got an e-mail too many`),
    ...Object.keys(state)
      .filter((login) => newFaces(sandbox, login, seeded) > 1)
      .map((login) => `${login} got a face too many`),
    ...(hasReport(ran) ? wrongReport(ran) : wrongUnreported(ran, state, reference)),
    ...(ran.stderr.includes('has a bug') ? [ran.stderr] : []),
  ];
}

/** What is wrong once the same file was applied again without faults, and planned after that. */
export async function wrongAfterHealing(
  { run, sandbox }: TenantWorkspace,
  reference: Reference,
): Promise<readonly string[]> {
  const ran = await run(apply);
  const mails = mailedTo(sandbox);
  const state = stateOf(sandbox);
  const plan = await run(['plan', 'faces.yaml', '--detailed-exitcode', '--quiet']);
  return [
    ...(ran.code === 0 ? [] : [`the next run exits with ${ran.code}: ${ran.stdout}${ran.stderr}`]),
    ...Object.keys(state)
      .filter((login) => !isSame(state, reference.after, login))
      .map((login) => `the next run leaves ${login} with ${JSON.stringify(state[login])}`),
    ...(isSame({ mails }, { mails: reference.mails }, 'mails') ? [] : [`in the end e-mails went to ${mails.join()}`]),
    ...(plan.code === 0 ? [] : [`the next plan is not empty: ${plan.stdout}`]),
  ];
}

export function faceIds({ tenant }: Sandbox): ReadonlySet<string> {
  return new Set(tenant.users().flatMap(({ login }) => tenant.faces(login).map(({ id }) => id)));
}

export function loginOf(key: string): string {
  return key.split('/')[0] ?? '';
}

export function isSame(a: State, b: State, login: string): boolean {
  return JSON.stringify(a[login]) === JSON.stringify(b[login]);
}

/** What of `found` goes beyond `expected`; both may hold the same text several times. */
export function surplus(expected: readonly string[], found: readonly string[]): readonly string[] {
  const left = [...expected];
  return found.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

export function newFaces({ tenant }: Sandbox, login: string, seeded: ReadonlySet<string>): number {
  return tenant.faces(login).filter(({ id }) => !seeded.has(id)).length;
}

/** A run without a report has written nothing. */
function wrongUnreported({ code, stderr }: Ran, state: State, { before }: Reference): readonly string[] {
  const changed = Object.keys(state).filter((login) => !isSame(state, before, login));
  const isRight = (code === 1 || code === 6) && stderr !== '' && changed.length === 0;
  return isRight ? [] : [`it exits with ${code}, and without a report it changed ${changed.join()}`];
}

export function wrongReport(ran: Ran): readonly string[] {
  // They are checked to add up as they are read.
  const { planned, failed, stale, skipped, unknown } = jsonTotalsOf(ran);
  const code = failed + skipped + unknown > 0 ? 3 : stale > 0 ? 4 : 0;
  return [
    ...(planned === outcomesOf(ran).length ? [] : ['there is not one outcome for each change']),
    ...(ran.code === code || ran.code === 6 ? [] : [`it exits with ${ran.code}, not with ${code}`]),
  ];
}
