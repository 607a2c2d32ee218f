import { badRequest, objectBody, optionalList, type Body } from './body.ts';
import type { Call } from './call.ts';
import { statusAt } from './face-status.ts';
import { ordered, pageOf } from './page.ts';
import { requestedPosition, textTest, unfit, type Condition } from './search.ts';
import type { StoredUser } from '../state/stored.ts';
import { isVisible, type Tenant } from '../state/tenant.ts';
import { extraUserMembers, userOnWire, type ExtraUserMember } from './wire.ts';

type UserTest = (user: StoredUser) => boolean;

/** Authenticators that may be searched for; nobody in the sandbox has another than FACE. */
const authenticators: ReadonlySet<string> = new Set([
  'ENTRUST_SOFT_TOKEN',
  'FIDO',
  'GOOGLE_AUTHENTICATOR',
  'GRID',
  'HARDWARE_TOKEN',
  'KBA',
  'OTP',
  'PASSWORD',
  'SMARTCREDENTIALPUSH',
  'TEMP_ACCESS_CODE',
  'FACE',
  'MAGICLINK',
]);

/** How each searchable attribute is tested; the vendor's others are not kept by the sandbox. */
const userTests: ReadonlyMap<string, (condition: Condition, tenant: Tenant) => UserTest> = new Map([
  ['userId', loginTest],
  ['groupId', groupTest],
  ['authenticator', authenticatorTest],
  ['state', stateTest],
]);

const orderTexts: ReadonlyMap<string, (user: StoredUser) => string> = new Map([
  ['userId', (user: StoredUser) => user.login.toLowerCase()],
  ['state', (user: StoredUser) => user.state],
  ['lastAuthTime', () => ''],
]);

/** `usersPagedUsingPOST` */
export function listUsers({ tenant, body: sent }: Call): unknown {
  const body = objectBody(sent);
  const position = requestedPosition(body);
  const { conditions, orderBy } = position.search;
  const tests = conditions.map((condition) => {
    const makeTest = userTests.get(condition.name);
    if (!makeTest) throw badRequest(`Users cannot be searched by ${condition.name}.`);
    return makeTest(condition, tenant);
  });
  const orderText = orderTexts.get(orderBy?.name ?? 'userId');
  if (!orderText) throw badRequest(`Users cannot be ordered by ${orderBy?.name ?? ''}.`);
  const found = tenant.store.users().filter((user) => isVisible(tenant, user) && tests.every((test) => test(user)));
  const extra = requestedMembers(body);
  return pageOf(ordered(found, orderBy, orderText), position, { body, tenant }, (user) =>
    userOnWire(user, extra, tenant),
  );
}

function requestedMembers(body: Body): ReadonlySet<ExtraUserMember> {
  const names = optionalList(body, 'attributes').map((name) => {
    const member = extraUserMembers.find((known) => known === name);
    if (!member) throw badRequest(`${JSON.stringify(name)} is not an attribute of users.`);
    return member;
  });
  return new Set(names);
}

function loginTest(condition: Condition): UserTest {
  const test = textTest(condition);
  return (user) => test([user.login, ...user.aliases]);
}

function groupTest({ name, operator, value }: Condition, { store }: Tenant): UserTest {
  if (operator !== 'EQUALS') throw unfit(name, operator);
  const group = store.groups().find(({ id }) => id === value);
  if (!group) throw badRequest('groupId is not the UUID of a group.');
  return (user) => user.groups.includes(group.name);
}

function authenticatorTest({ name, operator, value }: Condition, tenant: Tenant): UserTest {
  if (operator !== 'EQUALS' && operator !== 'NOT_EQUALS') throw unfit(name, operator);
  if (!authenticators.has(value)) throw badRequest(`${value} is not an authenticator.`);
  const { store, readings } = tenant;
  const now = tenant.now();
  const hasFace: UserTest = (user) =>
    store
      .faces(user.id)
      .some((face) => readings.faceFilter === 'every-status' || statusAt(face, now, readings) === 'ACTIVE');
  return (user) => (value === 'FACE' && hasFace(user)) === (operator === 'EQUALS');
}

function stateTest({ name, operator, value }: Condition): UserTest {
  if (operator !== 'EQUALS') throw unfit(name, operator);
  return (user) => user.state === value;
}
