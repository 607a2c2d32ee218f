export { Findings } from './entries/findings.ts';
export { loadDesired, loadEach, type Loaded, type LoadedEach, type LoadRequest } from './load.ts';
export type { FileTree, TreeEntry } from './reading/file-tree.ts';
export { largestFileBytes } from './reading/read-file.ts';
export { readFiles, type SkippedFile } from './reading/read-files.ts';
export type { SourceFile } from './source/source-file.ts';
export { readToken, type TokenRequest } from './tokens/read-token.ts';
export { refuseTarget } from './tokens/token-place.ts';
export type { TokenBounds } from './tokens/token-source.ts';
