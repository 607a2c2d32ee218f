import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApplyReport } from '../../src/model/outcome.ts';
import type { ResendPlan } from '../../src/model/shown/resend.ts';
import {
  applyText,
  diagnosticsGithub,
  diagnosticsSarif,
  diagnosticsText,
  doctorText,
  errorText,
  palette,
  planDiff,
  planJson,
  planMarkdown,
  planText,
  progressLine,
  resendText,
  toJsonText,
} from '../../src/report/index.ts';
import { calm, context, diagnostic, fullPlan, view, writingChanges, type Words } from './samples.ts';

const attacks = [
  '\u001b[2J\u001b[31mred',
  '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  'alice\u202egnp.exe',
  'a\nPlan: 0 to create\r\n::error::gotcha',
  '\u009b5m\u0085\u2028\u2029\u200b\ufeff\ud800',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'binary' })), { minLength: 1, maxLength: 3 })
  .map((parts) => `x${parts.join('')}`);
const words: fc.Arbitrary<Words> = fc.record({ user: text, serial: text, file: text, message: text });

function applyReport(of: Words): ApplyReport {
  const { create, update, disable, replace, remove } = writingChanges(of);
  const refusal = { status: 409, errorCode: of.serial, message: of.message };
  return {
    totals: { planned: 5, applied: 1, already: 0, failed: 1, stale: 1, skipped: 1, unknown: 1 },
    outcomes: [
      { state: 'applied', change: create, faceId: of.serial, note: of.message },
      { state: 'failed', change: update, refusal },
      { state: 'stale', change: disable, note: of.message },
      { state: 'skipped', change: replace, note: of.message },
      { state: 'unknown', change: remove, refusal: { message: of.message } },
    ],
    emails: 1,
  };
}

function resendPlan(of: Words): ResendPlan {
  const user = { uuid: 'u-1', login: of.user };
  const face = { id: 'f-1', serialNumber: of.serial, status: of.message, created: view.now };
  const place = { file: of.file, line: 1, column: 1 };
  const reason = { code: 'refused', message: of.message } as const;
  return {
    tenant: { kind: 'origin', origin: of.message },
    resends: [{ action: 'resend', key: of.user, user, face, place, annotations: {} }],
    complete: false,
    missing: [],
    unknown: [{ key: of.user, reason, places: [place] }],
    budgets: [{ budget: 'email', used: 1, allowed: 0, limit: of.message }],
    diagnostics: [],
  };
}

function codeOf(of: Words) {
  const code = of.message.replaceAll('\n', '');
  return { ...diagnostic(of), snippet: { context: of.user, code, startLine: 9, highlightStart: 1, highlightEnd: 4 } };
}

const renderers = {
  'the plan': (of: Words, mode: 'color' | 'plain') =>
    planText(fullPlan(of), { ...view, palette: palette(mode), noops: 'list' }),
  'the report of an apply': (of: Words, mode: 'color' | 'plain') => applyText(applyReport(of), palette(mode)),
  'whom a resend would mail': (of: Words, mode: 'color' | 'plain') =>
    resendText(resendPlan(of), { ...view, palette: palette(mode) }),
  'the report of a resend': (of: Words, mode: 'color' | 'plain') => {
    const outcomes = resendPlan(of).resends.map((change) => ({ state: 'skipped', change, note: of.message }) as const);
    return applyText({ ...applyReport(of), outcomes }, palette(mode), 'resend');
  },
  'what the doctor says': (of: Words, mode: 'color' | 'plain') => {
    const check = {
      name: 'connection',
      state: 'failed',
      needed: 'for plan',
      found: of.message,
      advice: of.file,
    } as const;
    return doctorText({ tenant: { kind: 'embedded', file: of.user }, checks: [check] }, '1.0', {
      palette: palette(mode),
    });
  },
  'a code frame far into a line': (of: Words, mode: 'color' | 'plain') => {
    const code = of.message.replaceAll('\n', '').repeat(40);
    const snippet = { context: null, code, startLine: 1, highlightStart: 200, highlightEnd: 203 };
    return diagnosticsText([{ ...diagnostic(of), snippet }], palette(mode));
  },
  diagnostics: (of: Words, mode: 'color' | 'plain') => diagnosticsText([diagnostic(of), codeOf(of)], palette(mode)),
  'the plan as a diff': (of: Words) => planDiff(fullPlan(of), context),
  'the plan as Markdown': (of: Words) => planMarkdown(fullPlan(of), view),
  'findings as SARIF': (of: Words) => toJsonText(diagnosticsSarif([diagnostic(of)], '1.0')),
  'GitHub annotations': (of: Words) => diagnosticsGithub([diagnostic(of)]),
  'a program error': (of: Words, mode: 'color' | 'plain') => errorText(of.message, of.file, palette(mode)),
  progress: (of: Words) => progressLine(of.message, [1, 2], 3),
  'the JSON plan': (of: Words) => toJsonText(planJson(fullPlan(of), context, 'list')),
} as const;

const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
// eslint-disable-next-line no-control-regex -- our own colours are what is taken out
const colours = /\u001b\[\d+m/g;

describe.each(Object.entries(renderers))('hostile text in %s', (_name, render) => {
  it.each(['color', 'plain'] as const)('brings no control or invisible character to a %s terminal', (mode) => {
    fc.assert(
      fc.property(words, (hostile) => {
        const rendered = render(hostile, mode);
        const bare = mode === 'color' ? rendered.replace(colours, '') : rendered;
        expect(bare.replaceAll('\n', '')).not.toMatch(obeyed);
      }),
    );
  });

  it('adds no line of its own', () => {
    fc.assert(
      fc.property(words, (hostile) => {
        expect(render(hostile, 'plain').split('\n')).toHaveLength(render(calm, 'plain').split('\n').length);
      }),
    );
  });
});
