import { allPermissions } from '../../src/sandbox/http/routes.ts';
import { FaultScript } from '../../src/sandbox/http/fault.ts';
import { RateGate } from '../../src/sandbox/http/rate-gate.ts';
import { RequestLog } from '../../src/sandbox/http/request-log.ts';
import { Service, type Incoming } from '../../src/sandbox/http/service.ts';
import { answerIn } from '../../src/sandbox/http/delivery.ts';
import { Store } from '../../src/sandbox/state/store.ts';
import type { StoredFace } from '../../src/sandbox/state/stored.ts';
import type { Tenant } from '../../src/sandbox/state/tenant.ts';
import { Tokens } from '../../src/sandbox/state/tokens.ts';
import type { FetchAnswer, FetchRequest } from '../../src/provider/index.ts';
import { memberOf } from '../support/commands/expectations.ts';
import type { Chance } from './chance.ts';
import type { Storm } from './storm.ts';
import { LaggingStore } from './lagging-store.ts';
import type { Process, Timeline } from './timeline.ts';

export const origin = 'http://127.0.0.1:1';
export const credentials = { applicationId: 'app', sharedSecret: 's3cr3t' };

/** A write that was carried out. */
export interface Effect {
  readonly atMs: number;
  /** Whose it was: that of a run, or of the administrator, the user or the vendor. */
  readonly by: string;
  readonly does: 'create' | 'update' | 'delete';
  readonly login: string;
  /** The face as it was before; a created one as it came to be. */
  readonly face: StoredFace;
  /** Missing where the face is gone. */
  readonly statusAfter: string | undefined;
  /** In use, before the effect. */
  readonly others: readonly StoredFace[];
}

const longestTripMs = 120;
const longestHoldMs = 400;

/** The embedded tenant's rules without a socket: requests and answers travel, get lost and lag as the storm has it. */
export class SimTenant {
  readonly store = new Store(0);
  readonly effects: Effect[] = [];
  readonly trace: string[] = [];
  /** Lists of faces that runs have read, and how late they were. */
  readonly readings: { readonly by: string; readonly login: string; readonly atMs: number; readonly seenMs: number }[] =
    [];
  /** Run and user of each outcome that is neither applied nor already done, also of runs that are killed later. */
  readonly complaints = new Set<string>();
  /** Opened by anybody; a killed process cannot close its own. */
  readonly sessions: { close(): Promise<void> }[] = [];
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #storm: Storm;
  readonly #service: Service;
  readonly #lagging: Service;
  readonly #history = new Map<string, { readonly atMs: number; readonly faces: readonly StoredFace[] }[]>();
  #weather: 'storm' | 'calm' = 'storm';
  /** Whose call is being answered. */
  #reader = '';

  constructor(storm: Storm, timeline: Timeline, chance: Chance) {
    this.#storm = storm;
    this.#timeline = timeline;
    this.#chance = chance;
    const tenant: Tenant = {
      store: this.store,
      readings: storm.readings,
      credentials,
      tokens: new Tokens(),
      tokenLifetimeMs: storm.tokenSeconds * 1000,
      maxFacesPerUser: storm.maxFaces,
      pageSizeMax: 100,
      lacks: new Set(),
      permissions: new Set(allPermissions),
      visibleGroups: undefined,
      now: () => timeline.now(),
    };
    this.#service = serviceOf(tenant);
    this.#lagging = serviceOf({ ...tenant, store: new LaggingStore(this.store, (login) => this.#pastFaces(login)) });
  }

  /** From now on every call is carried out and answered, and lists show what is there. */
  calm(): void {
    this.#weather = 'calm';
  }

  note(text: string): void {
    this.trace.push(`${((this.#timeline.now() - start) / 1000).toFixed(3)}  ${text}`);
  }

  /** What a process sends its requests by. */
  fetchFor(process: Process): (url: string, request: FetchRequest) => Promise<FetchAnswer> {
    return (url, request) =>
      new Promise((resolve, reject) => {
        const told =
          <T>(tell: (value: T) => void) =>
          (value: T) => {
            this.#timeline.after(this.#trip(), () => {
              if (process.isAlive) tell(value);
            });
          };
        const fault = this.#fault();
        const arrive = (): void => {
          if (fault === 'refuse') {
            told(resolve)(this.#busy());
            return;
          }
          if (fault === 'lose request') {
            told(reject)(lost());
            return;
          }
          const act = (): FetchAnswer => this.#act(process.name, url, request);
          // A reading whose answer is lost tells nobody anything.
          const actUnheard = (): void => {
            if (request.method !== 'GET') act();
          };
          if (fault === 'act later') {
            told(reject)(lost());
            this.#timeline.after(this.#chance.below(longestHoldMs), actUnheard);
          } else if (fault === 'lose answer') {
            actUnheard();
            told(reject)(lost());
          } else told(resolve)(act());
        };
        this.#timeline.after(this.#trip(), arrive);
      });
  }

  /** Something that comes from nobody's run. */
  byHand(effect: Pick<Effect, 'by' | 'login' | 'does' | 'face'>, act: () => void): void {
    const others = this.inUse(effect.login);
    act();
    this.#happened({ ...effect, others });
  }

  faces(login: string): readonly StoredFace[] {
    const user = this.store.userNamed(login);
    return user === undefined ? [] : this.store.faces(user.id);
  }

  inUse(login: string): readonly StoredFace[] {
    return this.faces(login).filter(({ status }) => usable.has(status));
  }

  #trip(): number {
    return this.#weather === 'calm' ? 1 : 1 + this.#chance.below(longestTripMs);
  }

  #fault(): 'none' | 'refuse' | 'lose request' | 'lose answer' | 'act later' {
    if (this.#weather === 'calm' || !this.#chance.happens(this.#storm.faultRate)) return 'none';
    return this.#chance.pick(['refuse', 'lose request', 'lose answer', 'act later']);
  }

  #busy(): FetchAnswer {
    const retryAfter = this.#chance.pick([null, '1', '3']);
    return answer(this.#chance.pick([429, 503, 500]), '', retryAfter);
  }

  #act(by: string, url: string, request: FetchRequest): FetchAnswer {
    const { method } = request;
    const path = url.slice(origin.length);
    const isList = method === 'GET' && path.endsWith('/faces');
    const before = writesIn(method, path) ? this.#subject(path, request) : undefined;
    const service = isList && this.#weather === 'storm' ? this.#lagging : this.#service;
    const incoming: Incoming = {
      method,
      path,
      authorization: request.headers['authorization'],
      body: request.body === null ? { form: 'none' } : { form: 'json', value: JSON.parse(request.body) },
    };
    this.#reader = by;
    const given = answerIn(service.respond(incoming));
    if (given === undefined) throw new Error('the tenant gives no answer');
    if (before !== undefined && given.status === 200) this.#noteWrite(by, method, given.body, before);
    return answer(given.status, given.body, null);
  }

  #subject(path: string, { body }: FetchRequest): Before {
    const [, userId, faceId] = /^\/api\/web\/v\d\/(?:users\/([^/]+)\/face|face\/([^/]+))$/.exec(path) ?? [];
    const id = faceId ?? idIn(body ?? '{}');
    const owner = userId === undefined ? this.store.ownerOf(id) : this.store.user(userId);
    const login = owner?.login ?? 'nobody';
    return { login, face: this.store.face(id), others: this.inUse(login) };
  }

  #noteWrite(by: string, method: string, body: string, { login, face, others }: Before): void {
    const does = ({ POST: 'create', PUT: 'update', DELETE: 'delete' } as const)[method];
    const made = does === 'create' ? this.store.face(idIn(body)) : face;
    if (does !== undefined && made !== undefined) this.#happened({ by, does, login, face: made, others });
  }

  #happened(effect: Omit<Effect, 'atMs' | 'statusAfter'>): void {
    const { by, does, login, face } = effect;
    const now = this.store.face(face.id);
    this.effects.push({ ...effect, atMs: this.#timeline.now(), statusAfter: now?.status });
    this.note(
      `${by}: ${does} ${face.flow} ${face.id.slice(0, 8)} of ${login}${now === undefined ? '' : ` (${now.status})`}`,
    );
    this.remember(login);
  }

  /** Keeps what lists show to those who lag. */
  remember(login: string): void {
    const known = this.#history.get(login) ?? [];
    this.#history.set(login, [...known, { atMs: this.#timeline.now(), faces: this.faces(login) }]);
  }

  /** The faces as a list may show them: as they were a while ago. */
  #pastFaces(login: string): readonly StoredFace[] | undefined {
    const atMs = this.#timeline.now();
    const seenMs = atMs - this.#chance.below(this.#storm.mostLagMs + 1);
    this.readings.push({ by: this.#reader, login, atMs, seenMs });
    return this.#history.get(login)?.findLast((past) => past.atMs <= seenMs)?.faces;
  }
}

interface Before {
  readonly login: string;
  readonly face: StoredFace | undefined;
  readonly others: readonly StoredFace[];
}

export const start = Date.UTC(2026, 0, 1);
export const usable: ReadonlySet<string> = new Set(['NEW', 'ACTIVATING', 'ACTIVE', 'REVIEW']);

function idIn(body: string): string {
  const id = memberOf(JSON.parse(body), 'id');
  return typeof id === 'string' ? id : '';
}

function writesIn(method: string, path: string): boolean {
  return /^\/api\/web\/v\d\/(users\/[^/]+\/)?face(\/[^/]+)?$/.test(path) && method !== 'GET';
}

function serviceOf(tenant: Tenant): Service {
  const parts = { faults: new FaultScript(), log: new RequestLog(), gate: new RateGate() };
  return new Service({ ...parts, tenant, retryAfter: 'seconds', wallClock: tenant.now });
}

function lost(): Error {
  return Object.assign(new Error('the connection was reset'), { code: 'ECONNRESET' });
}

function answer(status: number, body: string, retryAfter: string | null): FetchAnswer {
  return {
    status,
    headers: { get: (name) => (name.toLowerCase() === 'retry-after' ? retryAfter : null) },
    text: () => Promise.resolve(body),
  };
}
