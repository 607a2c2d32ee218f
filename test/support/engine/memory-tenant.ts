import type { FaceSettings } from '../../../src/model/live.ts';
import type { Face } from '../../../src/model/face.ts';
import { LateError, TenantError } from '../../../src/model/failure.ts';
import type {
  Created,
  CreateRequest,
  Deletion,
  DeleteRequest,
  TenantWriter,
  UpdateRequest,
} from '../../../src/model/tenant.ts';
import { day, fromNow, now } from './world.ts';

type Step = 'readFaces' | 'createFace' | 'updateFace' | 'deleteFace';

/** One user's faces behind the port that apply writes through; it says no, or nothing, where a test wants it to. */
export class MemoryTenant implements TenantWriter {
  faces: readonly Face[];
  readonly calls: string[] = [];
  /** Errors to throw, by step, first come first served. */
  readonly trouble: Partial<Record<Step, (Error | undefined)[]>> = {};
  /** What somebody else does right before a step, first come first served. */
  readonly others: Partial<Record<Step, ((() => void) | undefined)[]>> = {};
  /** What a create makes of the face, such as a status. */
  born: Partial<Face> = { status: 'ACTIVE' };
  /** Readings that still show the faces as they were before the last write. */
  lateReadings = 0;
  /** When a create's turn has come. Milliseconds. */
  now = (): number => 0;
  #before: readonly Face[];

  constructor(faces: readonly Face[]) {
    this.faces = faces;
    this.#before = faces;
  }

  readLive(): never {
    throw new Error('not asked for here');
  }

  readTouched(): never {
    throw new Error('not asked for here');
  }

  readEverybody(): never {
    throw new Error('not asked for here');
  }

  readProfile(): never {
    throw new Error('not asked for here');
  }

  readFaces(): Promise<readonly Face[]> {
    return this.#step('readFaces', '', () => (this.lateReadings-- > 0 ? this.#before : this.faces));
  }

  readFaceSettings(): Promise<ReadonlyMap<string, FaceSettings>> {
    throw new Error('apply reads no settings');
  }

  createFace({ create, token, reading }: CreateRequest): Promise<Created> {
    if (reading !== undefined && this.now() - reading.at > reading.goodForMs) return Promise.reject(new LateError());
    return this.#step('createFace', `${create.flow}${token === undefined ? '' : ` ${token.reveal()}`}`, () => {
      const face: Face = {
        id: `new-${this.faces.length}`,
        status: 'ACTIVE',
        created: now,
        expiry: fromNow(180 * day),
        ...this.born,
      };
      this.#write([...this.faces, face]);
      return { face, via: 'answer' };
    });
  }

  updateFace({ id, status, expiry }: UpdateRequest): Promise<void> {
    return this.#step('updateFace', `${id} ${status} ${expiry ?? '-'}`, () => {
      const change = (face: Face): Face => ({ ...face, status, ...(expiry === undefined ? {} : { expiry }) });
      this.#write(this.faces.map((face) => (face.id === id ? change(face) : face)));
    });
  }

  deleteFace({ id }: DeleteRequest): Promise<Deletion> {
    return this.#step('deleteFace', id, () => {
      const left = this.faces.filter((face) => face.id !== id);
      const deletion = left.length < this.faces.length ? 'deleted' : 'gone';
      this.#write(left);
      return deletion;
    });
  }

  #write(faces: readonly Face[]): void {
    this.#before = this.faces;
    this.faces = faces;
  }

  #step<T>(step: Step, what: string, act: () => T): Promise<T> {
    this.calls.push(`${step} ${what}`.trim());
    this.others[step]?.shift()?.();
    const trouble = this.trouble[step]?.shift();
    return trouble === undefined ? Promise.resolve(act()) : Promise.reject(trouble);
  }
}

export const refused = (): TenantError =>
  new TenantError('refused', { status: 409, errorCode: 'too_many', message: 'PUT face: 409' });
export const unanswered = (): TenantError => new TenantError('unanswered', { message: 'no answer' });
