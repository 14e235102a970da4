import { AxeBuilder } from '@axe-core/playwright';
import { buildProblem } from '../../src/tasks/buildProblem';
import { boxOf, getConfig, open, setConfig, undoButton } from './support/playground';
import { expect, test, type Page } from './support/test';
import { beginning, text } from './support/text';

const map = (page: Page) => page.getByRole('application', { name: beginning('weights.map') });
const plot = (page: Page) =>
  page.getByRole('application', { name: beginning('weights.eigenvalues') });
const field = (page: Page, key: Parameters<typeof text>[0]) =>
  page.getByRole('spinbutton', { name: text(key), exact: true });

/** W_h as the engines get it, float32. */
async function weightsOf(page: Page): Promise<number[]> {
  const configuration = await getConfig(page);
  return Array.from(buildProblem(configuration).parameters.recurrentWeights);
}

/** What the page's own analysis says of the present W_h. */
async function spectrumOf(page: Page) {
  const Wh = await weightsOf(page);
  const answer = await page.evaluate((weights) => {
    const H = Math.sqrt(weights.length);
    const zeros = (length: number) => new Array<number>(length).fill(0);
    return window.bptt.analyze(
      {
        ...{ T: 1, B: 1, I: 1, H, O: 1, activation: 'tanh', outputActivation: 'identity' },
        ...{ loss: 'mse', Wh: weights, Wx: zeros(H), b: zeros(H), Wy: zeros(H), c: [0] },
        ...{ x: [0], target: [0] },
      },
      { kind: 'spectrum' },
    );
  }, Wh);
  if (!('eigenvalues' in answer)) throw new Error('another analysis answered');
  return answer;
}

/** Numbers for toEqual, each to so many digits after the point. */
const close = (values: readonly number[], digits: number): unknown[] =>
  values.map((v) => expect.closeTo(v, digits) as unknown);

const radiusOf = async (page: Page) => Math.hypot(...(await spectrumOf(page)).eigenvalues[0]!);
const sigmaOf = async (page: Page) => (await spectrumOf(page)).singularValues[0]!;

/** Where a point of the plane is on the page, while the plot reaches `reach`. */
async function pointOf(page: Page, [re, im]: readonly [number, number], reach: number) {
  const { x, y, width } = await boxOf(plot(page));
  const unit = (width * (57 / 124)) / reach;
  return { x: x + width / 2 + unit * re, y: y + width / 2 - unit * im };
}

async function undoOnce(page: Page): Promise<void> {
  await undoButton(page).click();
  await expect(undoButton(page)).toBeDisabled();
}

test('a selection is dragged, added to, typed, pasted and copied as one', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, './?engine=cpu');
  const before = await weightsOf(page);
  await map(page).scrollIntoViewIfNeeded();
  const { x, y, width } = await boxOf(map(page));
  const cell = width / 24;
  const at = (row: number, column: number) =>
    [x + (column - 0.5) * cell, y + (row - 0.5) * cell] as const;
  const changed = async () => {
    const now = await weightsOf(page);
    return now.flatMap((v, i) => (v === before[i] ? [] : [[i, v - before[i]!] as const]));
  };
  const indices = [2, 3, 4].flatMap((row) => [1, 2, 3].map((c) => (row - 1) * 24 + c - 1));

  // Rows 2–4, columns 1–3: click, Shift+click; then drag up from inside.
  await page.mouse.click(...at(2, 1));
  await page.keyboard.down('Shift');
  await page.mouse.click(...at(4, 3));
  await page.keyboard.up('Shift');
  await expect(map(page)).toContainText('W_h, rows 2–4, columns 1–3: 9 entries from');
  await expect(undoButton(page)).toBeDisabled();
  await page.mouse.move(...at(3, 2));
  await page.mouse.down();
  await page.mouse.move(at(3, 2)[0], at(3, 2)[1] - 25, { steps: 5 });
  await page.mouse.up();
  const dragged = await changed();
  expect(dragged.map(([i]) => i)).toEqual(indices);
  for (const [, amount] of dragged) expect(amount).toBeCloseTo(0.25, 5);
  await undoOnce(page);
  expect(await changed()).toEqual([]);

  // Alt+arrow, held
  await map(page).focus();
  await page.keyboard.down('Alt');
  for (let i = 0; i < 3; i++) await page.keyboard.down('ArrowDown');
  await page.keyboard.up('ArrowDown');
  await page.keyboard.up('Alt');
  for (const [, amount] of await changed()) expect(amount).toBeCloseTo(-0.03, 5);
  expect(await changed()).toHaveLength(9);
  await undoOnce(page);

  await map(page).focus();
  // Whole columns by keys; a typed number sets them all.
  await page.keyboard.press('Control+Space');
  await expect(map(page)).toContainText('all rows, columns 1–3');
  await page.keyboard.type('0.5');
  await page.keyboard.press('Enter');
  await expect(map(page)).toBeFocused();
  const typed = await weightsOf(page);
  typed.forEach((v, i) => expect(v).toBe(i % 24 < 3 ? 0.5 : before[i]));
  await undoOnce(page);
  // An arrow in the field of various values adds to each.
  await field(page, 'weights.entries').press('Shift+ArrowUp');
  for (const [i, amount] of await changed()) {
    expect(i % 24).toBeLessThan(3);
    expect(amount).toBeCloseTo(0.1, 5);
  }
  expect(await changed()).toHaveLength(72);
  await undoOnce(page);

  // The strip along the left edge selects a row; × and the number beside it.
  await page.mouse.click(x - 10, at(5, 1)[1]);
  await expect(map(page)).toContainText('row 5, all columns');
  await field(page, 'weights.operand').fill('2');
  await field(page, 'weights.operand').press('Enter');
  await page.getByRole('button', { name: text('weights.multiply', { number: 2 }) }).click();
  const doubled = await weightsOf(page);
  doubled.forEach((v, i) => {
    expect(v).toBeCloseTo(Math.floor(i / 24) === 4 ? 2 * before[i]! : before[i]!, 6);
  });
  await undoOnce(page);

  // Copied from one place, pasted in another of the same shape.
  await page.mouse.click(...at(1, 1));
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+c');
  await page.mouse.click(...at(7, 7));
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+v');
  const pasted = await changed();
  expect(pasted.map(([i]) => i)).toEqual([6 * 24 + 6, 6 * 24 + 7]);
  const now = await weightsOf(page);
  expect(now[6 * 24 + 7]).toBeCloseTo(before[1]!, 6);
  await undoOnce(page);
  // Another shape is explained.
  await map(page).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+v');
  await expect(page.getByRole('dialog')).toContainText('the selection 2×3; this is 1×2');
  await page.keyboard.press('Escape');
  await expect(undoButton(page)).toBeDisabled();
});

test('ρ and σ_max are set to the digit, through the gain while W_h is the generated one', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { initialiser: { kind: 'gaussian', angle: 0.3 } });
  const radius = field(page, 'weights.radius');
  const sigma = field(page, 'weights.sigma');
  await expect(radius).not.toHaveValue('0.95');
  const set = async (of: typeof radius, value: string) => {
    await of.fill(value);
    await of.press('Enter');
    await expect(of).toHaveValue(value);
  };
  await set(radius, '1.25');
  expect(await radiusOf(page)).toBeCloseTo(1.25, 6);
  expect((await getConfig(page)).arrays).toEqual({});
  await undoButton(page).click();
  expect((await getConfig(page)).gain).toBe(0.95);
  await set(sigma, '0.73');
  expect(await sigmaOf(page)).toBeCloseTo(0.73, 6);
  // Beyond the gain's limit the array itself.
  await set(sigma, '300');
  expect((await getConfig(page)).gain).toBe(0.95);
  expect((await sigmaOf(page)) / 300).toBeCloseTo(1, 6);
  await undoButton(page).click();
  await undoButton(page).click();

  // ρ = .9 and σ_max = 5.157: scrubbed, as one entry.
  await setConfig(page, { H: 2, arrays: { Wh: [0.9, 5, 0, 0.9] } });
  await expect(radius).toHaveValue('0.9');
  await expect(sigma).toHaveValue('5.1571');
  const label = page.locator('label', { hasText: 'ρ(W' });
  const { x, y } = await boxOf(label);
  await page.mouse.move(x + 5, y + 5);
  await page.mouse.down();
  await page.mouse.move(x + 205, y + 5, { steps: 20 });
  await page.mouse.move(x + 45, y + 5, { steps: 10 });
  await page.mouse.up();
  await expect(radius).toHaveValue('1.1');
  await expect(sigma).toHaveValue('6.3031');
  expect(await weightsOf(page)).toEqual(close([1.1, 5 * (1.1 / 0.9), 0, 1.1], 5));
  await undoButton(page).click();
  expect((await getConfig(page)).arrays.Wh).toEqual([0.9, 5, 0, 0.9]);

  // No factor sets the ρ of a nilpotent matrix.
  await setConfig(page, { arrays: { Wh: [1, -1, 1, -1] } });
  await expect(radius).toBeDisabled();
  await expect(radius).toHaveAccessibleDescription(/is nilpotent/);
  await set(sigma, '3');
  expect(await sigmaOf(page)).toBeCloseTo(3, 5);
});

test('H = 2: a dragged eigenvalue is what W_h then has, by mouse and by keys', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { H: 2, T: 12, arrays: { Wh: [0.5, -0.6, 0.4, 0.5] } });
  const start = await spectrumOf(page);
  const [re, im] = start.eigenvalues[0]!;
  await undoButton(page).click();
  await page.getByRole('button', { name: text('app.redo'), exact: true }).click();
  await plot(page).scrollIntoViewIfNeeded();

  const from = await pointOf(page, [re, im], 1.25);
  const unit = (await pointOf(page, [1, 0], 1.25)).x - (await pointOf(page, [0, 0], 1.25)).x;
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x - 20, from.y - 10, { steps: 5 });
  const [left, up] = [re - 20 / unit, im + 10 / unit];
  // While the button is down, an edit comes when the page has time for it.
  await expect
    .poll(async () => (await spectrumOf(page)).eigenvalues.flat())
    .toEqual(close([left, up, left, -up], 5));
  // Onto the axis, and apart on it: the other one stays where they met.
  await page.mouse.move(from.x - 20, from.y + im * unit, { steps: 5 });
  await page.mouse.move(from.x + 10, from.y + im * unit, { steps: 5 });
  await page.mouse.up();
  const apart = await spectrumOf(page);
  expect(apart.eigenvalues.flat()).toEqual(close([re + 10 / unit, 0, left, 0], 4));
  await expect(field(page, 'weights.radius')).toHaveValue(
    String(Number((re + 10 / unit).toPrecision(5))),
  );
  await undoButton(page).click();
  expect((await spectrumOf(page)).eigenvalues).toEqual(start.eigenvalues);

  // In the larger picture of the spectrum panel as well
  await setConfig(page, { view: { panel: 'spectrum' } });
  const plane = page.getByRole('group', { name: /^Complex plane with 2/ });
  await expect(plane.locator('circle').last()).toBeVisible();
  const large = await boxOf(plane);
  const largeUnit = (large.width / 300) * (132 / 1.06);
  const [x, y] = [large.x + large.width / 2, large.y + large.width / 2];
  await page.mouse.move(x + re * largeUnit, y - im * largeUnit);
  await page.mouse.down();
  await page.mouse.move(x + (re + 0.2) * largeUnit, y - im * largeUnit, { steps: 4 });
  await page.mouse.up();
  expect((await spectrumOf(page)).eigenvalues[0]).toEqual(close([re + 0.2, im], 5));
  await undoButton(page).click();
  expect((await spectrumOf(page)).eigenvalues).toEqual(start.eigenvalues);

  // The same by keys alone, each a step of .01 in the plane.
  await plot(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.locator('p[aria-live=polite]', { hasText: 'λ' })).toContainText(
    `λ = ${(re + 0.01).toFixed(3)} + ${(im + 0.101).toFixed(3)}i`,
  );
  expect((await spectrumOf(page)).eigenvalues[0]).toEqual(close([re + 0.01, im + 0.101], 6));
  await page.keyboard.press(']');
  await page.keyboard.press('ArrowDown');
  // The lower one went down, the upper one up.
  expect((await spectrumOf(page)).eigenvalues[0]![1]).toBeCloseTo(im + 0.111, 6);
  for (let i = 0; i < 4; i++) await page.keyboard.press('Control+z');
  expect((await spectrumOf(page)).eigenvalues).toEqual(start.eigenvalues);
});

test('H = 24: a drag scales and turns all; keys say why real ones stay on the axis', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  const start = await spectrumOf(page);
  await plot(page).scrollIntoViewIfNeeded();
  const [re, im] = start.eigenvalues.find((value) => value[1] > 0.3)!;
  const angle = Math.atan2(im, re);
  const to = [0.7 * Math.cos(angle + 0.2), 0.7 * Math.sin(angle + 0.2)] as const;
  await plot(page).hover();
  const from = await pointOf(page, [re, im], 1.25);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const there = await pointOf(page, to, 1.25);
  await page.mouse.move(there.x, there.y, { steps: 8 });
  await expect(field(page, 'weights.sigma')).toHaveValue(/^0\.(69|7)/);
  await page.mouse.up();
  const turned = await spectrumOf(page);
  expect(turned.singularValues[23]! / turned.singularValues[0]!).toBeCloseTo(1, 5);
  expect(turned.singularValues[0]).toBeCloseTo(0.7, 2);
  const angles = (values: readonly (readonly number[])[]) =>
    values.map(([x, y]) => Math.abs(Math.atan2(y!, x!))).sort((a, b) => a - b);
  expect(angles(turned.eigenvalues)).not.toEqual(angles(start.eigenvalues));
  await undoOnce(page);
  expect((await spectrumOf(page)).eigenvalues).toEqual(start.eigenvalues);

  await setConfig(page, { initialiser: { kind: 'identity', angle: 0.3 } });
  await plot(page).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText('λ = 0.940, |λ| = 0.940.')).toBeVisible();
  // The link stays short: the generated matrix, another gain.
  expect((await getConfig(page)).arrays).toEqual({});
  expect((await getConfig(page)).gain).toBeCloseTo(0.94, 7);
  await page.keyboard.press('ArrowUp');
  await expect(page.getByText(text('eigen.real'))).toBeVisible();
});

test('same seed, new seed, another initialiser and reset: each is one step back', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  const own = {
    arrays: { Wx: new Array<number>(48).fill(0.5) },
    edits: [{ array: 'Wh', index: 3, value: 2 }],
  };
  await setConfig(page, own);
  const state = async () => {
    const { edits, arrays, seed, initialiser } = await getConfig(page);
    return { edits, arrays, seed, kind: initialiser.kind };
  };
  const before = await state();
  const back = async () => {
    await undoButton(page).click();
    expect(await state()).toEqual(before);
  };

  await page.getByRole('button', { name: text('weights.sameSeed'), exact: true }).click();
  expect(await state()).toEqual({ ...before, edits: [], arrays: {} });
  await back();
  await page.getByRole('button', { name: text('weights.newSeed'), exact: true }).click();
  expect(await state()).toEqual({
    edits: [],
    arrays: {},
    seed: expect.any(Number) as unknown,
    kind: before.kind,
  });
  expect((await state()).seed).not.toBe(before.seed);
  await back();
  // Another start for W_h; W_x is not its business.
  const initialisers = page.getByRole('combobox', { name: text('weights.initialiser') });
  await expect(initialisers.locator('option')).toHaveCount(10);
  await initialisers.selectOption('zero');
  expect(await state()).toEqual({ ...before, edits: [], kind: 'zero' });
  await back();
  await page.getByRole('button', { name: text('app.resetAll'), exact: true }).click();
  expect((await state()).edits).toEqual([]);
  await back();
});

test('axe finds nothing in the weight editors, in either theme', async ({ page }) => {
  await open(page, './?engine=cpu');
  await map(page).focus();
  await page.keyboard.press('Control+a');
  await setConfig(page, { initialiser: { kind: 'zero', angle: 0 } });
  await expect(field(page, 'weights.radius')).toBeDisabled();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('#controls').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
});
