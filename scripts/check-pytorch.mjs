// Runs the programs of the PyTorch pane under PyTorch itself, for every truncation scheme, and
// compares ∂L/∂W_h with the float64 reference (each program asserts 1e-4; here it must be 1e-5).
// Needs a python3 with torch: `apt-get install python3-torch`. Not part of `npm test`.
import { spawnSync } from 'node:child_process';
import { createServer } from 'vite';

const AGREEMENT = 1e-5;

function findPython() {
  for (const python of ['/usr/bin/python3', 'python3']) {
    if (spawnSync(python, ['-c', 'import torch']).status === 0) return python;
  }
  throw new Error('No python3 with torch here. On Debian: apt-get install python3-torch');
}

const python = findPython();
const server = await createServer({ server: { middlewareMode: true }, appType: 'custom' });
let failed = 0;
let passed = 0;

function run(name, program, expectation = 'agrees') {
  const { status, stdout, stderr } = spawnSync(python, ['-'], { input: program, encoding: 'utf8' });
  const difference = Number(/largest relative difference: (\S+)/.exec(stdout)?.[1] ?? NaN);
  const isRight = expectation === 'agrees' ? status === 0 && difference <= AGREEMENT : status === 0;
  if (isRight) passed++;
  else failed++;
  console.log(
    `${isRight ? 'ok  ' : 'FAIL'} ${name} ${stdout.trim()}${isRight ? '' : `\n${stderr.trim()}`}`,
  );
}

try {
  const load = (path) => server.ssrLoadModule(path);
  const { DEFAULT_CONFIGURATION } = await load('/src/model/configuration.ts');
  const { buildProblem } = await load('/src/tasks/buildProblem.ts');
  const { referencePass } = await load('/src/reference/pass.ts');
  const { toEvaluation } = await load('/src/model/evaluation.ts');
  const { pytorchProgram } = await load('/src/pytorch/program.ts');
  const { MISTAKES, mistakeProgram } = await load('/src/pytorch/mistakes.ts');

  const schemes = [
    { kind: 'none' },
    { kind: 'chunked', every: 7 },
    { kind: 'sliding', depth: 6, every: 1 },
    { kind: 'sliding', depth: 9, every: 4 },
    { kind: 'random', keep: 0.8, seed: 3 },
    { kind: 'reset', every: 8 },
  ];
  const networks = [
    { T: 24, B: 3, H: 5, lossPlacement: 'every' },
    { task: { kind: 'copy' }, T: 40, B: 2, H: 6, activation: 'gelu', gain: 1.3 },
    { task: { kind: 'sine' }, T: 25, B: 2, H: 4, activation: 'leakyRelu', lossPlacement: 'every' },
    {
      task: { kind: 'text', source: { sample: 'carroll' }, vocabulary: 12 },
      ...{ T: 30, B: 2, H: 7, activation: 'softplus', loss: 'crossEntropy' },
      ...{ outputActivation: 'softmax', lossPlacement: 'every' },
    },
  ];
  for (const network of networks) {
    for (const truncation of schemes) {
      for (const cuts of [[], [5, 18]]) {
        const configuration = { ...DEFAULT_CONFIGURATION, ...network, truncation, cuts };
        const problem = buildProblem(configuration);
        const gradient = toEvaluation('reference', referencePass(problem)).dWh;
        const task = network.task?.kind ?? 'adding';
        const name = `${task}, ${JSON.stringify(truncation)}, cuts [${cuts.join(', ')}]`;
        run(name, pytorchProgram({ problem, truncation, cuts, gradient }));
      }
    }
  }
  const configuration = { ...DEFAULT_CONFIGURATION, T: 20, B: 2, H: 4, lossPlacement: 'every' };
  for (const truncation of schemes) {
    const problem = buildProblem({ ...configuration, truncation });
    const program = pytorchProgram({ problem, truncation, cuts: [], gradient: null });
    run(`stand-ins, ${JSON.stringify(truncation)}`, program, 'runs');
  }
  for (const mistake of MISTAKES) run(mistake, mistakeProgram(mistake), 'runs');
} finally {
  await server.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
