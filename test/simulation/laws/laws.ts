import type { Aftermath } from '../simulate.ts';
import { Book } from './book.ts';
import {
  activatedStays,
  compensationsAreTold,
  quietEndsWithOne,
  secondsAreReported,
  surplusIsReported,
  takenBackLeavesAnother,
} from './face-laws.ts';
import {
  budgetsAreKept,
  createsStandOnReadings,
  lastRunIsEmpty,
  outsidersUntouched,
  plansAreKept,
  protectedUntouched,
} from './run-laws.ts';

/** What must hold after every storm. Each gives what breaks it, in a sentence. */
const laws: Readonly<Record<string, (book: Book) => readonly string[]>> = {
  'one face for each entry, or a report of the others': surplusIsReported,
  'without faults each entry ends with one face, however many runs act': quietEndsWithOne,
  'every second face is reported by a run that made one': secondsAreReported,
  'a run that exits 0 has done what its plan says, and nothing more': plansAreKept,
  'no face of a protected user is taken': protectedUntouched,
  'no create stands on a reading that is older than a second': createsStandOnReadings,
  'each run keeps each budget': budgetsAreKept,
  'what a run takes back is in its journal as such': compensationsAreTold,
  'what a run takes back leaves another in its place': takenBackLeavesAnother,
  'a face that the user has activated is not taken back': activatedStays,
  'nobody outside the files is touched': outsidersUntouched,
  'the second run after the storm is empty': lastRunIsEmpty,
};

/** What breaks a law, in sentences; empty where all hold. */
export function broken(after: Aftermath): readonly string[] {
  const book = new Book(after);
  return Object.entries(laws).flatMap(([name, law]) => law(book).map((what) => `${name}: ${what}`));
}
