import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

// Everything npm installs beside us stays outside the bundle: Dawn is a native module, and a library that is
// bundled twice is a library that disagrees with itself.
const installed = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];
const external = [...installed, ...builtinModules, /^node:/].map((name) =>
  typeof name === 'string' ? new RegExp(`^${name}(/.*)?$`) : name,
);

export default defineConfig({
  build: {
    target: 'es2023',
    outDir: 'dist',
    minify: false,
    sourcemap: true,
    emptyOutDir: true,
    lib: {
      entry: { index: 'src/index.ts', node: 'src/node.ts', cli: 'src/cli/main.ts' },
      formats: ['es'],
    },
    rolldownOptions: { external },
  },
});
