import type { RequestListener } from 'node:http';
import type { Frame } from '@playwright/test';
import { withServer } from './support/server';
import { expect, test, type Page } from './support/test';

interface Reply {
  readonly id: string | number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: object;
}

const FRAGMENT =
  'v=1&task=adding&T=50&B=2&H=8&f=tanh&g=identity&loss=mse&at=task&init=orthogonal&angle=0.3' +
  '&gain=0.9&seed=7&data=1&view=1-0&t=20&n=0';

/** A course page of another origin with the playground in a frame and the focus in a field. */
function course(address: string): RequestListener {
  const source = address.replaceAll('&', '&amp;');
  const body = `<!doctype html><title>Course</title><link rel="icon" href="data:,">
    <input id="notes"><iframe title="BPTT" src="${source}" width="1000" height="700"></iframe>`;
  return (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(body);
}

/** Opens the course and gives the frame once the page in it has a result. */
async function openCourse(page: Page, origin: string): Promise<Frame> {
  await page.goto(origin);
  await page.locator('#notes').focus();
  const frame = page.frames()[1]!;
  await frame.waitForFunction(() => 'bptt' in window);
  await frame.evaluate(() => window.bptt.ready.then(() => window.bptt.getResult()));
  return frame;
}

/** Posts messages to the frame and gives its replies. */
function post(page: Page, messages: readonly object[], waitFor: number): Promise<Reply[]> {
  return page.evaluate(
    async ([sent, count]) => {
      const replies: Reply[] = [];
      const frame = document.querySelector('iframe')!;
      await new Promise<void>((resolve) => {
        window.addEventListener('message', (event: MessageEvent<Reply>) => {
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
  const address = `${baseURL}?embed&engine=cpu#${FRAGMENT}`;
  await withServer(course(address), async (origin) => {
    const frame = await openCourse(page, origin);
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
    const byId = new Map(replies.map((reply) => [reply.id, reply]));
    expect(byId.get('r')).toMatchObject({ bptt: 1, result: { engine: 'cpu' } });
    expect(byId.get(1)).toMatchObject({ result: { T: 30, H: 8, language: 'zh-CN' } });
    expect(byId.get(2)?.result).toMatchObject({ overflowAt: null, engine: 'cpu' });
    expect(byId.get(2)?.result?.['lossPerStep']).toHaveLength(30);
    expect(byId.get(3)).toMatchObject({ error: { code: 'invalid-configuration', path: 'T' } });
    expect(byId.get(4)).toMatchObject({ error: { code: 'invalid-request', path: 'call' } });

    await expect(page.locator('#notes')).toBeFocused();
    // It leaves nothing on the reader's machine.
    expect(await frame.evaluate(() => window.localStorage.length)).toBe(0);
  });
});

test('without ?embed no message is answered', async ({ page, baseURL }) => {
  await withServer(course(`${baseURL}?engine=cpu#${FRAGMENT}`), async (origin) => {
    const frame = await openCourse(page, origin);
    const arrived = frame.evaluate(
      () =>
        new Promise<void>((resolve) => {
          window.addEventListener('message', (event) => {
            if (event.data === 'last') resolve();
          });
        }),
    );
    // The listener is in place once another call behind it has been served.
    await frame.evaluate(() => window.bptt.getConfig());
    await page.evaluate(() => {
      const { contentWindow } = document.querySelector('iframe')!;
      window.addEventListener('message', () => document.body.setAttribute('data-answered', ''));
      contentWindow!.postMessage({ bptt: 1, id: 1, call: 'setConfig', args: [{ T: 30 }] }, '*');
      contentWindow!.postMessage('last', '*');
    });
    await arrived;
    expect(await frame.evaluate(() => window.bptt.getConfig())).toMatchObject({ T: 50 });
    await expect(page.locator('body')).not.toHaveAttribute('data-answered');
    await expect(page.locator('#notes')).toBeFocused();
  });
});
