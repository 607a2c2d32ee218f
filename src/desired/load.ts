import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import type { DesiredState } from '../model/enrollment.ts';
import type { AllowedVariable } from '../model/values/environment.ts';
import { buildState, type BuildRequest } from './build-state.ts';
import { Findings, type LeftOut } from './entries/findings.ts';
import { chosenIn, type EnvironmentChoice } from './environments/chosen.ts';
import { readParts, type Parts, type PartsRequest } from './read-parts.ts';
import type { FileTree } from './reading/file-tree.ts';
import type { ReadRequest } from './reading/read-file.ts';
import type { SkippedFile } from './reading/read-files.ts';
import { checkSources, checkTokens, tokenEntries, type TokenEntry } from './tokens/check-tokens.ts';
import type { TokenRequest } from './tokens/read-token.ts';
import type { TokenBounds } from './tokens/token-source.ts';

export interface LoadRequest extends ReadRequest, BuildRequest, Omit<TokenRequest, 'bounds'> {
  /** `check`: token variables must be set and token files readable. */
  readonly secrets: 'check' | 'ignore';
  /** Missing where none is chosen. */
  readonly chosen?: EnvironmentChoice | undefined;
  /** Which variables the files may name as credentials, beyond those that belong to an environment by its name. */
  readonly credentialVariables?: readonly AllowedVariable[] | undefined;
}

export interface Loaded extends Found, LoadedState {}

/** What was found in the files. */
interface Found {
  /** Of all files and entries, in no particular order; at most a thousand, errors first. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many more there are. */
  readonly leftOut: LeftOut;
  readonly files: number;
  readonly entries: number;
  /** Below the directories: hidden files, files of other kinds, such as credentials and saved plans, files without enrollments, and ignored ones. */
  readonly skipped: readonly SkippedFile[];
}

interface LoadedState {
  /** Missing where there are errors. */
  readonly state?: DesiredState;
  /** What is wrong with the tokens of these enrollments, by key; at most a thousand. Each is read, and none kept. */
  readonly checkTokens: (keys: ReadonlySet<string>, check: TokenCheck) => Promise<readonly Diagnostic[]>;
  /** What the same paths ask for in another tree. Files that are the same there are read once. */
  readonly loadFrom: (tree: FileTree) => Promise<LoadedElsewhere>;
}

/** Without a state where there are errors. */
export type LoadedElsewhere = Pick<Loaded, 'state' | 'diagnostics'>;

export interface TokenCheck {
  readonly bounds: TokenBounds;
  /** Severity of a token that is not here: whoever plans need not hold it. */
  readonly missing: Severity;
}

/** Reads the files and makes of them one desired state, or says everything that is wrong with them. */
export async function loadDesired(request: LoadRequest): Promise<Loaded> {
  const parts = await readIn(request);
  const chosen = chosenIn(parts.declared, request.chosen, parts.findings);
  const loaded = await loadIn(parts, chosen === undefined ? namesOf(parts) : [chosen], request);
  const [first] = loaded.states;
  const { diagnostics } = loaded;
  const none = { checkTokens: () => Promise.resolve([]), loadFrom: () => Promise.resolve({ diagnostics }) };
  return { ...loaded, ...(first ?? none) };
}

/** The same files for each of their environments. */
export interface LoadedEach extends Found {
  /** Empty where there are errors. Where the files have no environments, one state. */
  readonly states: readonly (LoadedState & { readonly state: DesiredState })[];
}

/** Reads the files once, and says everything that is wrong with them in any environment. */
export async function loadEach(request: LoadRequest): Promise<LoadedEach> {
  const parts = await readIn(request);
  return loadIn(parts, namesOf(parts), request);
}

/** Of all environments; one that has no name where the files have none. */
function namesOf({ declared }: Parts): readonly (string | undefined)[] {
  return declared.heads.size === 0 ? [undefined] : [...declared.heads.keys()];
}

async function loadIn(parts: Parts, names: readonly (string | undefined)[], request: LoadRequest): Promise<LoadedEach> {
  const built: BuiltState[] = [];
  for (const name of names) built.push(await build(parts, name, request));
  const found = endOf(
    parts,
    built.map(({ findings }) => findings),
  );
  return { ...found, states: parts.findings.hasErrors ? [] : built };
}

function readIn(request: LoadRequest): Promise<Parts> {
  return readParts(partsRequest(request));
}

function partsRequest(request: LoadRequest): PartsRequest {
  return { ...request, credentialVariables: request.credentialVariables ?? [] };
}

interface BuiltState extends Required<LoadedState> {
  readonly findings: Findings;
}

async function build(parts: Parts, environment: string | undefined, request: LoadRequest): Promise<BuiltState> {
  const { state, placed, findings, files } = buildState(parts, environment, request);
  const withToken = tokenEntries(placed);
  const tokenRequest = { ...request, bounds: 'enrollment file' } as const;
  if (request.secrets === 'check') await checkTokens(withToken, tokenRequest, 'error', findings);
  else checkSources(withToken, tokenRequest, findings);
  const loadFrom: LoadedState['loadFrom'] = (tree) =>
    loadElsewhere(parts, environment, { ...request, tree, knownFiles: files });
  return { state, findings, checkTokens: tokenCheck(withToken, request), loadFrom };
}

async function loadElsewhere(
  { checked: known }: Parts,
  environment: string | undefined,
  request: LoadRequest,
): Promise<LoadedElsewhere> {
  const parts = await readParts({ ...partsRequest(request), known });
  const choice = environment === undefined ? undefined : { name: environment, source: 'the run' };
  chosenIn(parts.declared, choice, parts.findings);
  const { state, placed, findings } = buildState(parts, environment, request);
  checkSources(tokenEntries(placed), { ...request, bounds: 'enrollment file' }, findings);
  const { diagnostics } = endOf(parts, [findings]);
  return parts.findings.hasErrors ? { diagnostics } : { state, diagnostics };
}

function tokenCheck(withToken: readonly TokenEntry[], request: LoadRequest): LoadedState['checkTokens'] {
  return async (keys, { bounds, missing }) => {
    const wanted = withToken.filter(({ enrollment }) => keys.has(enrollment.key));
    const found = new Findings();
    await checkTokens(wanted, { ...request, bounds }, missing, found);
    return found.end().diagnostics;
  };
}

function endOf({ findings, sources, entries, skipped }: Parts, built: readonly Findings[]): Found {
  findings.addEach(built);
  return { ...findings.end(), files: sources.length, entries, skipped };
}
