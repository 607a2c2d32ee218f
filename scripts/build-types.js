// Writes dist/library.d.ts and dist/face-api.d.ts: the types of both libraries, without those they do not show.
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const root = new URL('../', import.meta.url);
const path = (name) => fileURLToPath(new URL(name, root));
const bundle = await rolldown({
  input: [path('src/library.ts'), path('src/face-api.ts')],
  platform: 'node',
  checks: { bundlerTimings: false, pluginTimings: false },
  plugins: [dts({ emitDtsOnly: true, tsconfig: path('tsconfig.json') })],
});
await bundle.write({ dir: path('dist'), format: 'esm' });
await bundle.close();
