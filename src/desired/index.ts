export { loadDesired, type Loaded, type LoadRequest } from './load.ts';
export { readToken } from './tokens/read-token.ts';
export { refuseTarget } from './tokens/token-place.ts';
export type { TokenBounds } from './tokens/token-source.ts';
