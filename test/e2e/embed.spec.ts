import { expect, test, type Page } from './support/test';

const FRAGMENT =
  'v=1&task=adding&T=50&B=2&H=8&f=tanh&g=identity&loss=mse&at=task&init=orthogonal&angle=0.3' +
  '&gain=0.9&seed=7&data=1&view=1-0&t=20&n=0';

/** A course page of another origin with the playground in a frame and the focus in a field. */
async function openCourse(page: Page, baseURL: string, query: string): Promise<void> {
  const address = `${baseURL}${query}#${FRAGMENT}`.replaceAll('&', '&amp;');
  const body = `<!doctype html><title>Course</title><link rel="icon" href="data:,">
    <input id="notes" autofocus>
    <iframe title="BPTT" src="${address}" width="1000" height="700"></iframe>`;
  await page.route('http://course.localhost/', (route) =>
    route.fulfill({ contentType: 'text/html', body }),
  );
  await page.goto('http://course.localhost/');
  await page.locator('#notes').focus();
  // The page inside is up when its own interface says so.
  await expect.poll(() => page.frames().length).toBe(2);
  await page.frames()[1]!.evaluate(() => window.bptt.ready.then(() => window.bptt.getResult()));
}

/** Posts messages to the frame, then a marker that only a live bridge answers, and gives all replies. */
function post(page: Page, messages: readonly object[], waitFor: number): Promise<unknown[]> {
  return page.evaluate(
    async ([sent, count]) => {
      const replies: unknown[] = [];
      const frame = document.querySelector('iframe')!;
      await new Promise<void>((resolve) => {
        window.addEventListener('message', (event: MessageEvent<unknown>) => {
          if (event.source !== frame.contentWindow) return;
          replies.push(event.data);
          if (replies.length === count) resolve();
        });
        for (const message of sent) frame.contentWindow!.postMessage(message, '*');
      });
      return replies;
    },
    [messages, waitFor] as const,
  );
}

test('a page around ?embed drives it by messages, and keeps its focus', async ({
  page,
  baseURL,
}) => {
  await openCourse(page, baseURL!, '?embed&engine=cpu');
  const replies = await post(
    page,
    [
      { bptt: 1, id: 'r', call: 'ready' },
      { bptt: 1, id: 1, call: 'setConfig', args: [{ T: 30, language: 'zh-CN' }] },
      { bptt: 1, id: 2, call: 'getResult' },
      { bptt: 1, id: 3, call: 'setConfig', args: [{ T: 0 }] },
      { bptt: 1, id: 4, call: 'constructor' },
      { note: 'not for the playground' },
    ],
    5,
  );
  const byId = new Map(replies.map((reply) => [(reply as { id: unknown }).id, reply]));
  expect(byId.get('r')).toMatchObject({ bptt: 1, result: { engine: 'cpu' } });
  expect(byId.get(1)).toMatchObject({ result: { T: 30, H: 8, language: 'zh-CN' } });
  const { result } = byId.get(2) as { result: { lossPerStep: Float64Array } };
  expect(result.lossPerStep).toHaveLength(30);
  expect(byId.get(3)).toMatchObject({ error: { code: 'invalid-configuration', path: 'T' } });
  expect(byId.get(4)).toMatchObject({ error: { code: 'invalid-request', path: 'call' } });

  await expect(page.locator('#notes')).toBeFocused();
  // It leaves nothing on the reader's machine.
  expect(await page.frames()[1]!.evaluate(() => window.localStorage.length)).toBe(0);
});

test('without ?embed no message is answered', async ({ page, baseURL }) => {
  await openCourse(page, baseURL!, '?engine=cpu');
  const message = { bptt: 1, id: 1, call: 'setConfig', args: [{ T: 30 }] };
  await page.evaluate((sent) => {
    const frame = document.querySelector('iframe')!;
    window.addEventListener('message', () => document.body.setAttribute('data-answered', ''));
    frame.contentWindow!.postMessage(sent, '*');
  }, message);
  // Messages to a window keep their order: once this one has arrived, so has the one before.
  await page.frames()[1]!.evaluate(
    () =>
      new Promise<void>((resolve) => {
        window.addEventListener('message', (event) => {
          if (event.data === 'last') resolve();
        });
        window.postMessage('last', '*');
      }),
  );
  const config = await page.frames()[1]!.evaluate(() => window.bptt.getConfig());
  expect(config.T).toBe(50);
  await expect(page.locator('body')).not.toHaveAttribute('data-answered');
  await expect(page.locator('#notes')).toBeFocused();
});
