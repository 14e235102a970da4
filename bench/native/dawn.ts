/**
 * WebGPU for Node: Dawn, as the npm package `webgpu` brings it. It is no dependency of this project,
 * being large and bound to one platform.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

interface DawnPackage {
  create(flags: readonly string[]): GPU;
  readonly globals: object;
}

const HOW_TO_GET_IT =
  'Install it beside the project with `npm install --no-save webgpu`, or set BPTT_DAWN to the ' +
  'folder of the package (the one with index.js).';

/** The entry of the package: in the folder BPTT_DAWN, else as Node finds it from here. */
function entryOf(): string {
  const folder = process.env['BPTT_DAWN'];
  if (folder) return path.resolve(folder, 'index.js');
  const require = createRequire(path.join(process.cwd(), 'package.json'));
  return require.resolve('webgpu');
}

/**
 * Gives Node what a browser has: navigator.gpu and the constants of WebGPU.
 * @param flags Dawn's own, for example `backend=vulkan`
 * @throws Error that says how to get the package
 */
export async function provideWebGpu(flags: readonly string[]): Promise<GPU> {
  let dawn: DawnPackage;
  try {
    dawn = (await import(/* @vite-ignore */ pathToFileURL(entryOf()).href)) as DawnPackage;
  } catch (error) {
    throw new Error(`Dawn (the npm package webgpu) does not load. ${HOW_TO_GET_IT}`, {
      cause: error,
    });
  }
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create(flags);
  // Node has a navigator of its own from version 21 on.
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  return gpu;
}
