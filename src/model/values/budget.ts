import type { Place } from '../place.ts';

export const budgetNames = ['delete', 'disable', 'shorten', 'email', 'update'] as const;
export type BudgetName = (typeof budgetNames)[number];

/** One thing that may be refused: how much the plan asks of it, and how much is allowed. */
export interface BudgetUse {
  readonly budget: BudgetName;
  readonly used: number;
  readonly allowed: number;
  /** As the file has it: `5` or `10%`. */
  readonly limit: string;
}

/** What one owner's part of the plan asks of the owner's budgets. */
export interface OwnerUse {
  readonly name: string;
  readonly place: Place;
  readonly budgets: readonly BudgetUse[];
}

/** A change that `protect` forbids. */
export interface ProtectedChange {
  readonly key: string;
  readonly action: 'shorten' | 'disable' | 'replace' | 'delete';
}

/** How much the person running faceform acknowledges of a budget: the exact count, or nothing. */
export type Acknowledged = { readonly [B in BudgetName]?: number };
