import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import { expectDrawn, getConfig, getResult, open, setConfig, shareUrl } from './support/playground';
import { withServer } from './support/server';
import { expect, test } from './support/test';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wgsl': 'text/plain',
};
const FOLDER = '/some/folder/';

/** A static host as plain as can be: the built files under a folder, 404 for everything else. */
function host(files: string): RequestListener {
  return (request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const file = path.join(files, path.normalize(name.slice(FOLDER.length)));
    if (!name.startsWith(FOLDER) || !file.startsWith(files)) {
      response.writeHead(404).end();
      return;
    }
    readFile(file).then(
      (content) => {
        const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type }).end(content);
      },
      () => response.writeHead(404).end(),
    );
  };
}

test('the built page works from any folder of any static host', async ({ page, newContext }) => {
  await withServer(host(path.resolve('dist')), async (origin) => {
    const address = `${origin}${FOLDER}`;
    const refused: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) refused.push(response.url());
    });
    await open(page, address);
    await expectDrawn(page);
    expect((await getResult(page)).engine).toBe('webgpu');
    expect(refused).toEqual([]);

    // Links lead back to the folder, with the file's name or without it.
    const config = await setConfig(page, { T: 44 });
    const url = await shareUrl(page);
    expect(url.startsWith(`${address}?lang=en#v=1&`)).toBe(true);
    const other = await (await newContext()).newPage();
    await open(other, url.replace(FOLDER, `${FOLDER}index.html`).replace('lang=en', 'engine=cpu'));
    expect(await getConfig(other)).toEqual(config);
    // A page may still be fetching when its answer is there; the host outlives it.
    await other.close();
    await page.close();
  });
});
