import type { Face } from '../../model/face.ts';
import { LateError, TenantError, type Failure } from '../../model/failure.ts';
import { mostLateCreates, type CreateRequest } from '../../model/tenant.ts';
import { compareText } from '../../model/values/order.ts';
import type { Client } from '../http/client.ts';
import { readFaces } from './faces.ts';

/** Waits before the user's faces are read again: a write whose answer was lost may show late. */
const lookAgainAfterMs = [500, 1000, 2000] as const;

/** Reads a user's faces for the one that a create may have made, or that somebody else made in its place. */
export class FaceSearch {
  readonly #client: Client;
  readonly #request: CreateRequest;
  #readAt: number;
  #found: Face | undefined;
  #goodForMs: number;
  #late = 0;

  constructor(client: Client, request: CreateRequest) {
    this.#client = client;
    this.#request = request;
    this.#readAt = request.reading?.at ?? 0;
    this.#goodForMs = request.reading?.goodForMs ?? Infinity;
  }

  /** A face that `showsNothingNew` has come upon, and that counts as the new one. */
  get found(): Face | undefined {
    return this.#found;
  }

  /** Whether the last reading is too old to create on. */
  isOutdated(): boolean {
    return this.#client.clock.now() - this.#readAt > this.#goodForMs;
  }

  /** Told of a create after a lost answer that was too late: after some of them no reading can be younger. */
  wasLate(): void {
    this.#late += 1;
    if (this.#late === mostLateCreates) this.#goodForMs = Infinity;
  }

  /**
   * Whether the create may be sent again. A reading that fails shows nothing, and does not say that there is nothing.
   *
   * @throws LateError where a face has come that may be such a one: whoever asked for the create has to look.
   */
  async showsNothingNew(): Promise<boolean> {
    const reading = await orNothing(this.#read());
    if (reading === undefined) return false;
    this.#found = reading.find((face) => this.#request.likeness(face) === 'sure');
    if (this.#found !== undefined) return false;
    if (reading.some((face) => this.#request.likeness(face) === 'possible')) throw new LateError();
    return true;
  }

  /** @throws TenantError of kind unanswered where the reading fails, since then nobody knows. */
  async lookFor(lost: Failure): Promise<Face | undefined> {
    // A refusal after a lost answer may come from the face that the lost call made; that one shows by now.
    const waits = lost.kind === 'unanswered' ? lookAgainAfterMs : lookAgainAfterMs.slice(0, 1);
    const { likeness } = this.#request;
    for (const wait of waits) {
      await this.#client.clock.sleep(wait);
      const like = (await this.#readAgain(lost)).filter((face) => likeness(face) !== 'none');
      const face = newest(like.filter((each) => likeness(each) === 'sure'));
      if (face !== undefined) return face;
      if (like.length > 0) throw unclear(lost);
    }
    return undefined;
  }

  async #readAgain(lost: Failure): Promise<readonly Face[]> {
    try {
      return await this.#read();
    } catch (error) {
      if (!(error instanceof TenantError)) throw error;
      const message = `${lost.refusal.message}; the user's faces could not be read again: ${error.refusal.message}`;
      throw new TenantError('unanswered', { ...lost.refusal, message });
    }
  }

  async #read(): Promise<readonly Face[]> {
    const faces = await readFaces(this.#client, this.#request.uuid);
    this.#readAt = this.#client.clock.now();
    return faces;
  }
}

/** Undefined where the tenant cannot be read. */
export async function orNothing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof TenantError) return undefined;
    throw error;
  }
}

/** Neither can such a face be taken for the new one, nor may another be asked for. */
function unclear({ refusal }: Failure): TenantError {
  const message = `${refusal.message}; a new face has come that may be the one that was asked for`;
  return new TenantError('unanswered', { ...refusal, message });
}

function newest(faces: readonly Face[]): Face | undefined {
  return faces.toSorted((a, b) => (b.created ?? 0) - (a.created ?? 0) || compareText(a.id, b.id))[0];
}
