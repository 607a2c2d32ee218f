import { performance } from 'node:perf_hooks';
import { answerIn, errorAnswer, jsonAnswer, whole, type Answer, type Delivery } from './delivery.ts';
import { insteadAnswers, spoiledAnswers } from './fault-answers.ts';
import { faultStages, type Fault, type FaultKind, type FaultOf, type FaultScript } from './fault.ts';
import type { RateGate } from './rate-gate.ts';
import { isRecord } from '../state/record.ts';
import { Refusal } from '../rules/refusal.ts';
import type { RequestLog } from './request-log.ts';
import { retryAfterHeaders, type RetryAfter } from './retry-after.ts';
import { routeFor, routes } from './routes.ts';
import type { Tenant } from '../state/tenant.ts';
import { tokenOf } from '../state/tokens.ts';

/** A request as it came over the wire. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: IncomingBody;
}

export type IncomingBody =
  { readonly form: 'none' | 'not-json' | 'too-large' } | { readonly form: 'json'; readonly value: unknown };

export interface ServiceParts {
  readonly tenant: Tenant;
  readonly faults: FaultScript;
  readonly gate: RateGate;
  readonly log: RequestLog;
  readonly retryAfter: RetryAfter;
  /** The time that callers live in, which does not advance with the tenant's. */
  readonly wallClock: () => number;
}

type Route = NonNullable<ReturnType<typeof routeFor>>;

/** The tenant behind its gate: counts, limits, strikes with faults, checks rights, and answers. Never throws. */
export class Service {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  respond(incoming: Incoming): Delivery {
    const { log } = this.#parts;
    const { method, path } = incoming;
    const route = routeFor(method, path);
    const call = log.arrived({ operation: route?.operation, method, path }, sentValue(incoming));
    const delivery = this.#delivery(incoming, route);
    log.answered(call, answerIn(delivery)?.status ?? 0);
    return delivery;
  }

  #delivery(incoming: Incoming, route: Route | undefined): Delivery {
    const { faults, gate } = this.#parts;
    if (!gate.admits(performance.now())) return this.#withRetryAfter(insteadAnswers['429'], {});
    const fault = faults.next(route?.operation, incoming.path);
    if (!fault) return whole(this.#answer(incoming, route));
    const { kind } = fault;
    if (isInstead(kind)) return this.#instead(kind, fault, incoming);
    if (isAfter(kind)) return spoiledAnswers[kind](this.#answer(incoming, route), sentValue(incoming));
    return whole(this.#within(kind, incoming, route));
  }

  #instead(kind: FaultOf<'instead'>, fault: Fault, incoming: Incoming): Delivery {
    const token = tokenOf(incoming.authorization);
    if (kind === '401' && token !== undefined) this.#parts.tenant.tokens.revoke(token);
    const delivery = insteadAnswers[kind];
    return kind === '429' || kind === '503' ? this.#withRetryAfter(delivery, fault) : delivery;
  }

  #within(kind: FaultOf<'within'>, incoming: Incoming, route: Route | undefined): Answer {
    switch (kind) {
      case 'accepted-not-done':
        return this.#parts.tenant.store.rolledBack(() => this.#answer(incoming, route));
      case 'short-page':
        return this.#answer(withLimitOne(incoming), route);
    }
  }

  #withRetryAfter(delivery: Delivery, fault: Partial<Fault>): Delivery {
    const answer = answerIn(delivery);
    if (answer === undefined) return delivery;
    const { retryAfter = this.#parts.retryAfter, retryAfterSeconds = 1 } = fault;
    const headers = retryAfterHeaders(retryAfter, retryAfterSeconds, this.#parts.wallClock());
    return whole({ ...answer, headers: { ...answer.headers, ...headers } });
  }

  #answer(incoming: Incoming, route: Route | undefined): Answer {
    try {
      if (incoming.body.form === 'too-large') throw new Refusal(413, 'request_too_large', 'The body is too large.');
      if (!route || this.#parts.tenant.lacks.has(route.operation))
        throw new Refusal(404, 'not_found', 'There is no such address.');
      const { tenant } = this.#parts;
      const { permission, handler } = routes[route.operation];
      if (permission !== 'none') authorize(tenant, incoming.authorization, permission);
      if (incoming.body.form === 'not-json') throw new Refusal(400, 'invalid_request', 'The body is not JSON.');
      return jsonAnswer(200, handler({ tenant, id: route.id, body: sentValue(incoming) }));
    } catch (error) {
      if (error instanceof Refusal) return errorAnswer(error.status, error.errorCode, error.message);
      return errorAnswer(500, 'internal_error', String(error));
    }
  }
}

function authorize(tenant: Tenant, authorization: string | undefined, permission: string): void {
  const token = tokenOf(authorization);
  if (token === undefined || !tenant.tokens.isValid(token, tenant.now())) {
    throw new Refusal(401, 'access_denied', 'The token is missing, not valid, or expired.');
  }
  if (!tenant.permissions.has(permission)) {
    throw new Refusal(403, 'permission_denied', `The role of this application lacks the permission ${permission}.`);
  }
}

function sentValue({ body }: Incoming): unknown {
  return body.form === 'json' ? body.value : undefined;
}

function withLimitOne(incoming: Incoming): Incoming {
  const sent = sentValue(incoming);
  return isRecord(sent) ? { ...incoming, body: { form: 'json', value: { ...sent, limit: 1 } } } : incoming;
}

function isInstead(kind: FaultKind): kind is FaultOf<'instead'> {
  return faultStages[kind] === 'instead';
}

function isAfter(kind: FaultKind): kind is FaultOf<'after'> {
  return faultStages[kind] === 'after';
}
