import type { Reason } from '../../model/plan.ts';

/** Why an action was planned, as half a sentence that stands in parentheses. */
export const reasonSentences: Readonly<Record<Reason, string>> = {
  create_because_missing: 'the user has no such face',
  update_because_expiry_differs: 'its expiry is not the one the entry asks for',
  update_because_disabled: 'it is disabled, and the entry wants it enabled',
  update_because_expired: 'it has expired, and the entry asks for a later expiry',
  update_because_reverted: 'an earlier run updated it, and this plan undoes that',
  disable_because_not_enabled: 'the entry says enabled: false',
  disable_because_unmatched: 'no entry claims it, and unmatched is disable',
  disable_because_not_in_configuration: 'no entry names the user, and scope.onRemove is disable',
  disable_because_reverted: 'it had no access before an earlier run, and this plan undoes that',
  replace_because_cannot_update: 'what differs can only be set when a face is created',
  replace_because_failed: 'it has failed, and replaceOn names FAILED',
  replace_because_expired: 'it has expired, and replaceOn names EXPIRED',
  replace_by_request: 'asked for with --replace',
  delete_because_absent: 'the entry says state: absent',
  delete_because_unmatched: 'no entry claims it, and unmatched is delete',
  delete_because_not_in_configuration: 'no entry names the user, and scope.onRemove is delete',
  delete_because_reverted: 'an earlier run created it, and this plan undoes that',
  no_op_because_converged: 'it is as the entry asks',
  no_op_because_waiting: 'the user or the vendor must act first',
  no_op_because_failed: 'it has failed: add FAILED to replaceOn, or plan with --replace and its key',
  no_op_because_expired:
    'it has expired: ask for a later expiry, add EXPIRED to replaceOn, or plan with --replace and its key',
  no_op_because_duplicate:
    'it is a second face for one entry: set unmatched: delete, or pin the right one with serialNumber',
  no_op_because_not_enabled: 'the entry says enabled: false, and no face is in use',
  no_op_because_already_absent: 'the entry says state: absent, and there is no such face',
};
