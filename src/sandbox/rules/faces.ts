import type { Call } from './call.ts';
import { faceCreate, faceUpdate } from './face-requests.ts';
import { statusAt, updatedFace } from './face-status.ts';
import { uuidFor } from '../state/identifiers.ts';
import { createdFace } from './new-face.ts';
import { Refusal } from './refusal.ts';
import type { StoredFace, StoredUser } from '../state/stored.ts';
import { isVisible, type Tenant } from '../state/tenant.ts';
import { createdFaceOnWire, faceOnWire, type Wire } from './wire.ts';

/** A chequered PNG of 8 by 8 pixels: an image to write to a file, but no code that a phone could read. */
const qrCodePng = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQAAAADsdIMmAAAADklEQVR4nGNYxRDKgIQBIUQD/Ssjb98AAAAASUVORK5CYII=';

/** `getFacesUsingGET` */
export function listFaces({ tenant, id }: Call): unknown {
  return tenant.store.faces(userWith(id, tenant).id).map((face) => faceOnWire(face, tenant));
}

/** `getUserFaceSettingsUsingGET` */
export function getFaceSettings({ tenant, id }: Call): unknown {
  return { lifetime: userWith(id, tenant).faceLifetimeDays };
}

/** `createFaceAuthenticatorUsingPOST` */
export function createFace(call: Call): unknown {
  const { face, activation } = create(call);
  return createdFaceOnWire(face, activation, call.tenant);
}

/** `createFaceUsingPOST`, deprecated by the vendor: the same without the activation in the answer. */
export function createFaceV1(call: Call): unknown {
  return faceOnWire(create(call).face, call.tenant);
}

/** `updateFaceUsingPUT`: the path names the user, the body the face. */
export function updateFace({ tenant, id, body }: Call): unknown {
  const user = userWith(id, tenant);
  const update = faceUpdate(body);
  const face = tenant.store.faces(user.id).find((known) => known.id === update.id);
  if (!face) throw faceNotFound();
  tenant.store.replaceFace(updatedFace(face, update, { now: tenant.now(), readings: tenant.readings }));
  return undefined;
}

/** `deleteFaceUsingDELETE` */
export function deleteFace({ tenant, id }: Call): unknown {
  tenant.store.removeFace(faceWith(id, tenant).face.id);
  return undefined;
}

/** `sendFaceActivationEmailUsingPUT`. Whether the vendor sends for other faces than waiting mobile ones is not said. */
export function sendActivation({ tenant, id }: Call): unknown {
  const { face, owner } = faceWith(id, tenant);
  const status = statusAt(face, tenant.now(), tenant.readings);
  if (face.flow !== 'mobile' || (status !== 'NEW' && status !== 'ACTIVATING')) {
    throw new Refusal(400, 'face_not_waiting', 'The face is not waiting for an activation on a mobile device.');
  }
  tenant.store.addEmail({ to: emailOf(owner), login: owner.login, faceId: face.id });
  return undefined;
}

function create({ tenant, id, body }: Call): { readonly face: StoredFace; readonly activation: Wire } {
  const { store, readings } = tenant;
  const user = userWith(id, tenant);
  const request = faceCreate(body);
  if (store.faces(user.id).length >= tenant.maxFacesPerUser) {
    throw new Refusal(readings.maximumReached, 'max_faces_reached', 'The user has as many Face Biometrics as allowed.');
  }
  const to = request.flow === 'mobile' && request.email === 'send' ? emailOf(user) : undefined;
  const face = createdFace(
    store.newFaceIdentity(),
    { ...request, now: tenant.now(), lifetimeDays: user.faceLifetimeDays },
    readings,
  );
  store.addFace(user.id, face);
  if (to !== undefined) store.addEmail({ to, login: user.login, faceId: face.id });
  if (request.flow !== 'mobile') return { face, activation: {} };
  const activation = {
    activationUrl: `https://activation.example.com/face/${uuidFor(`activation ${face.id}`)}`,
    activationQRCode: request.qrCode === 'return' ? qrCodePng : undefined,
  };
  return { face, activation };
}

function emailOf(user: StoredUser): string {
  if (user.email !== undefined) return user.email;
  throw new Refusal(400, 'user_email_missing', 'The user has no e-mail address to send the activation to.');
}

function userWith(id: string, tenant: Tenant): StoredUser {
  const user = tenant.store.user(id);
  if (user && isVisible(tenant, user)) return user;
  throw new Refusal(404, 'user_not_found', 'There is no such user.');
}

function faceWith(id: string, tenant: Tenant): { readonly face: StoredFace; readonly owner: StoredUser } {
  const face = tenant.store.face(id);
  const owner = tenant.store.ownerOf(id);
  if (face && owner && isVisible(tenant, owner)) return { face, owner };
  throw faceNotFound();
}

function faceNotFound(): Refusal {
  return new Refusal(404, 'face_not_found', 'There is no such Face Biometric.');
}
