import type { ShaderSources } from './composer';

const files = import.meta.glob<string>('/shaders/**/*.wgsl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** shaders/ as Vite bundles it. */
export const shaderSources: ShaderSources = Object.fromEntries(
  Object.entries(files).map(([path, source]) => [path.replace('/shaders/', ''), source]),
);
