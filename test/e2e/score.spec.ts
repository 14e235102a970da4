import AxeBuilder from '@axe-core/playwright';
import type { TaskConfiguration } from '../../src/model/configuration';
import type { Loss, OutputActivation } from '../../src/model/kinds';
import { translate } from '../../src/i18n';
import { buildProblem } from '../../src/tasks/buildProblem';
import { heldOut } from '../../src/tasks/heldOut';
import { scoreOf } from '../../src/tasks/score';
import { sequencesFor } from '../../src/ui/lab/train/scoring';
import { viewOf } from '../../src/ui/lab/train/scoreView';
import { getConfig, getResult, open, setConfig, settled } from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

const TEXT: TaskConfiguration = { kind: 'text', source: { sample: 'carroll' }, vocabulary: 30 };
const SERIES: TaskConfiguration = { kind: 'series', source: { sample: 'seattleTemperature' } };
const TASKS: readonly (readonly [TaskConfiguration, Loss, OutputActivation])[] = [
  [{ kind: 'adding' }, 'mse', 'identity'],
  [{ kind: 'copy' }, 'crossEntropy', 'softmax'],
  [{ kind: 'temporalOrder' }, 'crossEntropy', 'identity'],
  [{ kind: 'latch' }, 'bce', 'sigmoid'],
  [{ kind: 'sine' }, 'mse', 'identity'],
  [TEXT, 'crossEntropy', 'softmax'],
  [SERIES, 'mse', 'identity'],
];
const SMALL = { T: 24, B: 3, H: 6, view: { panel: 'train' } };

const headline = (page: Page) => page.locator('[data-score] b');
const sample = (page: Page) => page.getByRole('group', { name: text('score.sampleLabel') });

/** What the page must say, from window.bptt.evaluate on the same data and the same weights. */
async function expected(page: Page): Promise<string> {
  const configuration = await getConfig(page);
  const problem = buildProblem(configuration);
  const data = heldOut(configuration, sequencesFor(problem, problem.T));
  const { I, H, O, activation, outputActivation, loss, parameters } = problem;
  const { inputs, targets } = data;
  const isClass = targets.kind === 'class';
  const y = await page.evaluate(
    async (input) => Array.from((await window.bptt.evaluate(input, { engine: 'reference' })).y),
    {
      ...{ T: data.T, B: data.B, I, H, O, activation, outputActivation, loss },
      Wx: Array.from(parameters.inputWeights),
      Wh: Array.from(parameters.recurrentWeights),
      b: Array.from(parameters.hiddenBias),
      Wy: Array.from(parameters.outputWeights),
      c: Array.from(parameters.outputBias),
      x: Array.from(inputs),
      target: Array.from(isClass ? targets.indices : targets.values),
      ...(isClass && { targetKind: 'class' }),
    },
  );
  const score = scoreOf(configuration, data, Float64Array.from(y));
  return viewOf(score!, (key, params) => translate('en', key, params)).headline.value;
}

test('every task has a score, that of window.bptt.evaluate on data held out', async ({ page }) => {
  await open(page, './?engine=cpu');
  for (const [task, loss, outputActivation] of TASKS) {
    await setConfig(page, { ...SMALL, task, loss, outputActivation });
    await settled(page);
    await expect(headline(page), task.kind).toHaveText(await expected(page));
  }
  // It follows the weights.
  const before = await headline(page).textContent();
  await setConfig(page, { gain: 0 });
  await expect(headline(page)).not.toHaveText(before!);
  await expect(headline(page)).toHaveText(await expected(page));
});

test('a sample changes with seed, temperature and prime, and comes back with them', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  await setConfig(page, {
    ...SMALL,
    task: TEXT,
    loss: 'crossEntropy',
    outputActivation: 'softmax',
  });
  await expect(sample(page)).toContainText('Alice');
  const seed = page.getByRole('spinbutton', { name: text('score.seed'), exact: true }).last();
  const temperature = page.getByRole('spinbutton', { name: text('score.temperature') });
  const prime = page.getByRole('textbox', { name: text('score.prime') });
  const first = (await sample(page).textContent())!;

  await seed.fill('5');
  await seed.press('Enter');
  await expect(sample(page)).not.toHaveText(first);
  await temperature.fill('0');
  await temperature.press('Enter');
  await prime.fill('the rabbit ');
  await expect(sample(page)).toContainText('the rabbit ');
  const coldest = (await sample(page).textContent())!;
  await seed.fill('1');
  await seed.press('Enter');
  // The likeliest characters need no seed.
  await expect(page.locator('[data-score]')).toHaveAttribute('aria-busy', 'false');
  expect(await sample(page).textContent()).toBe(coldest);

  await temperature.fill('0.8');
  await temperature.press('Enter');
  await prime.fill('Alice was beginning to');
  await expect(sample(page)).toHaveText(first);

  // Same weights again after others: the same text.
  await setConfig(page, { seed: 99 });
  await expect(sample(page)).not.toHaveText(first);
  await setConfig(page, { seed: 7 });
  await expect(sample(page)).toHaveText(first);
});

test('a series goes on beyond its data as far as asked', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { ...SMALL, task: SERIES });
  const chart = page.getByRole('group', { name: text('score.forecastLabel') });
  await expect(chart.locator('.recharts-line')).toHaveCount(3);
  await expect(chart).toContainText(text('score.ends'));
  await chart.focus();
  await page.keyboard.press('End');
  // 1461 days and 30 beyond
  await expect(chart.locator('..').locator('..')).toContainText('1\u202f491');
  const horizon = page.getByRole('spinbutton', { name: text('score.horizon') });
  await horizon.fill('100');
  await horizon.press('Enter');
  await chart.focus();
  await page.keyboard.press('End');
  await expect(chart.locator('..').locator('..')).toContainText('1\u202f561');
});

test('says when there is no score, and nothing moves when one comes', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { ...SMALL });
  await expect(headline(page)).toBeVisible();
  const height = () =>
    page.locator('[data-score]').evaluate((e) => e.getBoundingClientRect().height);
  const before = await height();
  await setConfig(page, { activation: 'identity', gain: 10, T: 96 });
  await getResult(page);
  await expect(page.locator('[data-score]')).toHaveText(text('score.overflow'));
  expect(await height()).toBe(before);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a score, a sample and a forecast (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await open(page, './?engine=cpu');
    for (const [task, loss, outputActivation] of TASKS.slice(-2)) {
      await setConfig(page, { ...SMALL, task, loss, outputActivation });
      await expect(headline(page)).toBeVisible();
      await expect(page.locator('[data-score]')).toHaveAttribute('aria-busy', 'false');
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations).toEqual([]);
    }
  });
}
