import type { ExplainContext, Explanation, Guards, Verdict } from '../../model/shown/explanation.ts';
import { faceName } from '../plan/change-text.ts';
import { shownAction } from '../plan/change-sign.ts';
import { aligned } from '../text/columns.ts';
import { plain } from '../text/escape.ts';
import { wholePlace } from '../text/place-text.ts';
import { placeOf } from '../../model/place.ts';
import { waitText } from '../plan/plan-notes.ts';

/** Which entry has which face and why, and the row of the decision table that follows. */
export function decisionLines({ verdicts, guards }: Explanation, { now }: ExplainContext): readonly string[] {
  return verdicts.flatMap((verdict) => {
    const { key, entry, change } = verdict;
    const waits = change?.action === 'no-op' && change.standing?.state === 'waiting' ? [waitText(change, now)] : [];
    const rows = [
      ['entry', entry === undefined ? 'none' : wholePlace(placeOf(entry.range))],
      ['face', faceText(verdict)],
      ['rule', `${wishText(verdict, guards)} + ${liveText(verdict)} -> ${actionText(change)}`],
      ...waits.map((text) => ['waiting', text]),
    ];
    return [plain(key), ...aligned(rows).map((line) => `  ${line}`)];
  });
}

function actionText(change: Verdict['change']): string {
  if (change === undefined) return 'left alone';
  return change.action === 'no-op' ? 'no change' : shownAction(change);
}

function faceText({ face, step }: Verdict): string {
  if (face === undefined) return 'none that fits';
  return step === undefined ? faceName(face) : `${faceName(face)}, matched by step "${step}"`;
}

function wishText({ desired }: Verdict, { unmatched, scope }: Guards): string {
  switch (desired) {
    case 'enabled':
      return 'present, enabled';
    case 'not-enabled':
      return 'present, enabled: false';
    case 'absent':
      return 'state: absent';
    case 'unmatched':
      return `claimed by no entry, unmatched: ${unmatched}`;
    case 'not-in-configuration':
      return `user named by no entry${scope.users === 'listed' ? '' : `, scope.onRemove: ${scope.onRemove}`}`;
  }
}

function liveText({ live, face, change }: Verdict): string {
  if (face === undefined) return 'no face';
  const passed =
    live === face.status ? '' : `, shown as ${plain(face.status)}, but its expiry or the entry's has passed`;
  const other = change?.reason === 'replace_because_cannot_update' ? ' of another applicant or flow' : '';
  return `${plain(live)} face${other}${passed}`;
}
