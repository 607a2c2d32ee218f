import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/engine/plan/guard.ts';
import type { DesiredState, ExpiryRule, Limit } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { palette, planJson, planText } from '../../../src/report/index.ts';
import { lawRuns, lawTimeout } from '../../property-runs.ts';
import { worldArb } from '../../support/engine/random-worlds.ts';
import { shownWorld } from '../../support/engine/shown-world.ts';
import {
  day,
  desire,
  found,
  fromNow,
  liveOf,
  mobile,
  mobileFace,
  now,
  plan,
  planOne,
  present,
  protecting,
} from '../../support/engine/world.ts';

const at = (seconds: number): ExpiryRule => ({ rule: 'at', instant: fromNow(seconds) });
const none: Limit = { unit: 'count', value: 0 };
const planned = (rule: ExpiryRule, face: Partial<Face>, more: Partial<DesiredState> = {}): Plan =>
  planOne(present('amy', mobile(rule)), [mobileFace('a', face)], more);
const shortensOf = ({ changes }: Plan) => changes.map((change) => change.action === 'update' && change.shortens);
const used = ({ budgets }: Plan, name: string) => budgets.find(({ budget }) => budget === name)?.used;

describe('an update', () => {
  const year = { expiry: fromNow(365 * day) };
  it.each([
    ['a later expiry is none', at(400 * day), year, undefined],
    ['an earlier one', at(300 * day), year, 'far'],
    ['one within the horizon', at(180), year, 'near'],
    ['one a second before the horizon', at(30 * day - 1), year, 'near'],
    ['one at the horizon', at(30 * day), year, 'far'],
    ['the first one', at(90 * day), { expiry: undefined }, 'far'],
    ['the first one within the horizon', at(day), { expiry: undefined }, 'near'],
    ['an earlier one by a lifetime', { rule: 'lifetime', seconds: 20 * day }, year, 'near'],
    ['an earlier one on a disabled face', at(day), { ...year, status: 'DISABLED' }, 'near'],
    ['the same one on a disabled face is none', at(365 * day), { ...year, status: 'DISABLED' }, undefined],
    ['an earlier one on an expired face', at(day), { ...year, status: 'EXPIRED' }, 'near'],
  ] as const)('that sets an expiry is a shorten where access ends earlier: %s', (_, rule, face, expected) => {
    const made = planned(rule, face);
    expect(made.changes).toMatchObject([{ action: 'update' }]);
    expect(shortensOf(made)).toEqual([expected]);
    expect(made.summary).toMatchObject({ update: 1, shorten: expected === undefined ? 0 : 1 });
    expect(used(made, 'shorten')).toBe(expected === 'near' ? 1 : 0);
  });

  it('by the tenant’s policy is one as well', () => {
    const settings = new Map([['uuid-amy', { settings: 'read', lifetimeDays: 20 } as const]]);
    const made = plan(
      desire([present('amy', mobile({ rule: 'policy' }))]),
      liveOf({ amy: found('amy', [mobileFace('a')]) }),
      { settings },
    );
    expect(shortensOf(made)).toEqual(['near']);
  });

  it('is judged by the horizon of the files', () => {
    expect(shortensOf(planned(at(50 * day), year, { shortenHorizonSeconds: 60 * day }))).toEqual(['near']);
    expect(shortensOf(planned(at(day), year, { shortenHorizonSeconds: 3600 }))).toEqual(['far']);
  });
});

describe('the budget for shortens', () => {
  const logins = ['amy', 'bob', 'cyd'];
  const all = (rule: ExpiryRule, face: Partial<Face>, budgets: Partial<DesiredState['budgets']>): Plan =>
    plan(
      desire(
        logins.map((login) => present(login, mobile(rule))),
        { budgets: { ...desire([]).budgets, ...budgets } },
      ),
      liveOf(Object.fromEntries(logins.map((login) => [login, found(login, [mobileFace(login, face)])]))),
    );
  it('is not spent by a new lifetime of 90 days, which is shown all the same', () => {
    const made = all({ rule: 'lifetime', seconds: 90 * day }, { expiry: undefined }, { shorten: none });
    expect(made.summary).toMatchObject({ update: 3, shorten: 3 });
    expect(judge(made, {}).overspent).toEqual([]);
  });
  it('refuses what ends within the horizon, until its exact number is acknowledged', () => {
    const made = all(at(3600), {}, { shorten: none });
    expect(judge(made, {}).overspent).toMatchObject([{ budget: 'shorten', used: 3, allowed: 0 }]);
    expect(judge(made, { shorten: 2 }).overspent).toHaveLength(1);
    expect(judge(made, { update: 3 }).overspent).toHaveLength(1);
    expect(judge(made, { shorten: 3 }).overspent).toEqual([]);
  });
  it('may be a share of the faces', () => {
    const made = all(at(3600), {}, { shorten: { unit: 'share', value: 0.5 } });
    expect(judge(made, {}).overspent).toMatchObject([{ used: 3, allowed: 1, limit: '50%' }]);
  });
  it('leaves updates unlimited, unless the files have a budget for them', () => {
    const later = at(400 * day);
    expect(used(all(later, {}, {}), 'update')).toBeUndefined();
    const made = all(later, {}, { update: { unit: 'count', value: 2 } });
    expect(judge(made, {}).overspent).toMatchObject([{ budget: 'update', used: 3, allowed: 2 }]);
    expect(judge(made, { update: 3 }).overspent).toEqual([]);
  });
});

describe('a new face', () => {
  const warned = (made: Plan) => made.diagnostics.map(({ code, range }) => `${code} ${range?.start.line}`);
  const created = (rule: ExpiryRule, more: Partial<DesiredState> = {}): Plan =>
    planOne(present('amy', mobile(rule)), [], more);
  it.each([
    ['a near expiry', at(30 * day - 1), ['ENDS_SOON 7']],
    ['a short lifetime', { rule: 'lifetime', seconds: 3600 }, ['ENDS_SOON 7']],
    ['an expiry at the horizon', at(30 * day), []],
    ['a lifetime beyond it', { rule: 'lifetime', seconds: 90 * day }, []],
    ['the lifetime of the tenant', { rule: 'policy' }, []],
    ['no expiry', { rule: 'tenant' }, []],
  ] as const)('that would end soon is warned of at its line: %s', (_, rule, expected) => {
    const made = created(rule);
    expect(warned(made)).toEqual(expected);
    expect(made.summary).toMatchObject({ create: 1, shorten: 0 });
    expect(used(made, 'shorten')).toBe(0);
  });
  it('in place of another is warned of as well', () => {
    const entry = present('amy', mobile(at(day)), { replaceOn: new Set(['FAILED']) });
    expect(warned(planOne(entry, [mobileFace('a', { status: 'FAILED' })]))).toEqual(['ENDS_SOON 7']);
  });
});

describe('a protected user', () => {
  const protect = protecting('amy');
  it('keeps access until the horizon, and may be shortened beyond it', () => {
    expect(planned(at(180), {}, { protect }).protected).toEqual([{ key: 'amy/mobile', action: 'shorten' }]);
    expect(planned(at(90 * day), {}, { protect }).protected).toEqual([]);
    expect(planned(at(400 * day), {}, { protect }).protected).toEqual([]);
  });
});

describe('a law: what ends access earlier', { timeout: lawTimeout }, () => {
  const view = {
    toolVersion: '0.1.0',
    now,
    acknowledged: {},
    pace: {},
    createApi: 'v2',
    palette: palette('plain'),
    noops: 'omit',
  } as const;
  const seconds = (text: string | null | undefined): number =>
    text === null || text === undefined ? Infinity : Date.parse(text) / 1000;

  it('is shown as a shorten, and nothing else is', () => {
    fc.assert(
      fc.property(worldArb, (world) => {
        const made = plan(world.desired, world.live);
        const listed = planJson(made, view, 'list').resource_changes;
        const shortens = listed.filter(
          ({ x_action, change: { before, after } }) =>
            x_action === 'update' && seconds(after?.expiry) < seconds(before?.expiry),
        );
        const told = listed.filter(({ x_shortens }) => x_shortens !== undefined);
        expect(told, shownWorld(world)).toEqual(shortens);
        for (const { change, x_shortens: said } of told) {
          expect(said).toMatchObject({ from: change.before?.expiry ?? null, to: change.after?.expiry });
          expect(said?.within_horizon).toBe(seconds(said?.to) < now + 30 * day);
        }
        const blocks = planText(made, view).match(/access ends /g) ?? [];
        expect(blocks).toHaveLength(shortens.length);
        expect(made.summary.shorten).toBe(shortens.length);
      }),
      { numRuns: lawRuns },
    );
  });
});
