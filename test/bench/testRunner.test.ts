import { describe, expect, it } from 'vitest';
import * as runner from '../../bench/native/testRunner';

describe('the runner of the GPU tests under a bare Node', () => {
  it('counts what passes, names what fails, awaits what is asynchronous', async () => {
    const seen: string[] = [];
    const report = await runner.runFile(
      'some',
      () => {
        runner.beforeAll(() => seen.push('before'));
        runner.describe('outer', () => {
          runner.it('passes', () => seen.push('passes'));
          runner.it('rejects', () => Promise.reject(new Error('late')));
          runner.it.each([
            ['a', 1],
            ['b', 2],
          ] as const)('%s is %i', (name, value) => {
            seen.push(`${String(name)}${String(value)}`);
            runner.expect(value).toBe(1);
          });
        });
        runner.describe.each([7])('n = %d', (n) => {
          runner.it('also', () => runner.expect(n).toBe(7));
        });
        return Promise.resolve();
      },
      Infinity,
    );
    expect(seen).toEqual(['before', 'passes', 'a1', 'b2']);
    expect(report).toMatchObject({ file: 'some', passed: 3, left: 0 });
    expect(report.failures.map(({ name }) => name)).toEqual(['outer > rejects', 'outer > b is 2']);
    expect(report.failures[0]!.message).toBe('late');
    expect(report.failures[1]!.message).toContain('expected 2 to be 1');
  });

  it('begins nothing after the deadline, and says so', async () => {
    let ran = 0;
    const load = () => {
      runner.it('one', () => ran++);
      runner.it('two', () => ran++);
      return Promise.resolve();
    };
    const report = await runner.runFile('late', load, -1);
    expect(report).toMatchObject({ passed: 0, failures: [], left: 2 });
    expect(ran).toBe(0);
  });

  it('runs the hooks for the end once', async () => {
    let ended = 0;
    runner.afterAll(() => ended++);
    await runner.finish();
    await runner.finish();
    expect(ended).toBe(1);
  });
});
