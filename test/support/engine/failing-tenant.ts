import type { Face } from '../../../src/model/face.ts';
import { TenantError } from '../../../src/model/failure.ts';
import type { Created, CreateRequest, Deletion, DeleteRequest, UpdateRequest } from '../../../src/model/tenant.ts';
import { MemoryTenant } from './memory-tenant.ts';
import type { Reading } from './random-worlds.ts';
import { born } from './simulate.ts';

/** How one write fails: it is refused, it is carried out and its answer is lost, or the run is killed before it. */
export interface Failure {
  /** Which of a run's writes, from 0. */
  readonly at: number;
  readonly kind: 'refused' | 'lost' | 'killed';
}

/** The faces of one user, as `reading` shows them, where one write fails. */
export class FailingTenant extends MemoryTenant {
  /** Keys of the enrollments for which a face was made. */
  readonly created: string[] = [];
  readonly #reading: Reading;
  #failure: Failure | undefined;
  #writes = 0;

  constructor(faces: readonly Face[], reading: Reading, failure: Failure) {
    super(faces);
    this.#reading = reading;
    this.#failure = failure;
  }

  /** From now on every write is carried out. */
  mend(): void {
    this.#failure = undefined;
  }

  override createFace({ key, create }: CreateRequest): Promise<Created> {
    // What came of a create the provider finds out itself, so that here none is lost.
    const kind = this.#fails();
    if (kind !== undefined) return Promise.reject(no(kind === 'killed' ? kind : 'refused'));
    const face = born(create, `new-${this.created.length}`, this.#reading);
    this.created.push(key);
    this.faces = [...this.faces, face];
    return Promise.resolve({ face, via: 'answer' });
  }

  override updateFace({ id, status, expiry }: UpdateRequest): Promise<void> {
    const change = (face: Face): Face => ({ ...face, status, ...(expiry === undefined ? {} : { expiry }) });
    return this.#write(this.faces.map((face) => (face.id === id ? change(face) : face)));
  }

  override async deleteFace({ id }: DeleteRequest): Promise<Deletion> {
    const left = this.faces.filter((face) => face.id !== id);
    const deletion = left.length < this.faces.length ? 'deleted' : 'gone';
    await this.#write(left);
    return deletion;
  }

  #write(faces: readonly Face[]): Promise<void> {
    const kind = this.#fails();
    if (kind === undefined || kind === 'lost') this.faces = faces;
    return kind === undefined ? Promise.resolve() : Promise.reject(no(kind));
  }

  #fails(): Failure['kind'] | undefined {
    return this.#writes++ === this.#failure?.at ? this.#failure.kind : undefined;
  }
}

/** Thrown in the place of the write before which a run is killed. */
export class Killed extends Error {}

function no(kind: Failure['kind']): Error {
  if (kind === 'killed') return new Killed();
  return new TenantError(kind === 'lost' ? 'unanswered' : 'refused', { message: kind });
}
