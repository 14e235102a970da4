import { BpttError } from '../../model/errors';

/** Every file of shaders/, by its path there, for example `common/params.wgsl`. */
export type ShaderSources = Readonly<Record<string, string>>;

export interface ComposedShader {
  readonly code: string;
  /** The file and line that a line of `code` came from (both 1-based). */
  locate(line: number): { readonly file: string; readonly line: number };
}

const INCLUDE = /^#include "([^"]+)"\s*$/;

/**
 * Puts a kernel and the files it includes into one WGSL module; each file once, at its first
 * mention. `#include "common/params.wgsl"` stands alone on its line.
 * @throws BpttError 'shader-error' for a missing file.
 */
export function composeShader(entry: string, sources: ShaderSources): ComposedShader {
  const lines: string[] = [];
  const origins: { file: string; line: number }[] = [];
  const included = new Set<string>();

  const append = (file: string, from: string): void => {
    if (included.has(file)) return;
    included.add(file);
    const source = sources[file];
    if (source === undefined) {
      throw new BpttError('shader-error', file, `${from} includes ${file}, which does not exist.`);
    }
    source.split('\n').forEach((text, index) => {
      const include = INCLUDE.exec(text);
      if (include) {
        append(include[1]!, file);
      } else {
        lines.push(text);
        origins.push({ file, line: index + 1 });
      }
    });
  };

  append(entry, 'The kernel library');
  return {
    code: lines.join('\n'),
    locate: (line) => origins[line - 1] ?? { file: entry, line },
  };
}
