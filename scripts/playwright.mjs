// Runs Node programs of the project's packages as children.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** Resolves to the exit code; `env` goes on top of this process's. */
export function runNode(script, args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** `playwright test` with further arguments. */
export function runPlaywright(args, env) {
  const directory = path.dirname(require.resolve('@playwright/test/package.json'));
  return runNode(path.join(directory, 'cli.js'), ['test', ...args], env);
}
