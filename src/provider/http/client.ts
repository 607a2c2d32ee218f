import { setMaxListeners } from 'node:events';
import { errorCode } from '../../files/error-code.ts';
import { LateError } from '../../model/failure.ts';
import type { Secret } from '../../model/values/secret.ts';
import { readAnswer, type Answer } from './answer.ts';
import { Authentication, type IssuedToken } from './authentication.ts';
import type { Clock } from '../pace/clock.ts';
import { CallError, type Fault } from './errors.ts';
import { secretsIn } from './json-body.ts';
import { KnownSecrets } from './known-secrets.ts';
import { networkFault } from './network-fault.ts';
import type { OnWrite, TraceLine, WriteAnswer, WriteCall } from './observed-calls.ts';
import { operations, pathOf, permissionFor, type OperationName } from '../operations.ts';
import { Retry } from './retry.ts';
import { ShapeError } from '../shape.ts';
import { Throttle, type Slot } from '../pace/throttle.ts';
import type { Transport, WireRequest } from './wire.ts';

export interface ClientSettings {
  readonly host: string;
  readonly applicationId: string;
  readonly sharedSecret: Secret;
  readonly concurrency: number;
  readonly requestsPerSecond: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onTrace?: ((line: TraceLine) => void) | undefined;
  /** Of one call; six where it is missing. */
  readonly tries?: number | undefined;
  /** How long the tenant may keep the session waiting; ten minutes where it is missing. */
  readonly maxWaitMs?: number | undefined;
  readonly onWrite: OnWrite;
  readonly transport: Transport;
  /** Of one listing of users, at most. */
  readonly listingPages: number;
}

/** A call, and what reads its answer; `json` is undefined where the answer is empty. */
export interface Call<T> extends Omit<WireRequest, 'token'> {
  /** Of the change that a write belongs to. */
  readonly key?: string;
  readonly purpose?: WriteCall['purpose'];
  /** Asked each time before the call is sent again after a wait; `false` ends it with what it was answered. */
  readonly mayRepeat?: () => Promise<boolean>;
  /** Asked when the call's turn has come; `true` ends it with a LateError, and nothing is sent. */
  readonly isLate?: () => boolean;
  readonly decode: (json: unknown) => T;
}

/** Authenticated, throttled and repeated calls: all there is between an operation's name and its decoded answer. */
export class Client {
  /** All that this session has sent or been given; nothing that comes from outside may repeat them. */
  readonly secrets = new KnownSecrets();
  readonly #settings: ClientSettings;
  readonly #closing = new AbortController();
  readonly #throttle: Throttle;
  readonly #retry: Retry;
  /** Counts for itself: a sign-in that succeeds says nothing of the calls that follow. */
  readonly #retrySignIn: Retry;
  readonly #authentication: Authentication;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
    this.secrets.add(settings.sharedSecret);
    const { clock, random, host, tries, maxWaitMs } = settings;
    const closing = this.#closing.signal;
    // Each call that waits listens to it.
    setMaxListeners(0, closing);
    this.#throttle = new Throttle({ ...settings, closing });
    const retrying = { clock, random, throttle: this.#throttle, closing, tries, maxWaitMs };
    this.#retry = new Retry(retrying);
    this.#retrySignIn = new Retry(retrying);
    this.#authentication = new Authentication({
      host,
      now: () => clock.now(),
      authenticate: (decode) => this.#authenticate(decode),
    });
  }

  get clock(): Clock {
    return this.#settings.clock;
  }

  get concurrency(): number {
    return this.#settings.concurrency;
  }

  get listingPages(): number {
    return this.#settings.listingPages;
  }

  retried(): number {
    return this.#retry.retried + this.#retrySignIn.retried;
  }

  /** Why nothing is sent any more, where the tenant keeps the session waiting for too long. */
  stopped(): string | undefined {
    return this.#retry.stopped();
  }

  async close(): Promise<void> {
    // A reason of its own saves the DOMException, with its stack, that nobody reads.
    this.#closing.abort('closed');
    await this.#settings.transport.close();
  }

  /** Says how long a token lasts. @throws CallError of kind unusable: no way to the tenant, or refused credentials. */
  async signIn(): Promise<Pick<IssuedToken, 'lifetimeMs'>> {
    return await this.#authentication.token();
  }

  /** @throws CallError */
  call<T>(call: Call<T>): Promise<T> {
    // A second token makes for an attempt more than there are tries.
    let sent = 0;
    const { effect } = operations[call.operation];
    const attempt = async (): Promise<T> => {
      const issued = this.#authentication.current() ?? (await this.#authentication.token());
      try {
        return await this.#attempt(call, (sent += 1), issued);
      } catch (error) {
        if (!(error instanceof CallError) || error.refusal.status !== 401) throw error;
        return await this.#attempt(call, (sent += 1), await this.#authentication.replace(issued, error));
      }
    };
    return this.#retry.run(effect, attempt, call.mayRepeat);
  }

  #authenticate<T>(decode: (json: unknown) => T): Promise<T> {
    const { applicationId, sharedSecret } = this.#settings;
    const call = { operation: 'authenticate', body: { applicationId, sharedSecret }, decode } as const;
    return this.#retrySignIn.run('read', (attempt) => this.#attempt(call, attempt));
  }

  async #attempt<T>(call: Call<T>, attempt: number, issued?: IssuedToken): Promise<T> {
    try {
      const { effect } = operations[call.operation];
      // A create stands on a reading, which the wait makes older.
      const lane = effect === 'create' ? 'first' : 'usual';
      return await this.#throttle.run((slot) => {
        if (call.isLate?.() === true) throw new LateError();
        return this.#exchange(call, { attempt, slot, issued });
      }, lane);
    } catch (error) {
      if (error instanceof CallError || !this.#closing.signal.aborted) throw error;
      throw failed(call, networkFault({ code: 'UND_ERR_CLOSED' }, this.#settings.host));
    }
  }

  async #exchange<T>(call: Call<T>, turn: Attempt): Promise<T> {
    const { operation, id, body } = call;
    const { host, clock } = this.#settings;
    const sent = secretsIn(body);
    for (const secret of sent) this.secrets.add(secret);
    const answer = await this.#send(call, { operation, id, body, token: turn.issued?.token }, turn.attempt);
    const vendorText = sent.length > 0 ? 'hide' : 'show';
    const read = readAnswer(answer, { host, now: clock.now(), vendorText, secrets: this.secrets });
    if (turn.issued !== undefined && answer.status !== 401) this.#authentication.proved();
    if (answer.status === 429) turn.slot.throttled();
    else if (answer.status < 500) turn.slot.succeeded();
    if (read.read === 'fault') throw failed(call, read.fault);
    try {
      const decoded = call.decode(read.json);
      if (this.secrets.areEchoed(decoded, answer.text)) throw new ShapeError('', 'repeats a secret');
      return decoded;
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      throw failed(call, wrongShape(answer.status, host, error));
    }
  }

  async #send<T>(call: Call<T>, request: WireRequest, attempt: number): Promise<Answer> {
    const { transport, clock, onTrace, host } = this.#settings;
    const isRead = operations[call.operation].effect === 'read';
    const told = isRead ? undefined : await this.#tellOfWrite(call, attempt);
    const sentAt = clock.now();
    const tell = (outcome: WriteAnswer): void => {
      onTrace?.({ ...lineOf(call), ...outcome, ms: clock.now() - sentAt, attempt });
      told?.(outcome);
    };
    try {
      const answer = await transport.send(request);
      tell({ status: answer.status });
      return answer;
    } catch (error) {
      // Node's and undici's errors bear a code; one without is a fault of the program and goes on as it is.
      if (errorCode(error) === undefined) throw error;
      tell({});
      throw failed(call, networkFault(error, host));
    }
  }

  async #tellOfWrite<T>(call: Call<T>, attempt: number): Promise<(answer: WriteAnswer) => void> {
    const { key = '', purpose } = call;
    return this.#settings.onWrite({ key, ...lineOf(call), purpose, attempt });
  }
}

function lineOf<T>({ operation, id }: Call<T>): { readonly method: string; readonly path: string } {
  return { method: operations[operation].method, path: pathOf(operation, id) };
}

interface Attempt {
  readonly attempt: number;
  readonly slot: Slot;
  readonly issued: IssuedToken | undefined;
}

function failed<T>(call: Call<T>, fault: Fault): CallError {
  const { method, path } = operations[call.operation];
  return new CallError(`${method} ${path}`, namingPermission(call.operation, fault));
}

/** The vendor does not promise to say which permission a reader lacks. Writes are refused for other reasons as well. */
function namingPermission(operation: OperationName, fault: Fault): Fault {
  const { refusal, body } = fault;
  const permission = permissionFor(operation);
  const isRefused = refusal.status === 403 && body !== 'other' && operations[operation].effect === 'read';
  if (!isRefused || permission === undefined || refusal.message.includes(permission)) return fault;
  return { ...fault, refusal: { ...refusal, message: `${refusal.message} (the role needs ${permission})` } };
}

function wrongShape(status: number, host: string, { path, message: problem }: ShapeError): Fault {
  const message = `${host} gave an unexpected answer: ${problem}`;
  return { code: 'wrong-shape', processed: 'maybe', passes: 'never', body: 'json', path, refusal: { status, message } };
}
