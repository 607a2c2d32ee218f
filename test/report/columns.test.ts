import { describe, expect, it } from 'vitest';
import { planText } from '../../src/report/index.ts';
import { aligned } from '../../src/report/text/columns.ts';
import { planOf, view, writingChanges } from './samples.ts';

/** Width in columns of a terminal, as tmux and xterm draw it. */
const widths = [
  ['alice', 5],
  ['jürgen', 6],
  ['ju\u0308rgen', 6],
  ['a\u20ddb', 2],
  ['王小明', 6],
  ['한국', 4],
  ['\u1112\u1161\u11ab\u1100\u116e\u11a8', 4],
  ['ｆｕｌｌ', 8],
  ['ﾌﾙ', 2],
  ['हिन्दी', 5],
  ['ไทยนี้', 4],
  ['עברית', 5],
  ['zoë✅', 5],
  ['⭐', 2],
  ['👩', 2],
  ['🇩🇪', 2],
  ['🌡', 1],
] as const;

describe('columns of text', () => {
  it.each(widths)('stay in line below and above %s', (name, width) => {
    const rows = [
      [name, 'next'],
      ['ten letter', 'next'],
    ];
    expect(aligned(rows)).toEqual([`${name}${' '.repeat(12 - width)}next`, 'ten letter  next']);
  });

  it('stay in line in a plan', () => {
    const { create } = writingChanges();
    const changes = ['alice', '王小明', 'zoe\u0308✅'].map((login) => ({
      ...create,
      key: `${login}/mobile`,
      user: { ...create.user, login },
    }));
    const heads = planText(planOf({ changes }), view).match(/^.*will be created.*$/gm);
    expect(heads).toEqual([
      '  # alice/mobile   new face  will be created  enroll/a.yaml:3:5',
      '  # zoe\u0308✅/mobile   new face  will be created  enroll/a.yaml:3:5',
      '  # 王小明/mobile  new face  will be created  enroll/a.yaml:3:5',
    ]);
  });

  it('are not widened by one long name', () => {
    const long = '王'.repeat(31);
    expect(
      aligned([
        [long, 'next'],
        ['a', 'next'],
      ]),
    ).toEqual([`${long}  next`, `a${' '.repeat(61)}next`]);
  });
});
