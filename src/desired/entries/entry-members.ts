import { flows, type Flow } from '../../model/enrollment.ts';
import { keysOf } from '../../model/values/keys-of.ts';
import type { Entry } from '../generated/enrollments-file.generated.ts';

/** `every`: also one with `state: absent`. `present`: one of any flow. Else: a present one of that flow. */
type Holder = 'every' | 'present' | Flow;

/** Which entries may have a property. One that the schema has and that is forgotten here does not compile. */
const holders: { readonly [M in keyof Entry]-?: Holder } = {
  user: 'every',
  uuid: 'every',
  externalId: 'every',
  flow: 'every',
  state: 'every',
  in: 'every',
  enabled: 'present',
  applicantId: 'web',
  workflowRunId: 'web',
  customerUserId: 'token',
  token: 'token',
  lifetime: 'present',
  expiry: 'present',
  replaceOn: 'present',
  activation: 'mobile',
  label: 'present',
  serialNumber: 'every',
  missingUsers: 'every',
  annotations: 'every',
};

const members = keysOf(holders);

/** What an entry with `state: absent` cannot have. */
export const onlyPresent: readonly (keyof Entry)[] = members.filter((member) => holders[member] !== 'every');

/** A property that belongs to another flow. */
export interface ForeignMember {
  readonly member: keyof Entry;
  readonly other: Flow;
}

/** What an entry of the flow cannot have. */
export const foreignMembers: Readonly<Record<Flow, readonly ForeignMember[]>> = {
  mobile: foreignTo('mobile'),
  web: foreignTo('web'),
  token: foreignTo('token'),
};

function foreignTo(flow: Flow): readonly ForeignMember[] {
  return flows
    .filter((other) => other !== flow)
    .flatMap((other) => members.filter((member) => holders[member] === other).map((member) => ({ member, other })));
}
