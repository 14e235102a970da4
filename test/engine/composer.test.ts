import { describe, expect, it } from 'vitest';
import { composeShader } from '../../src/engine/gpu/composer';

const compose = (sources: Record<string, string>, defines = {}) =>
  composeShader('main.wgsl', sources, defines);

/** Where a piece of the composed code came from. */
function originOf(shader: ReturnType<typeof composeShader>, text: string) {
  const index = shader.code.split('\n').findIndex((line) => line.includes(text));
  expect(index).toBeGreaterThanOrEqual(0);
  return shader.locate(index + 1);
}

describe('#include', () => {
  it('puts a file where it is first mentioned, nested ones first, each once', () => {
    const shader = compose({
      'main.wgsl': '// main\n#include "a.wgsl"\n#include "b.wgsl"\nfn main() {}',
      'a.wgsl': '#include "common/c.wgsl"\n// a',
      'b.wgsl': '#include "a.wgsl"\n#include "common/c.wgsl"\n// b',
      'common/c.wgsl': '// c',
    });
    expect(shader.code).toBe('// main\n// c\n// a\n// b\nfn main() {}');
  });

  it('survives files that include each other', () => {
    const sources = { 'main.wgsl': '#include "a.wgsl"\n// main', 'a.wgsl': '#include "main.wgsl"' };
    expect(compose(sources).code).toBe('// main');
  });

  it('is a directive only alone on its line', () => {
    const text = '// see #include "a.wgsl"';
    expect(compose({ 'main.wgsl': text }).code).toBe(text);
  });

  it('a missing file is named with the file that wants it', () => {
    const sources = { 'main.wgsl': '#include "a.wgsl"', 'a.wgsl': '#include "gone.wgsl"' };
    expect(() => compose(sources)).toThrow(
      expect.objectContaining({
        code: 'shader-error',
        path: 'gone.wgsl',
        message: expect.stringContaining('a.wgsl includes gone.wgsl') as string,
      }),
    );
    expect(() => compose({})).toThrow(/main\.wgsl, which does not exist/);
  });
});

describe('#repeat', () => {
  it('writes its lines once per index', () => {
    const sources = { 'main.wgsl': 'a\n#repeat i COUNT\nx{i} = {i}u;\n#end\nb' };
    const { code } = compose(sources, { COUNT: 3 });
    expect(code).toBe('const COUNT: u32 = 3u;\na\nx0 = 0u;\nx1 = 1u;\nx2 = 2u;\nb');
  });

  it('nests, the outer index also inside the inner one', () => {
    const sources = {
      'main.wgsl': '#repeat c C\n#repeat r R\nw_{r}_{c};\n#end\nnext_{c};\n#end',
    };
    const { code } = compose(sources, { C: 2, R: 2 });
    expect(code.split('\n').slice(2)).toEqual([
      ...['w_0_0;', 'w_1_0;', 'next_0;'],
      ...['w_0_1;', 'w_1_1;', 'next_1;'],
    ]);
  });

  it('zero times is nothing; other braces stay', () => {
    const sources = { 'main.wgsl': '#repeat i N\nx\n#end\n#repeat i M\nif (true) {i} {j}\n#end' };
    const { code } = compose(sources, { N: 0, M: 1 });
    expect(code.split('\n').slice(2)).toEqual(['if (true) 0 {j}']);
  });

  it('works in an included file', () => {
    const sources = { 'main.wgsl': '#include "a.wgsl"', 'a.wgsl': '#repeat i N\nx{i}\n#end' };
    expect(compose(sources, { N: 2 }).code).toContain('x0\nx1');
  });

  it.each([
    ['#repeat i N\nx', { N: 2 }, /#repeat without #end/],
    ['#repeat i N\n#repeat j N\n#end', { N: 2 }, /#repeat without #end/],
    ['x\n#end', {}, /#end without #repeat/],
    ['#repeat i N\nx\n#end', {}, /repeats N times, which is not defined/],
  ])('%j is refused', (source, defines, message) => {
    expect(() => compose({ 'main.wgsl': source }, defines)).toThrow(message);
    expect(() => compose({ 'main.wgsl': source }, defines)).toThrow(
      expect.objectContaining({ code: 'shader-error' }),
    );
  });
});

describe('locate', () => {
  const shader = compose(
    {
      'main.wgsl': 'first\n#include "a.wgsl"\n#repeat i N\nbody{i}\nmore{i}\n#end\nlast',
      'a.wgsl': 'one\ntwo',
    },
    { N: 3, M: 7 },
  );
  it.each([
    ['const M', 'main.wgsl', 1],
    ['first', 'main.wgsl', 1],
    ['one', 'a.wgsl', 1],
    ['two', 'a.wgsl', 2],
    ['body0', 'main.wgsl', 4],
    ['more2', 'main.wgsl', 5],
    ['last', 'main.wgsl', 7],
  ])('%s comes from %s:%i', (text, file, line) => {
    expect(originOf(shader, text)).toEqual({ file, line });
  });

  it('a line outside stays what it is', () => {
    expect(shader.locate(0)).toEqual({ file: 'main.wgsl', line: 0 });
    expect(shader.locate(999)).toEqual({ file: 'main.wgsl', line: 999 });
  });
});
