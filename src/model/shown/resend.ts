import type { TenantId } from '../tenant-id.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Face, User } from '../face.ts';
import type { Place } from '../place.ts';
import type { MissingEntry, UnknownUser } from '../plan.ts';
import type { BudgetUse, OwnerUse } from '../values/budget.ts';

/** One activation e-mail that is to be sent again, for one face. */
export interface Resend {
  readonly action: 'resend';
  /** That of the entry the face belongs to; where no file was asked, `<login>/<serialNumber>`. */
  readonly key: string;
  readonly user: User;
  readonly face: Face;
  /** Missing where no file was asked. */
  readonly place?: Place | undefined;
  /** Whose part of the files it belongs to; missing where that has no owner. */
  readonly owner?: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Whom a run would mail. Plain data; each face stands in it once, however many names led to it. */
export interface ResendPlan {
  readonly tenant: TenantId;
  readonly resends: readonly Resend[];
  /** False where anybody could not be read: he is not mailed. */
  readonly complete: boolean;
  readonly unknown: readonly UnknownUser[];
  /** Entries of files whose users the tenant does not have. */
  readonly missing: readonly MissingEntry[];
  readonly budgets: readonly BudgetUse[];
  /** What is asked of the budget of each owner; missing where files have none. */
  readonly owners?: readonly OwnerUse[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}
