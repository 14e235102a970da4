import { BpttError } from '../../model/errors';
import type { AdapterDescription } from '../interface';

export interface GpuConnection {
  readonly device: GPUDevice;
  readonly adapter: AdapterDescription;
}

function describe(info: GPUAdapterInfo): AdapterDescription {
  const words = [info.description, info.device, info.architecture, info.vendor];
  const name = words.find((word) => word !== '') ?? 'GPU';
  // Chromium's software adapter calls itself so; some browsers only set the flag.
  const software =
    info.isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(words.join(' '));
  return { name: software ? softwareName(words) : name, software };
}

function softwareName(words: readonly string[]): string {
  return /swiftshader/i.test(words.join(' '))
    ? 'SwiftShader'
    : (words.find((word) => word) ?? 'software');
}

/**
 * A device of a new adapter, with as much buffer space as the adapter gives.
 * @throws BpttError 'webgpu-unavailable' whose message says which step failed.
 */
export async function connect(gpu: GPU | undefined): Promise<GpuConnection> {
  if (gpu === undefined) {
    throw new BpttError(
      'webgpu-unavailable',
      'navigator.gpu',
      'This browser has no WebGPU. Use Chrome or Edge 116 or later, over https or localhost.',
    );
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) {
    throw new BpttError(
      'webgpu-unavailable',
      'adapter',
      'The browser has WebGPU but offers no adapter. Turn on hardware acceleration, or update the graphics driver.',
    );
  }
  try {
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    const device = await adapter.requestDevice({
      label: 'bptt',
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    });
    return { device, adapter: describe(adapter.info) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BpttError(
      'webgpu-unavailable',
      'device',
      `The adapter gave no device: ${reason} Close other pages that use the GPU, then retry.`,
    );
  }
}
