import { wantedExpiry } from '../../../src/engine/match/decide.ts';
import type { NewFace } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import type { LiveState, LiveUser } from '../../../src/model/live.ts';
import type { Change, Plan } from '../../../src/model/plan.ts';
import type { Reading } from './random-worlds.ts';
import { day, fromNow, now } from './world.ts';

/** What the tenant would have after the plan: the vendor's rules in their smallest form, independent of apply. */
export function simulate(live: LiveState, plan: Plan, reading: Reading = bare): LiveState {
  let next = 0;
  const change = (user: LiveUser): LiveUser => {
    if (user.presence !== 'present') return user;
    const mine = plan.changes.filter((one) => one.user.uuid === user.user.uuid);
    const faces = mine.reduce<readonly Face[]>(
      (all, one) => after(all, one, (create) => born(create, `new-${next++}`, reading)),
      user.faces,
    );
    return { ...user, faces };
  };
  return {
    ...live,
    listed: new Map([...live.listed].map(([key, user]) => [key, change(user)])),
    discovered: live.discovered.map(change),
  };
}

const bare: Reading = { pending: {}, token: {} };

function after(faces: readonly Face[], change: Change, bear: (create: NewFace) => Face): readonly Face[] {
  switch (change.action) {
    case 'create':
      return [...faces, bear(change.create)];
    case 'replace':
      return [...faces.filter((face) => face.id !== change.face.id), bear(change.create)];
    case 'delete':
      return faces.filter((face) => face.id !== change.face.id);
    case 'disable':
    case 'update':
      return faces.map((face) => (face.id === change.face.id ? { ...face, ...change.to } : face));
    case 'no-op':
      return faces;
  }
}

/** A face that was just created, at `now`. */
export function born(create: NewFace, id: string, reading: Reading): Face {
  const base = { id, serialNumber: `9-${id}`, created: now, expiry: fromNow(180 * day) };
  switch (create.flow) {
    case 'mobile':
      return { ...base, ...reading.pending, status: 'NEW' };
    case 'web':
      return withExpiry({ ...base, status: 'ACTIVE', mobile: false, applicantId: create.applicantId }, create);
    case 'token':
      return withExpiry({ ...base, ...reading.token, status: 'ACTIVE', mobile: false }, create);
  }
}

function withExpiry(face: Face, create: NewFace): Face {
  return { ...face, expiry: wantedExpiry(create.expiry, face) ?? fromNow(180 * day) };
}
