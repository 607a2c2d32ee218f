import type { Check } from '../../model/shown/checkup.ts';
import type { DesiredState, UserRef } from '../../model/enrollment.ts';
import type { User } from '../../model/face.ts';
import type { Unknown } from '../../model/live.ts';
import { permissions, type Seen, type TenantProbe, type Tried } from '../../provider/index.ts';
import { count } from '../../model/values/count.ts';
import { age } from '../../report/index.ts';

/** In which light a tenant is looked at. */
export interface Surroundings {
  readonly url: string;
  /** Of HTTPS_PROXY. */
  readonly proxy: string | undefined;
  /** Where files are given. */
  readonly desired: DesiredState | undefined;
}

/** The steps in order, and whether a plan can do without them. */
const steps = [
  { name: 'connection', needed: 'for plan' },
  { name: 'clock', needed: 'for more' },
  { name: 'sign-in', needed: 'for plan' },
  { name: 'list users', needed: 'for plan' },
  { name: 'look up a user', needed: 'for plan' },
  { name: 'faces of a user', needed: 'for plan' },
  { name: 'face settings', needed: 'for more' },
  { name: 'groups', needed: 'for more' },
  { name: 'settings', needed: 'for more' },
  { name: 'limits', needed: 'for more' },
] as const;
type Step = (typeof steps)[number]['name'];

/** Nobody bears this login, nor this id; what is answered tells all the same whether the role may ask. */
const nobody: UserRef = { by: 'login', value: 'faceform-doctor-nobody', key: 'faceform-doctor-nobody' };
const nobodysId = '00000000-0000-4000-8000-000000000000';

/** Beyond this, tokens may be taken for expired or not yet valid. */
const clocksApartMs = 300_000;
/** What the tenant's cut to whole seconds and the way of the answer may bring about. */
const unevenMs = 2000;

function neededFor(name: Step): Check['needed'] {
  return steps.find((each) => each.name === name)?.needed ?? 'for plan';
}

function step(name: Step, state: Check['state'], found: string, advice?: string): Check {
  return { name, needed: neededFor(name), state, found, advice };
}

/** Fails at the connection, with nothing checked beyond. */
export function unreachable(found: string, advice: string): readonly Check[] {
  return [step('connection', 'failed', found, advice), ...uncheckedFrom('clock')];
}

/** All of the tenant's checks where there is nobody to call. */
export function uncheckedFrom(first: Step = 'connection'): readonly Check[] {
  const at = steps.findIndex(({ name }) => name === first);
  const left = steps.slice(at).map(({ name }) => step(name, 'not checked', ''));
  return [...left, ...notTried.map((check): Check => ({ ...check, state: 'not checked' }))];
}

/** Calls the tenant, up to where all further calls would fail as well. */
export async function checkTenant(probe: TenantProbe, around: Surroundings): Promise<readonly Check[]> {
  const signedIn = await probe.signIn();
  if (signedIn.tried === 'answered') {
    const head = [connected(around), clock(probe.seen()), accepted(signedIn.lifetimeMs)];
    return [...head, ...(await readings(probe, around)), limits(probe.seen()), ...notTried];
  }
  const { answerer, reason } = signedIn;
  const again = signedIn.again === 'helps' ? signedIn.again : undefined;
  if (answerer === 'tenant') {
    const signIn = { ...refused(reason), again };
    return [connected(around), clock(probe.seen()), signIn, ...uncheckedFrom('list users')];
  }
  const advice = around.proxy === undefined ? undefined : `The way there is by HTTPS_PROXY${proxyText(around)}.`;
  const found = { ...step('connection', 'failed', reason.message, advice), again };
  const date = probe.seen().aheadMs === undefined ? [] : [clock(probe.seen())];
  return [found, ...date, ...uncheckedFrom(date.length === 0 ? 'clock' : 'sign-in')];
}

function connected(around: Surroundings): Check {
  return step('connection', 'ok', `${new URL(around.url).host} answers`);
}

/** Only the host: a proxy's URL may hold a password. */
function proxyText({ proxy }: Surroundings): string {
  return proxy !== undefined && URL.canParse(proxy) ? `, ${new URL(proxy).host}` : '';
}

function clock({ aheadMs }: Seen): Check {
  if (aheadMs === undefined) return step('clock', 'unknown', 'the answer bears no date');
  const apart = age(Math.round(Math.abs(aheadMs) / 1000));
  if (Math.abs(aheadMs) <= unevenMs) return step('clock', 'ok', "in step with the tenant's");
  const found = `${apart} ${aheadMs > 0 ? 'behind' : 'ahead of'} the tenant's`;
  if (Math.abs(aheadMs) <= clocksApartMs) return step('clock', 'ok', found);
  return step('clock', 'warning', found, "Correct this machine's clock: tokens may be refused, and ages are wrong.");
}

function accepted(lifetimeMs: number): Check {
  const lifetime =
    lifetimeMs === Infinity ? 'how long a token lasts is not said' : `a token lasts ${age(lifetimeMs / 1000)}`;
  return step('sign-in', 'ok', `credentials accepted; ${lifetime}`);
}

/** By the tenant itself: its refusal is about the credentials, all else about its state. */
function refused({ code, message }: Unknown): Check {
  if (code === 'unauthorized')
    return step('sign-in', 'failed', message, 'Download the credentials from the portal once more.');
  return step('sign-in', 'unknown', message, 'Run again.');
}

async function readings(probe: TenantProbe, { desired }: Surroundings): Promise<readonly Check[]> {
  const listed = await probe.anyUser();
  const some = listed.tried === 'answered' ? listed.value : undefined;
  const found = await probe.lookUp(refOf(some) ?? firstOf(desired));
  const user = some ?? (found.tried === 'answered' ? found.value : undefined);
  const { uuid } = user ?? { uuid: nobodysId };
  const faces = await probe.faces(uuid);
  const lifetime = await probe.faceLifetime(uuid);
  const groups = tried('groups', permissions.groups, await probe.groups());
  const rules = desired === undefined ? [] : [desired, ...(desired.owners ?? [])];
  const owns = rules.some(({ scope }) => scope.users === 'group');
  return [
    tried('list users', permissions.users, listed),
    tried('look up a user', permissions.users, found),
    tried('faces of a user', permissions.faces, faces),
    faceSettings(lifetime),
    owns ? { ...groups, needed: 'for plan' } : lenient(groups, 'It is needed for scope.users: group alone.'),
    settings(await probe.maxFaces()),
  ];
}

function firstOf(desired: DesiredState | undefined): UserRef {
  return desired?.enrollments[0]?.user ?? nobody;
}

function refOf(user: User | undefined): UserRef | undefined {
  return user && { by: 'login', value: user.login, key: user.login.toLowerCase() };
}

function tried(name: Step, permission: string, result: Tried<unknown>): Check {
  if (result.tried === 'answered') return step(name, 'ok', permission);
  const { code, message } = result.reason;
  const isRefused = code === 'forbidden' || code === 'unauthorized';
  if (isRefused) return step(name, 'failed', message, `Give the role of the API application ${permission}.`);
  return { ...step(name, 'unknown', message, 'Run again.'), again: passing.has(code) ? 'helps' : undefined };
}

/** Reasons of the tenant or the network that pass by themselves. */
const passing: ReadonlySet<Unknown['code']> = new Set(['throttled', 'server-error', 'unreachable', 'timeout']);

/** What a plan can do without is no failure. */
function lenient(check: Check, consequence: string): Check {
  if (check.state !== 'failed') return check;
  return { ...check, state: 'warning', advice: consequence };
}

function settings(result: Tried<number | undefined>): Check {
  const check = lenient(tried('settings', permissions.settings, result), 'Without it, 5 faces a user are assumed.');
  if (result.tried === 'failed') return check;
  const most =
    result.value === undefined ? 'how many faces a user may have is not said' : `a user may have ${result.value} faces`;
  return { ...check, found: `${permissions.settings}; ${most}` };
}

function faceSettings(result: Tried<number | undefined>): Check {
  const check = tried('face settings', permissions.faces, result);
  if (result.tried === 'failed')
    return lenient(check, "Without it, a plan cannot show or restore the policy's expiry.");
  const days = result.value === undefined ? '' : `; a new face lasts ${count(result.value, 'day')}`;
  return { ...check, found: `${permissions.faces}${days}` };
}

function limits({ throttled, rateLimits }: Seen): Check {
  const told = [...rateLimits].map(([name, value]) => `${name}: ${value}`).join(', ');
  const headers = told === '' ? 'no header tells of a limit' : told;
  if (throttled === 0) return step('limits', 'ok', `no answer "too many requests"; ${headers}`);
  const found = `${throttled} of these calls answered "too many requests"; ${headers}`;
  return step('limits', 'warning', found, 'Lower --requests-per-second, or run when the tenant is less busy.');
}

/** They would write, or mail somebody. */
const notTried: readonly Check[] = [
  { name: 'create a face', found: permissions.create },
  { name: 'update a face', found: permissions.update },
  { name: 'delete a face', found: permissions.delete },
  { name: 'resend an e-mail', found: permissions.resend },
].map((check) => ({ ...check, state: 'not tried', needed: 'for more' }));
