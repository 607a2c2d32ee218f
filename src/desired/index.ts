export { loadDesired, type Loaded, type LoadRequest } from './load.ts';
export { readToken } from './tokens/read-token.ts';
export { refuseSource, type TokenBounds } from './tokens/token-source.ts';
