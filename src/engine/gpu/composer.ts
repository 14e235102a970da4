import { BpttError } from '../../model/errors';

/** Every file of shaders/, by its path there, for example `common/params.wgsl`. */
export type ShaderSources = Readonly<Record<string, string>>;

/** Whole-number constants a kernel is composed for; they also bound `#repeat`. */
export type ShaderDefines = Readonly<Record<string, number>>;

export interface ComposedShader {
  readonly code: string;
  /** The file and line that a line of `code` came from (both 1-based). */
  locate(line: number): { readonly file: string; readonly line: number };
}

interface Line {
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

const INCLUDE = /^#include "([^"]+)"\s*$/;
const REPEAT = /^#repeat (\w+) (\w+)\s*$/;
const END = /^#end\s*$/;

function fail(file: string, message: string): never {
  throw new BpttError('shader-error', file, message);
}

/**
 * Puts a kernel and the files it includes into one WGSL module. Three directives, each alone on its
 * line: `#include "common/params.wgsl"` (each file once, at its first mention), and
 * `#repeat i COUNT` … `#end`, whose lines are written COUNT times with {i} = 0…COUNT−1 (the
 * unrolling that keeps weights in registers). Each define becomes a WGSL constant.
 * @throws BpttError 'shader-error' for a missing file, an unknown count or an unclosed repeat.
 */
export function composeShader(
  entry: string,
  sources: ShaderSources,
  defines: ShaderDefines = {},
): ComposedShader {
  const constants = Object.entries(defines).map(([name, value]): Line => ({
    text: `const ${name}: u32 = ${value}u;`,
    file: entry,
    line: 1,
  }));
  const lines = [...constants, ...unroll(include(entry, sources), defines, entry)];
  return {
    code: lines.map(({ text }) => text).join('\n'),
    locate(line) {
      const { file, line: at } = lines[line - 1] ?? { file: entry, line };
      return { file, line: at };
    },
  };
}

function include(entry: string, sources: ShaderSources): Line[] {
  const included = new Set<string>();
  const read = (file: string, from: string): Line[] => {
    if (included.has(file)) return [];
    included.add(file);
    const source = sources[file];
    if (source === undefined) fail(file, `${from} includes ${file}, which does not exist.`);
    return source.split('\n').flatMap((text, index) => {
      const directive = INCLUDE.exec(text);
      return directive ? read(directive[1]!, file) : [{ text, file, line: index + 1 }];
    });
  };
  return read(entry, 'The kernel library');
}

function unroll(lines: readonly Line[], defines: ShaderDefines, entry: string): Line[] {
  const out: Line[] = [];
  for (let i = 0; i < lines.length; i++) {
    const directive = REPEAT.exec(lines[i]!.text);
    if (!directive) {
      if (END.test(lines[i]!.text)) fail(entry, `${entry} has an #end without #repeat.`);
      out.push(lines[i]!);
      continue;
    }
    const [, index, count] = directive;
    const times = defines[count!];
    if (times === undefined) fail(entry, `${entry} repeats ${count} times, which is not defined.`);
    const end = matchingEnd(lines, i, entry);
    for (let k = 0; k < times; k++) {
      const body = lines
        .slice(i + 1, end)
        .map((line) => ({ ...line, text: line.text.replaceAll(`{${index}}`, String(k)) }));
      out.push(...unroll(body, defines, entry));
    }
    i = end;
  }
  return out;
}

function matchingEnd(lines: readonly Line[], start: number, entry: string): number {
  let depth = 0;
  for (let i = start; i < lines.length; i++) {
    if (REPEAT.test(lines[i]!.text)) depth++;
    if (END.test(lines[i]!.text) && --depth === 0) return i;
  }
  return fail(entry, `${entry} has a #repeat without #end.`);
}
